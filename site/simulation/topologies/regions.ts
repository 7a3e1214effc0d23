import type { Language } from '../../../simulator/text.ts';
import type { Trace } from '../../../simulator/trace.ts';
import { NEVER } from '../../../simulator/trace.ts';
import type { Cells } from '../cells.ts';
import { cellsOf } from '../cells.ts';
import { drawBar, drawBox, drawCells, drawNode, drawPicture, drawRow, drawText, drawTrack } from '../draw-topology.ts';
import { formatMs } from '../format.ts';
import type { Box, Row, Track } from '../layout.ts';
import { BAR, barOf, boxWidthFor, gapOf, gridOf, isCompact, PAD, rowOf } from '../layout.ts';
import { nodeName, placeName } from '../node-names.ts';
import type { Brush } from '../paint.ts';
import { lighten, paintCell, paintQueue, paintRow, paintStale, paintTravelling } from '../paint.ts';
import { dot } from '../shapes.ts';
import type { Topology } from '../topology.ts';

const REGION = 37;
/** What the number of those who have no room needs. */
const PILL = 46;
const COLUMNS = 4;
const ROWS = 2;
const EDGE_HEIGHT = 20;
/** Between two files of one page that travel together. */
const PACK = 3;
/** How long an old answer is seen on its way, and where nothing moves, µs. */
const RETURN_US = 400_000;

/** People of one region, their edge server where there is one, and the distance to the origin. */
export interface Region {
  /** Index of the request class. */
  readonly of: number;
  readonly name: string;
  readonly delayUs: number;
  readonly people: Track;
  /** Index into the trace's nodes; undefined where there is no network. */
  readonly node: number | undefined;
  readonly edge: Box;
  readonly cells: readonly Box[];
  /** The way from the edge server, or from the people, to the origin's door. */
  readonly from: number;
  readonly to: number;
}

export interface RegionsLayout {
  readonly width: number;
  readonly height: number;
  readonly bar: Box;
  readonly regions: readonly Region[];
  /** Where the ways from all regions end and the origin's queue begins. */
  readonly door: number;
  readonly origin: Row;
}

/** People in regions around one origin. How far a region stands from the origin is its real delay, not a map. */
export const regions: Topology = {
  draws: ({ trace }) => trace.nodes.some(({ kind }) => kind === 'origin'),
  lay: (index, width, language) => {
    const { trace } = index;
    const held = trace.nodes.map(({ kind }, node) =>
      kind === 'edge' ? cellsOf(trace, node, COLUMNS * ROWS) : undefined,
    );
    const layout = layRegions(trace, width, language);
    const { height, bar, origin, door } = layout;
    const first = layout.regions[0]!.people.y;
    const last = layout.regions[layout.regions.length - 1]!.people.y;
    return {
      width,
      height,
      still: drawPicture(width, height, [
        `<path class="track" d="M${door} ${first}V${last}"/>`,
        ...layout.regions.map((region) => drawRegion(region, language)),
        drawRow(origin),
        drawBar(bar),
      ]),
      nodes: [origin.node, ...layout.regions.flatMap(({ node }) => node ?? [])],
      paint: (brush, atUs) => {
        paintRow(brush, origin, atUs);
        for (const region of layout.regions) {
          if (region.node !== undefined) paintEdge(brush, region, held[region.node]!, atUs);
          paintQueue(brush, region.people, brush.index.unanswered(region.of, atUs));
        }
        paintWays(brush, layout, atUs);
        paintOld(brush, layout, atUs);
      },
    };
  },
};

export function layRegions(trace: Trace, width: number, language: Language): RegionsLayout {
  const compact = isCompact(width);
  const height = trace.classes.length * REGION + 2 * PAD;
  const bar = barOf(width, height);
  const gap = gapOf(width);
  const at = trace.nodes.findIndex(({ kind }) => kind === 'origin');
  const boxWidth = boxWidthFor(trace.nodes[at]!.cores);
  const boxX = width - boxWidth - 5;
  const left = bar.x + BAR;
  const edgeWidth = compact ? 27 : 35;
  const pitchX = (edgeWidth - 5) / COLUMNS;
  const door = Math.round(left + (boxX - left) * (compact ? 0.62 : 0.6));
  const longest = Math.round((door - left) * 0.36);
  const delays = trace.classes.map((_, of) => delayOf(trace, at, of));
  const far = Math.max(1, ...delays);
  const lineOf = (region: number) => PAD + REGION * region + 24;
  const y = (lineOf(0) + lineOf(trace.classes.length - 1)) / 2;
  return {
    width,
    height,
    bar,
    door,
    origin: rowOf(
      { ...trace.nodes[at]!, index: at, name: nodeName(trace.nodes[at]!.id, language) },
      {
        y,
        trackFrom: door,
        boxX,
        boxWidth,
        gap,
        label: { x: boxX + boxWidth, y: y - 17, anchor: 'end', stateY: y + 22 },
      },
    ),
    regions: trace.classes.map((id, of) => {
      const line = lineOf(of);
      const node = trace.nodes.findIndex((each) => each.kind === 'edge' && each.id === `edge-${id}`);
      const from = door - 10 - Math.round(longest * (delays[of]! / far));
      const edge = { x: from - edgeWidth, y: line - EDGE_HEIGHT / 2, width: edgeWidth, height: EDGE_HEIGHT };
      const most = { rows: ROWS, columns: COLUMNS, pitchX, pitchY: (EDGE_HEIGHT - 4) / ROWS };
      return {
        of,
        name: placeName(id, language),
        delayUs: delays[of]!,
        people: { y: line, trackFrom: left, trackTo: node < 0 ? from : edge.x - 2, gap, spare: PILL },
        node: node < 0 ? undefined : node,
        edge,
        cells: gridOf(COLUMNS * ROWS, { x: edge.x + 3.5, y: edge.y + 3 }, most),
        from,
        to: door,
      };
    }),
  };
}

