import type { TraceNode } from '../../simulator/trace.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Box extends Point {
  readonly width: number;
  readonly height: number;
}

/** Where a name stands; its state stands right below it, or where `stateY` says. */
export interface Label extends Point {
  readonly anchor?: 'start' | 'end';
  readonly stateY?: number;
}

/** Where a queue stands. */
export interface Track {
  /** Height of the track. */
  readonly y: number;
  readonly trackFrom: number;
  readonly trackTo: number;
  /** Between two requests in the queue. */
  readonly gap: number;
  /** What a queue leaves free for those who are on their way and for a number; by default `SPARE`. */
  readonly spare?: number;
}

/** One node that works, with the track that leads to it; all lengths in CSS pixels. */
export interface Row extends Track {
  /** Index into the trace's nodes. */
  readonly node: number;
  readonly kind: string;
  readonly name: string;
  readonly box: Box;
  readonly cores: readonly Box[];
  readonly label: Label;
}

/** Between the edge of a picture and what is in it. */
export const PAD = 4;
export const ROW = 30;
export const BAR = 18;
const BOX_HEIGHT = 22;
const SPARE = 62;

export function isCompact(width: number): boolean {
  return width < 420;
}

export function gapOf(width: number): number {
  return isCompact(width) ? 7 : 8;
}

/** Where the bar in the lane's colour stands, from which requests come. */
export function barOf(width: number, height: number): Box {
  return { x: isCompact(width) ? 10 : 0, y: PAD, width: BAR, height: height - 2 * PAD };
}

export function boxWidthFor(cores: number): number {
  return Math.min(120, Math.max(48, cores * 19 + 10));
}

/** Room for a name to the right of a box. */
export function labelWidthFor(name: string, width: number): number {
  const wide = [...name].reduce((sum, letter) => sum + (letter > '⺀' ? 12 : 6.8), 0);
  return Math.max(isCompact(width) ? 54 : 62, Math.ceil(wide) + 10);
}

/** A node with its box at `boxX` and its track before it. */
export function rowOf(
  node: TraceNode & { readonly index: number; readonly name: string },
  place: { y: number; trackFrom: number; boxX: number; boxWidth: number; gap: number; label?: Label },
): Row {
  const { y, trackFrom, boxX, boxWidth, gap } = place;
  const box = { x: boxX, y: y - BOX_HEIGHT / 2, width: boxWidth, height: BOX_HEIGHT };
  return {
    node: node.index,
    kind: node.kind,
    name: node.name,
    y,
    trackFrom,
    trackTo: boxX - 4,
    box,
    cores: coreBoxes(box, node.cores),
    label: place.label ?? { x: boxX + boxWidth + 8, y: y + 4 },
    gap,
  };
}

/** How many requests of a queue fit on a track before the rest becomes a number. */
export function queueRoom({ trackFrom, trackTo, gap, spare = SPARE }: Track): number {
  return Math.max(1, Math.floor((trackTo - trackFrom - spare) / gap));
}

function coreBoxes(box: Box, cores: number): Box[] {
  const inner = box.width - 8;
  const width = Math.min(14, (inner - 4 * (cores - 1)) / cores);
  const gap = cores > 1 ? (inner - cores * width) / (cores + 1) : (inner - width) / 2;
  return Array.from({ length: cores }, (_, core) => ({
    x: box.x + 4 + gap + core * (width + gap),
    y: box.y + 4,
    width,
    height: box.height - 8,
  }));
}

/** A grid of small boxes, column by column, with the number of columns that its cells need. */
export function gridOf(
  count: number,
  at: Point,
  most: { rows: number; columns: number; pitchX: number; pitchY: number },
): Box[] {
  const columns = Math.max(1, Math.ceil(count / most.rows));
  const rows = Math.max(1, Math.ceil(count / columns));
  const pitchY = (most.rows * most.pitchY) / rows;
  const pitchX = count === 1 ? pitchY : most.pitchX;
  return Array.from({ length: count }, (_, place) => ({
    x: at.x + Math.floor(place / rows) * pitchX,
    y: at.y + (place % rows) * pitchY,
    width: pitchX - 2,
    height: pitchY - 2,
  }));
}
