import type { Layout, Row } from './layout.ts';
import { queueRoom } from './layout.ts';
import type { TraceIndex } from './trace-index.ts';

/** From these ages on a request is drawn as waiting, then as late. */
export const WAITING_US = 200_000;
export const LATE_US = 1_000_000;
/** How long a failed request stays visible where it failed. */
const FAILED_US = 500_000;

export interface Palette {
  readonly request: string;
  readonly waiting: string;
  readonly late: string;
  readonly work: string;
  readonly surface: string;
  readonly onLate: string;
}

/** Shapes that a word of the prose may name; everything else fades while one is lit. */
export type Lit = 'queue' | 'waiting' | 'late' | 'core' | 'request' | 'other' | undefined;

/** Colours as the page's tokens have them now. */
export function paletteOf(element: Element): Palette {
  const style = getComputedStyle(element);
  const token = (name: string) => style.getPropertyValue(name).trim();
  return {
    request: token('--ztm-request'),
    waiting: token('--ztm-waiting'),
    late: token('--ztm-late'),
    work: token('--ztm-work'),
    surface: token('--ztm-surface'),
    onLate: token('--ztm-on-late'),
  };
}

export interface Scene2d {
  readonly context: CanvasRenderingContext2D;
  readonly layout: Layout;
  readonly index: TraceIndex;
  readonly palette: Palette;
  readonly lit: Lit;
  /** Length of a journey as drawn, µs; 0 draws none. */
  readonly travelUs: number;
}

/** Paints everything of a lane that moves, as it stands at one moment. */
export function paint(scene: Scene2d, atUs: number): void {
  const { context, layout } = scene;
  context.clearRect(0, 0, layout.width, layout.height);
  for (const row of layout.rows) {
    paintCores(scene, row, atUs);
    const tail = paintQueue(scene, row, atUs);
    if (scene.travelUs > 0) paintTravelling(scene, row, atUs, tail);
    paintFailures(scene, row, atUs);
  }
  context.globalAlpha = 1;
}

/** Whether a server's queue has somebody in it who has waited for more than a second. */
export function overloaded(index: TraceIndex, node: number, atUs: number): boolean {
  const [oldest] = index.waiting(node, atUs);
  return oldest !== undefined && oldest.ageUs > LATE_US;
}

function paintCores({ context, index, palette, lit }: Scene2d, row: Row, atUs: number): void {
  const troubled = overloaded(index, row.node, atUs);
  context.globalAlpha = fade(lit, 'core');
  context.fillStyle = troubled ? palette.late : palette.work;
  for (const { core, done } of index.serving(row.node, atUs)) {
    const box = row.cores[core];
    if (box) context.fillRect(box.x, box.y, Math.max(1.5, box.width * Math.min(1, done)), box.height);
  }
}

/** @returns where the queue ends towards the balancer */
function paintQueue({ context, index, layout, palette, lit }: Scene2d, row: Row, atUs: number): number {
  const queue = index.waiting(row.node, atUs);
  const room = queueRoom(row, layout.gap);
  const shown = Math.min(queue.length, room);
  const head = row.trackTo - 4;
  for (let place = 0; place < shown; place++) {
    const { ageUs } = queue[place]!;
    const x = head - place * layout.gap;
    if (ageUs > LATE_US) {
      context.globalAlpha = fade(lit, 'queue', 'late');
      diamond(context, x, row.y, 4, palette.late);
    } else if (ageUs > WAITING_US) {
      context.globalAlpha = fade(lit, 'queue', 'waiting');
      ring(context, x, row.y, 3, palette.waiting, palette.surface);
    } else {
      context.globalAlpha = fade(lit, 'queue', 'request');
      dot(context, x, row.y, 3, palette.request);
    }
  }
  const tail = head - shown * layout.gap;
  if (queue.length <= room) return tail;
  const youngest = queue[queue.length - 1]!.ageUs;
  context.globalAlpha = fade(lit, 'queue');
  return pill(context, tail, row.y, `+${queue.length - room}`, youngest > WAITING_US || room > 8, palette);
}

function paintTravelling(scene: Scene2d, row: Row, atUs: number, tail: number): void {
  const { context, index, layout, palette, lit, travelUs } = scene;
  const from = layout.balancer ? layout.balancer.x + layout.balancer.width + 4 : row.trackFrom;
  context.globalAlpha = fade(lit, 'request');
  for (const { way } of index.travelling(row.node, atUs, travelUs)) {
    const x = from + (Math.max(from, tail) - from) * way;
    dot(context, x, row.y, 3, palette.request);
  }
}

function paintFailures({ context, index, palette, lit }: Scene2d, row: Row, atUs: number): void {
  context.strokeStyle = palette.late;
  context.lineWidth = 2;
  const failed = index.failed(row.node, atUs, FAILED_US);
  for (const [place, { ageUs }] of failed.slice(0, 24).entries()) {
    context.globalAlpha = (1 - ageUs / FAILED_US) * fade(lit, 'other');
    const x = row.trackTo - 8 - place * 10;
    context.beginPath();
    context.moveTo(x - 3, row.y - 3);
    context.lineTo(x + 3, row.y + 3);
    context.moveTo(x + 3, row.y - 3);
    context.lineTo(x - 3, row.y + 3);
    context.stroke();
  }
}

function fade(lit: Lit, ...names: Lit[]): number {
  return lit === undefined || names.includes(lit) ? 1 : 0.18;
}

function dot(context: CanvasRenderingContext2D, x: number, y: number, radius: number, colour: string): void {
  context.fillStyle = colour;
  context.beginPath();
  context.arc(x, y, radius, 0, Math.PI * 2);
  context.fill();
}

function ring(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  radius: number,
  edge: string,
  fill: string,
): void {
  context.strokeStyle = edge;
  context.fillStyle = fill;
  context.lineWidth = 1.75;
  context.beginPath();
  context.arc(x, y, radius, 0, Math.PI * 2);
  context.fill();
  context.stroke();
}

function diamond(context: CanvasRenderingContext2D, x: number, y: number, radius: number, colour: string): void {
  context.fillStyle = colour;
  context.beginPath();
  context.moveTo(x, y - radius);
  context.lineTo(x + radius, y);
  context.lineTo(x, y + radius);
  context.lineTo(x - radius, y);
  context.fill();
}

/** @returns its left edge */
function pill(
  context: CanvasRenderingContext2D,
  right: number,
  y: number,
  text: string,
  late: boolean,
  palette: Palette,
): number {
  context.font = '600 11px system-ui, sans-serif';
  const width = context.measureText(text).width + 10;
  const left = right - width + 2;
  context.fillStyle = late ? palette.late : palette.waiting;
  context.beginPath();
  context.roundRect(left, y - 8.5, width, 17, 8.5);
  context.fill();
  context.fillStyle = palette.onLate;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillText(text, left + width / 2, y + 0.5);
  return left - 4;
}