function drawRegion({ people, node, edge, cells, name, delayUs, from, to }: Region, language: Language): string {
  const server = node === undefined ? '' : drawNode({ node, kind: 'edge' }, [drawBox(edge), drawCells(cells)]);
  const delay = delayUs > 0 ? formatMs(delayUs / 1000, language) : '';
  return (
    drawTrack(people.y, people.trackFrom, people.trackTo) +
    drawTrack(people.y, from, to) +
    drawText('place', name, people.trackFrom + 6, people.y - 11) +
    drawText('delay', delay, to + 6, people.y + 4) +
    server
  );
}

function paintEdge(brush: Brush, { node, cells }: Region, held: Cells, atUs: number): void {
  const { context, index, palette, travelUs } = brush;
  for (const place of held.cells.keys()) paintCell(brush, cells[place]!, held.level(place, atUs), 'edge');
  if (travelUs === 0) return;
  for (const { visit, ageUs } of index.started(node!, atUs, travelUs / 2)) {
    const box = cells[held.cellOfVisit(visit)]!;
    lighten(brush, 'hit', 'edge');
    context.globalAlpha *= 1 - (2 * ageUs) / travelUs;
    dot(context, box.x + box.width / 2, box.y + box.height / 2, 1.25, palette.surface);
  }
}

/** What is on its way to the origin: at the same speed from everywhere, and to and fro for the handshakes before it. */
function paintWays(brush: Brush, { regions: all, origin }: RegionsLayout, atUs: number): void {
  const { index, travelUs } = brush;
  if (travelUs === 0) return;
  const { requests, visits } = index.trace;
  const longest = Math.max(...all.map(({ from, to }) => to - from));
  const legsOf = (visit: number): number => {
    const { delayUs } = all[requests.class[visits.request[visit]!]!]!;
    const journeyUs = visits.enteredUs[visit]! - visits.sentUs[visit]!;
    return 2 * Math.floor(Math.max(0, journeyUs / delayUs - 1) / 2 + 0.25) + 1;
  };
  const lengthUs = (visit: number): number => {
    const { from, to } = all[requests.class[visits.request[visit]!]!]!;
    return Math.max(1, (travelUs * legsOf(visit) * (to - from)) / longest);
  };
  let pack = { request: NEVER, sentUs: NEVER, place: 0 };
  paintTravelling(
    brush,
    index.underway(origin.node, atUs, 5 * travelUs, lengthUs),
    (visit, way) => {
      const request = visits.request[visit]!;
      const sentUs = visits.sentUs[visit]!;
      const together = pack.request === request && pack.sentUs === sentUs;
      pack = { request, sentUs, place: together ? pack.place + 1 : 0 };
      const { from, to, people } = all[requests.class[request]!]!;
      const leg = way * legsOf(visit);
      const part = Math.floor(leg) % 2 === 0 ? leg % 1 : 1 - (leg % 1);
      return { x: Math.max(from, from + (to - from) * part - pack.place * PACK), y: people.y };
    },
    { name: 'miss' },
  );
}

/** Pages with old files go back to their readers, below those who still wait. */
function paintOld({ index, travelUs, ...rest }: Brush, { regions: all, bar }: RegionsLayout, atUs: number): void {
  const brush = { index, travelUs, ...rest };
  for (const [place, { request, ageUs }] of index.stale(atUs, RETURN_US).entries()) {
    const { edge, people } = all[index.trace.requests.class[request]!]!;
    const to = bar.x + BAR + 6;
    const from = edge.x;
    const way = travelUs > 0 ? ageUs / RETURN_US : 1 - (place % 8) / 12;
    paintStale(brush, { x: from + (to - from) * way, y: people.y + 9 });
  }
}

/** The shortest journey from a region to the origin: the distance, one way. 0 where nobody has made it. */
function delayOf({ visits, requests }: Trace, origin: number, of: number): number {
  let shortest = Number.POSITIVE_INFINITY;
  for (let visit = 0; visit < visits.node.length; visit++) {
    if (visits.node[visit] !== origin || requests.class[visits.request[visit]!] !== of) continue;
    const enteredUs = visits.enteredUs[visit]!;
    if (enteredUs !== NEVER) shortest = Math.min(shortest, enteredUs - visits.sentUs[visit]!);
  }
  return Number.isFinite(shortest) ? shortest : 0;
}
