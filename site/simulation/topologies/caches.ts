import type { Language } from '../../../simulator/text.ts';
import type { Trace } from '../../../simulator/trace.ts';
import { NEVER } from '../../../simulator/trace.ts';
import type { Cells } from '../cells.ts';
import { cellsOf } from '../cells.ts';
import { drawBar, drawBox, drawCells, drawCross, drawName, drawNode, drawPicture, drawRow } from '../draw-topology.ts';
import type { Box, Label, Point, Row, Track } from '../layout.ts';
import { BAR, barOf, boxWidthFor, gapOf, gridOf, isCompact, labelWidthFor, PAD, ROW, rowOf } from '../layout.ts';
import { nodeName } from '../node-names.ts';
import type { Brush } from '../paint.ts';
import { lighten, paintCell, paintMore, paintRequest, paintRow, paintStale, paintTravelling } from '../paint.ts';
import { dot } from '../shapes.ts';
import type { Topology } from '../topology.ts';

/** Most cells of a cache, as a grid. */
const COLUMNS = 16;
const ROWS = 3;
const PITCH = 14;
const FRAME = 4;
const GRID_HEIGHT = ROWS * PITCH + 2 * FRAME;
/** How long an old answer is seen on its way where nothing else moves, µs. */
const RETURN_US = 250_000;

export interface CachesLayout {
  readonly width: number;
  readonly height: number;
  readonly bar: Box;
  readonly frame: Box;
  readonly cells: readonly Box[];
  readonly name: string;
  readonly label: Label;
  /** Where those stand who wait for a value that somebody else is loading. */
  readonly waiters: Track;
  readonly database: Row;
}

/** A cache near its readers as a grid of cells by popularity, and the database behind it with its queue. */
export const caches: Topology = {
  draws: ({ trace }) => kindOf(trace, 'cache') >= 0 && kindOf(trace, 'database') >= 0,
  lay: (index, width, language) => {
    const { trace } = index;
    const node = kindOf(trace, 'cache');
    const held = cellsOf(trace, node, COLUMNS * ROWS);
    const layout = layCaches(trace, held.cells.length, width, language);
    const { height, bar, frame, cells, name, label, database } = layout;
    const visitOf = visitsOf(trace, node);
    return {
      width,
      height,
      still: drawPicture(width, height, [
        drawNode({ node, kind: 'cache' }, [drawBox(frame), drawCells(cells), drawCross(frame), drawName(name, label)]),
        drawRow(database),
        drawBar(bar),
      ]),
      nodes: [node, database.node],
      paint: (brush, atUs) => {
        paintCells(brush, layout, held, node, atUs);
        const tail = paintRow(brush, database, atUs);
        paintMisses(brush, layout, held, visitOf, atUs, tail);
        paintWaiters(brush, layout, node, atUs);
        paintOld(brush, layout, held, visitOf, atUs);
      },
    };
  },
};

export function layCaches(trace: Trace, count: number, width: number, language: Language): CachesLayout {
  const [cache, behind] = [kindOf(trace, 'cache'), kindOf(trace, 'database')];
  const height = PAD + GRID_HEIGHT + 6 + ROW + PAD;
  const bar = barOf(width, height);
  const left = bar.x + BAR + 8;
  const name = nodeName(trace.nodes[behind]!.id, language);
  const boxWidth = boxWidthFor(trace.nodes[behind]!.cores);
  const boxX = Math.round(width - labelWidthFor(name, width) - boxWidth);
  const pitchX = Math.min(16, Math.floor((width - left - (isCompact(width) ? 96 : 140)) / COLUMNS));
  const at = { x: left + FRAME + 1, y: PAD + FRAME + 1 };
  const cells = gridOf(count, at, { rows: ROWS, columns: COLUMNS, pitchX, pitchY: PITCH });
  const right = Math.max(left + 2 * FRAME + PITCH, ...cells.map(({ x, width: wide }) => x + wide + FRAME + 1));
  const frame = { x: left, y: PAD, width: right - left, height: GRID_HEIGHT };
  const gap = gapOf(width);
  return {
    width,
    height,
    bar,
    frame,
    cells,
    name: nodeName(trace.nodes[cache]!.id, language),
    label: { x: right + 8, y: PAD + 12, stateY: PAD + 26 },
    waiters: { y: PAD + GRID_HEIGHT - 9, trackFrom: right + 4, trackTo: width - 4, gap },
    database: rowOf(
      { ...trace.nodes[behind]!, index: behind, name },
      { y: height - PAD - ROW / 2, trackFrom: bar.x + BAR, boxX, boxWidth, gap },
    ),
  };
}

