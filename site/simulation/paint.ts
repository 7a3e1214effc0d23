import type { Level } from './cells.ts';
import { keyOf } from './cells.ts';
import type { Box, Point, Row, Track } from './layout.ts';
import { queueRoom } from './layout.ts';
import { cross, diamond, dot, hollowSquare, pill, ring, square } from './shapes.ts';
import type { TraceIndex, Travelling } from './trace-index.ts';

/** From these ages on a request is drawn as waiting, then as late. */
export const WAITING_US = 200_000;
export const LATE_US = 1_000_000;
/** How long a failed request stays visible where it failed. */
const FAILED_US = 500_000;
/** So many queries about one object at once are drawn as copies of each other. */
const COPIES_FROM = 5;

export interface Palette {
  readonly ink: string;
  readonly muted: string;
  readonly request: string;
  readonly waiting: string;
  readonly late: string;
  readonly work: string;
  readonly surface: string;
  readonly onLate: string;
  readonly onWaiting: string;
}

/** The shape that a word of the prose names; everything else fades while it is lit. */
export type Lit = string | undefined;

/** Colours as the page's tokens have them now. */
export function paletteOf(element: Element): Palette {
  const style = getComputedStyle(element);
  const token = (name: string) => style.getPropertyValue(name).trim();
  return {
    ink: token('--ztm-ink'),
    muted: token('--ztm-muted'),
    request: token('--ztm-request'),
    waiting: token('--ztm-waiting'),
    late: token('--ztm-late'),
    work: token('--ztm-work'),
    surface: token('--ztm-surface'),
    onLate: token('--ztm-on-late'),
    onWaiting: token('--ztm-on-waiting'),
  };
}

/** What painting needs. */
export interface Brush {
  readonly context: CanvasRenderingContext2D;
  readonly index: TraceIndex;
  readonly palette: Palette;
  readonly lit: Lit;
  /** Length of a journey as drawn, µs; 0 draws none. */
  readonly travelUs: number;
}

export interface Queued {
  readonly visit: number;
  readonly ageUs: number;
}

/** A server or database: cores, queue and failures. @returns where the queue ends */
export function paintRow(brush: Brush, row: Row, atUs: number): number {
  const { index } = brush;
  const queue = index.waiting(row.node, atUs);
  const copies = copiesAt(brush, row.node, atUs, queue);
  paintCores(brush, row, atUs, copies);
  const tail = paintQueue(brush, row, queue, copies);
  paintFailures(brush, row, atUs);
  return tail;
}

/** Whether a server's queue has somebody in it who has waited for more than a second. */
export function overloaded(index: TraceIndex, node: number, atUs: number): boolean {
  if (index.trace.nodes[node]!.cores === 0) return false;
  const [oldest] = index.waiting(node, atUs);
  return oldest !== undefined && oldest.ageUs > LATE_US;
}

function paintCores(brush: Brush, row: Row, atUs: number, copies: ReadonlySet<number>): void {
  const { context, index, palette } = brush;
  const troubled = overloaded(index, row.node, atUs);
  for (const { visit, core, done } of index.serving(row.node, atUs)) {
    const box = row.cores[core];
    if (!box) continue;
    lighten(brush, 'core', row.kind);
    context.fillStyle = troubled ? palette.late : palette.work;
    context.fillRect(box.x, box.y, Math.max(1.5, box.width * Math.min(1, done)), box.height);
    if (!copies.has(visit)) continue;
    lighten(brush, 'core', row.kind, 'copies');
    square(context, box.x + box.width / 2, box.y + box.height / 2, 3, palette.ink);
  }
}

/**
 * A queue with its oldest at the end of the track.
 * @returns where it ends
 */
export function paintQueue(
  brush: Brush,
  row: Track,
  queue: readonly Queued[],
  copies: ReadonlySet<number> = NONE,
): number {
  const room = queueRoom(row);
  const head = row.trackTo - 4;
  const shown = Math.min(queue.length, room);
  for (let place = 0; place < shown; place++) {
    const { visit, ageUs } = queue[place]!;
    paintRequest(brush, { x: head - place * row.gap, y: row.y }, ageUs, copies.has(visit));
  }
  const tail = head - shown * row.gap;
  if (queue.length <= room) return tail;
  return paintMore(brush, { x: tail, y: row.y }, queue.slice(room));
}

/**
 * The number of those who have no room, in the state of the one who has waited longest.
 * @returns its left edge
 */
