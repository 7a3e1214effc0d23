import type { Language } from '../../simulator/text.ts';
import { escapeText } from './draw-topology.ts';
import { stepAt } from './figures.ts';
import { formatMs } from './format.ts';
import { BINS, BINS_PER_DECADE, binOf, edgeMs, type Latencies, MARKED } from './latencies.ts';

export interface Spread {
  readonly label: string;
  /** `baseline`, `yours` or `reference`: its colour. */
  readonly role: string;
  readonly latencies: Latencies;
  readonly stepUs: number;
}

export interface DistributionInput {
  readonly width: number;
  readonly atUs: number;
  readonly lanes: readonly Spread[];
  readonly language: Language;
}

const TOP = 2;
const NAME = 17;
const LABEL = 17;
const BARS = 26;
const GAP = 5;
const AXIS = 20;
/** Where the picture is narrower, or a name longer, than this, names stand above their rows instead of beside them. */
const NARROW = 420;
const BESIDE = 118;
/** Average width of a letter, px: labels are placed by it. */
const LETTER = 6.3;
/** A single slow request among thousands is still to be seen. */
const LEAST = 1.5;

export function distributionHeight(lanes: readonly Spread[], width: number): number {
  return TOP + lanes.length * rowHeight(isStacked(lanes, width)) + AXIS;
}

/** The marked percentiles of a lane up to a moment, ms; undefined before its first request. */
export function marksAt({ latencies, stepUs }: Spread, atUs: number): readonly number[] | undefined {
  const step = stepAt(stepUs, atUs);
  const marks = latencies.marks.map((column) => column[step] ?? Number.NaN);
  return marks.some(Number.isNaN) ? undefined : marks;
}

/** Whether a lane has any latency in its whole run. */
export function hasLatencies({ counts }: Latencies): boolean {
  return counts.subarray(-BINS).some((count) => count > 0);
}

/**
 * How long requests have taken up to the playhead, one row for each lane on the same log scale of latency and the same
 * scale of shares, with the percentiles marked, as SVG text.
 */
export function drawDistribution({ width, atUs, lanes, language }: DistributionInput): string {
  const stacked = isStacked(lanes, width);
  const left = 8;
  const right = Math.round(width - (stacked ? 14 : BESIDE));
  const range = rangeOf(lanes);
  const x = (bin: number) =>
    left + ((right - left) * clamp(bin - range.from, 0, range.to - range.from)) / (range.to - range.from);
  const height = distributionHeight(lanes, width);
  const bottom = height - AXIS;
  const axis = range.decades
    .map((bin) => {
      const at = px(x(bin));
      const anchor = bin === range.from ? 'start' : bin === range.to && stacked ? 'end' : 'middle';
      return (
        `<line class="grid" x1="${at}" x2="${at}" y1="${TOP}" y2="${bottom + 3}"/>` +
        `<text class="tick" x="${at}" y="${bottom + 16}" text-anchor="${anchor}">${tickText(edgeMs(bin), language)}</text>`
      );
    })
    .join('');
  const highest = Math.max(...lanes.map((lane) => highestShare(lane, atUs)));
  const rows = lanes.map((lane, place) => {
    const top = TOP + place * rowHeight(stacked);
    const base = top + rowHeight(stacked) - GAP;
    const name = stacked ? { at: left, y: top + 12 } : { at: right + 8, y: base - 2 };
    return (
      `<line class="grid" x1="${left}" x2="${right}" y1="${base}" y2="${base}"/>` +
      drawBars(lane, atUs, x, base, highest) +
      drawMarks(lane, atUs, x, { base, left, right }, language) +
      `<text class="label ${lane.role}" x="${name.at}" y="${name.y}">${escapeText(lane.label)}</text>`
    );
  });
  return (
    `<svg class="chart" width="100%" height="${height}" viewBox="0 0 ${width} ${height}" aria-hidden="true" focusable="false">` +
    `${axis}${rows.join('')}</svg>`
  );
}

function isStacked(lanes: readonly Spread[], width: number): boolean {
  const widthOf = (label: string) =>
    [...label].reduce((sum, letter) => sum + (letter < '\u1100' ? 1.1 : 2), 0) * LETTER;
  return width < NARROW || lanes.some(({ label }) => widthOf(label) > BESIDE);
}

function rowHeight(stacked: boolean): number {
  return LABEL + BARS + GAP + (stacked ? NAME : 0);
}

interface Range {
  readonly from: number;
  readonly to: number;
  /** Bins that begin at a power of ten. */
  readonly decades: readonly number[];
}