/** What is held, and a glint where somebody has just found something. */
function paintCells(brush: Brush, { cells }: CachesLayout, held: Cells, node: number, atUs: number): void {
  const { context, index, palette, travelUs } = brush;
  for (const [place, box] of cells.entries()) {
    paintCell(brush, box, held.level(place, atUs), 'cache');
  }
  if (travelUs === 0) return;
  const lit = new Set<number>();
  for (const { visit, ageUs } of index.started(node, atUs, travelUs)) {
    const place = held.cellOfVisit(visit);
    const box = cells[place];
    if (!box || lit.has(place)) continue;
    lit.add(place);
    lighten(brush, 'hit', 'cache');
    context.globalAlpha *= 1 - ageUs / travelUs;
    dot(context, box.x + box.width / 2, box.y + box.height / 2, 2, palette.surface);
  }
}

/** Behind all else, queries fall from the cell that lacked the object to the end of the queue; what passes the cache by keeps to the track. */
function paintMisses(
  brush: Brush,
  { cells, database }: CachesLayout,
  held: Cells,
  visitOf: Int32Array,
  atUs: number,
  tail: number,
): void {
  const { index, travelUs } = brush;
  if (travelUs === 0) return;
  const { request } = index.trace.visits;
  const end = { x: Math.max(database.trackFrom + 4, tail), y: database.y };
  const travelling = index.travelling(database.node, atUs, travelUs);
  const path = (visit: number, way: number): Point => {
    const look = visitOf[request[visit]!]!;
    const box = look === NEVER ? undefined : cells[held.cellOfVisit(look)];
    const from = box ? { x: box.x + box.width / 2, y: box.y + box.height } : { x: database.trackFrom + 4, y: end.y };
    return { x: from.x + (end.x - from.x) * way, y: from.y + (end.y - from.y) * way };
  };
  brush.context.globalCompositeOperation = 'destination-over';
  paintTravelling(brush, travelling, path, { radius: 2.5, name: 'miss' });
  brush.context.globalCompositeOperation = 'source-over';
}

/** Those who wait for a value that is being loaded stand beside the cache, the oldest next to it. */
function paintWaiters(brush: Brush, { waiters }: CachesLayout, node: number, atUs: number): void {
  const { trackFrom, trackTo, y, gap } = waiters;
  const queue = brush.index.waiting(node, atUs);
  if (queue.length === 0) return;
  const room = Math.floor((trackTo - trackFrom - 44) / gap);
  for (const [place, { ageUs }] of queue.slice(0, room).entries()) {
    paintRequest(brush, { x: trackFrom + 6 + place * gap, y }, ageUs, false);
  }
  if (queue.length <= room) return;
  paintMore(brush, { x: trackTo, y }, queue.slice(room));
}

/** Old answers go back to the bar, where their readers are. */
function paintOld(brush: Brush, layout: CachesLayout, held: Cells, visitOf: Int32Array, atUs: number): void {
  const { index, travelUs } = brush;
  const { bar, cells } = layout;
  const spanUs = travelUs > 0 ? 2 * travelUs : RETURN_US;
  for (const { request, ageUs } of index.stale(atUs, spanUs)) {
    const look = visitOf[request]!;
    const box = look === NEVER ? undefined : cells[held.cellOfVisit(look)];
    if (!box) continue;
    const way = travelUs > 0 ? ageUs / spanUs : 1;
    const to = bar.x + bar.width + 5;
    const from = box.x + box.width / 2;
    paintStale(brush, { x: from + (to - from) * way, y: box.y + box.height / 2 });
  }
}

/** Each request's visit to a node, or `NEVER`. */
function visitsOf({ visits, requests }: Trace, at: number): Int32Array {
  const found = new Int32Array(requests.arrivedUs.length).fill(NEVER);
  visits.node.forEach((node, visit) => {
    if (node === at) found[visits.request[visit]!] = visit;
  });
  return found;
}

function kindOf({ nodes }: Trace, kind: string): number {
  return nodes.findIndex((node) => node.kind === kind);
}