export function paintMore(brush: Brush, { x: right, y }: Point, more: readonly Queued[]): number {
  const { context, palette } = brush;
  const { ageUs } = more[0]!;
  lighten(brush, 'queue');
  const [fill, ink] =
    ageUs > LATE_US
      ? [palette.late, palette.onLate]
      : ageUs > WAITING_US
        ? [palette.waiting, palette.onWaiting]
        : [palette.muted, palette.surface];
  return pill(context, right, y, `+${more.length}`, fill, ink);
}

/** One who waits: the shape says for how long, and angular ones all ask for the same. */
export function paintRequest(brush: Brush, { x, y }: Point, ageUs: number, copy: boolean): void {
  const { context, palette } = brush;
  if (ageUs > LATE_US) {
    lighten(brush, 'queue', 'late', copy ? 'copies' : '');
    if (!copy) diamond(context, x, y, 4, palette.late);
    else {
      square(context, x, y, 3.5, palette.late);
      square(context, x, y, 1.25, palette.surface);
    }
  } else if (ageUs > WAITING_US) {
    lighten(brush, 'queue', 'waiting', copy ? 'copies' : '');
    if (copy) hollowSquare(context, x, y, 2.75, palette.waiting, palette.surface);
    else ring(context, x, y, 3, palette.waiting, palette.surface);
  } else {
    lighten(brush, 'queue', 'request', copy ? 'copies' : '');
    if (copy) square(context, x, y, 3, palette.ink);
    else dot(context, x, y, 3, palette.request);
  }
}

/** Requests on their way to a row. @param path where each is when it has `way` of its way behind it */
export function paintTravelling(
  brush: Brush,
  travelling: readonly Travelling[],
  path: (visit: number, way: number) => Point,
  { radius = 3, name = '' } = {},
): void {
  lighten(brush, 'request', name);
  for (const { visit, way } of travelling) {
    const { x, y } = path(visit, way);
    dot(brush.context, x, y, radius, brush.palette.request);
  }
}

function paintFailures(brush: Brush, row: Row, atUs: number): void {
  const failed = brush.index.failed(row.node, atUs, FAILED_US);
  const room = Math.min(24, Math.floor((row.trackTo - row.trackFrom) / 10) - 1);
  for (const [place, { ageUs }] of failed.slice(0, room).entries()) {
    lighten(brush, 'failed');
    brush.context.globalAlpha *= 1 - ageUs / FAILED_US;
    cross(brush.context, row.trackTo - 8 - place * 10, row.y, 3, brush.palette.late);
  }
}

/** A cell with what is in it, from the bottom up: striped where that is old, hollow where nobody asks for it. */
export function paintCell(brush: Brush, { x, y, width, height }: Box, level: Level, kind: string): void {
  const { context, palette } = brush;
  const { held, stale, quiet } = level;
  if (held < 0.02) return;
  const high = height * Math.min(1, held);
  lighten(brush, 'hit', kind);
  context.fillStyle = palette.work;
  context.fillRect(x, y + height - high, width, high);
  if (quiet && high > 3 && width > 3) {
    context.fillStyle = palette.surface;
    context.fillRect(x + 1.5, y + height - high + 1.5, width - 3, high - 3);
  }
  if (stale < 0.02) return;
  lighten(brush, 'stale', kind);
  const old = height * Math.min(held, stale);
  context.fillStyle = palette.waiting;
  for (let stripe = 0; stripe < old; stripe += 3) {
    context.fillRect(x, y + height - Math.min(old, stripe + 3), width, Math.min(2, old - stripe));
  }
}

/** An answer out of date on its way to its user: a ring with a stroke through it. */
export function paintStale(brush: Brush, { x, y }: Point): void {
  const { context, palette } = brush;
  lighten(brush, 'stale');
  ring(context, x, y, 3.25, palette.waiting, palette.surface);
  square(context, x, y, 1.1, palette.waiting);
}

/** Everything of these names is drawn as it is, everything else fades while a word is lit. */
export function lighten({ context, lit }: Brush, ...names: string[]): void {
  context.globalAlpha = lit === undefined || names.includes(lit) ? 1 : 0.18;
}

const NONE: ReadonlySet<number> = new Set();

/** Queries about the object that most of a node's queries are about, where those are many. */
function copiesAt({ index }: Brush, node: number, atUs: number, queue: readonly Queued[]): ReadonlySet<number> {
  const { trace } = index;
  if (!trace.requests.key || queue.length < COPIES_FROM - 1) return NONE;
  const byKey = new Map<number, number[]>();
  let most: number[] = [];
  for (const { visit } of [...queue, ...index.serving(node, atUs)]) {
    const same = byKey.get(keyOf(trace, visit));
    if (same) same.push(visit);
    else byKey.set(keyOf(trace, visit), [visit]);
    if (same && same.length > most.length) most = same;
  }
  return most.length < COPIES_FROM ? NONE : new Set(most);
}