/** Half decades around all lanes' whole runs: the scale stays where it is while the run goes on. */
function rangeOf(lanes: readonly Spread[]): Range {
  let lowest = BINS;
  let highest = 0;
  for (const { latencies } of lanes) {
    const counts = latencies.counts.subarray(-BINS);
    const total = sum(counts);
    if (total === 0) continue;
    highest = Math.max(highest, counts.findLastIndex((count) => count > 0) + 1);
    // Whoever has only just come is counted with no wait at all: a scale for a handful of those would waste itself.
    let below = 0;
    const first = counts.findIndex((count) => {
      below += count;
      return below > total / 200;
    });
    lowest = Math.min(lowest, first);
  }
  const half = BINS_PER_DECADE / 2;
  const from = clamp(Math.floor(lowest / half) * half, 0, BINS - 4 * half);
  const to = Math.max(from + 4 * half, Math.ceil(highest / half) * half);
  const all = Array.from({ length: BINS / BINS_PER_DECADE + 1 }, (_, decade) => decade * BINS_PER_DECADE);
  return { from, to, decades: all.filter((bin) => bin >= from && bin <= to) };
}

function countsAt({ latencies, stepUs }: Spread, atUs: number): Uint32Array {
  const step = stepAt(stepUs, atUs);
  return step < 0 ? new Uint32Array(BINS) : latencies.counts.subarray(step * BINS, (step + 1) * BINS);
}

function highestShare(lane: Spread, atUs: number): number {
  const counts = countsAt(lane, atUs);
  return Math.max(...counts) / Math.max(1, sum(counts));
}

function drawBars(lane: Spread, atUs: number, x: (bin: number) => number, base: number, highest: number): string {
  const counts = countsAt(lane, atUs);
  const total = sum(counts);
  let path = '';
  for (let bin = 0; bin < BINS; bin++) {
    if (counts[bin] === 0) continue;
    const [from, to] = [x(bin), x(bin + 1)];
    const height = Math.max(LEAST, (BARS * counts[bin]!) / total / highest);
    if (to > from) path += `M${px(from + 0.5)} ${base}V${px(base - height)}H${px(to - 0.5)}V${base}Z`;
  }
  return path === '' ? '' : `<path class="bars ${lane.role}" d="${path}"/>`;
}

/** The percentiles as lines over the bars, each with its name and value; a label that finds no room moves aside. */
function drawMarks(
  lane: Spread,
  atUs: number,
  x: (bin: number) => number,
  row: { readonly base: number; readonly left: number; readonly right: number },
  language: Language,
): string {
  const values = marksAt(lane, atUs);
  if (!values) return '';
  const spots = values.map((ms, place) => {
    const text = `p${MARKED[place]} ${formatMs(ms, language)}`;
    return { at: x(binOf(ms)), text, width: text.length * LETTER };
  });
  const y = row.base - BARS - 5;
  return placeLabels(spots, row.left, row.right)
    .map(({ at, text, middle, width }) => {
      const foot = clamp(at, middle - width / 2 + LETTER, middle + width / 2 - LETTER);
      return (
        `<path class="percentile ${lane.role}" d="M${px(at)} ${row.base}V${y + 8}L${px(foot)} ${y + 3}"/>` +
        `<text class="value" x="${px(middle)}" y="${y}" text-anchor="middle">${text}</text>`
      );
    })
    .join('');
}

interface Spot {
  readonly at: number;
  readonly text: string;
  readonly width: number;
}

/** Places labels, given from left to right, over their marks, side by side where those are close. */
export function placeLabels<S extends Spot>(
  spots: readonly S[],
  left: number,
  right: number,
): (S & { readonly middle: number })[] {
  let from = left;
  const starts = spots.map(({ at, width }) => {
    const start = Math.max(from, at - width / 2);
    from = start + width + LETTER;
    return start;
  });
  let until = right;
  for (let place = spots.length - 1; place >= 0; place--) {
    starts[place] = Math.min(starts[place]!, until - spots[place]!.width);
    until = starts[place]! - LETTER;
  }
  return spots.map((spot, place) => ({ ...spot, middle: starts[place]! + spot.width / 2 }));
}

function tickText(ms: number, language: Language): string {
  if (ms >= 1000) return language === 'ko' ? `${ms / 1000}초` : `${ms / 1000} s`;
  return `${Number(ms.toPrecision(2))} ms`;
}

function sum(counts: Uint32Array): number {
  return counts.reduce((total, count) => total + count, 0);
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}

function px(length: number): string {
  return length.toFixed(1);
}
