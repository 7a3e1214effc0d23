import { OUTCOME } from '../recorder.ts';
import type { Trace } from '../trace.ts';
import { NEVER } from '../trace.ts';

/**
 * Figures of a trace over a window [fromUs, toUs). A window counts the requests that ended in it and, at its end,
 * those that still wait: such a request has taken at least as long as it has waited, and that age is its latency.
 * So nobody vanishes from the books: over [0, t) every request that arrived before t is counted exactly once.
 */
export interface Sample {
  /** Latencies in ms, ascending: of requests answered well in the window, and the age of those still waiting. */
  readonly latenciesMs: Float64Array<ArrayBuffer>;
  /** Requests that ended in the window. */
  readonly ended: number;
  /** Of those, the ones that did not end well. */
  readonly failed: number;
  /** Requests that arrived before the window's end and had not ended by then. */
  readonly waiting: number;
}

/**
 * @param only index of a request class to restrict the sample to
 */
export function sample(trace: Trace, fromUs: number, toUs: number, only?: number): Sample {
  const index = indexOf(trace);
  const key = `${fromUs} ${toUs} ${only}`;
  if (index.last?.key === key) return index.last.sample;
  const drawn = draw(trace, index, fromUs, toUs, only);
  index.last = { key, sample: drawn };
  return drawn;
}

function draw(trace: Trace, index: TraceIndex, fromUs: number, toUs: number, only: number | undefined): Sample {
  const { arrivedUs, endedUs, outcome, class: kind } = trace.requests;
  const latencies: number[] = [];
  let failed = 0;
  let ended = 0;
  let waiting = 0;
  const last = lowerBound(index.endedAt, toUs);
  for (let place = lowerBound(index.endedAt, fromUs); place < last; place++) {
    const request = index.byEnd[place]!;
    if (only !== undefined && kind[request] !== only) continue;
    ended++;
    if (outcome[request] === OUTCOME.ok) latencies.push((endedUs[request]! - arrivedUs[request]!) / 1000);
    else failed++;
  }
  const arrived = lowerBound(arrivedUs, toUs);
  for (let request = lowerBound(index.latestEnd, toUs); request < arrived; request++) {
    const end = endedUs[request]!;
    if ((end !== NEVER && end < toUs) || (only !== undefined && kind[request] !== only)) continue;
    waiting++;
    latencies.push((toUs - arrivedUs[request]!) / 1000);
  }
  return { latenciesMs: Float64Array.from(latencies).sort(), ended, failed, waiting };
}

/**
 * Nearest-rank percentile, ms: the smallest latency that at least `percent` % of the sample does not exceed.
 * Undefined for an empty sample.
 * @param percent above 0, at most 100
 */
export function percentile(of: Sample, percent: number): number | undefined {
  const count = of.latenciesMs.length;
  return count === 0 ? undefined : of.latenciesMs[Math.max(1, Math.ceil((percent * count) / 100 - 1e-9)) - 1];
}

/** Mean latency, ms. */
export function mean(of: Sample): number | undefined {
  const count = of.latenciesMs.length;
  return count === 0 ? undefined : of.latenciesMs.reduce((sum, latency) => sum + latency, 0) / count;
}

/** Percent of the sample that took, or has already waited, longer than `limitMs`. */
export function shareOver(of: Sample, limitMs: number): number | undefined {
  const count = of.latenciesMs.length;
  if (count === 0) return undefined;
  return (100 * (count - upperBound(of.latenciesMs, limitMs))) / count;
}

/** Percent of the ended requests that did not end well. */
export function errorShare(of: Sample): number | undefined {
  return of.ended === 0 ? undefined : (100 * of.failed) / of.ended;
}

/** Requests answered well per second of the window. */
export function throughput(of: Sample, fromUs: number, toUs: number): number | undefined {
  return toUs > fromUs ? ((of.ended - of.failed) * 1_000_000) / (toUs - fromUs) : undefined;
}

/** Values of a figure over windows that follow each other and end each `stepUs`. */
export function series(
  trace: Trace,
  of: (trace: Trace, fromUs: number, toUs: number) => number | undefined,
  { stepUs, windowUs }: { readonly stepUs: number; readonly windowUs: number },
): { readonly atUs: number; readonly value: number | undefined }[] {
  const points: { atUs: number; value: number | undefined }[] = [];
  for (let atUs = stepUs; atUs <= trace.durationUs; atUs += stepUs) {
    points.push({ atUs, value: of(trace, Math.max(0, atUs - windowUs), atUs) });
  }
  return points;
}

interface TraceIndex {
  /** Ended requests by time of their end, and those times. */
  readonly byEnd: Uint32Array<ArrayBuffer>;
  readonly endedAt: Float64Array<ArrayBuffer>;
  /** Latest end among requests 0 … i: whoever comes before the first entry ≥ t had ended by t. */
  readonly latestEnd: Float64Array<ArrayBuffer>;
  /** Several figures in a row are asked of one window. */
  last?: { readonly key: string; readonly sample: Sample };
}

const indexes = new WeakMap<Trace, TraceIndex>();

function indexOf(trace: Trace): TraceIndex {
  const known = indexes.get(trace);
  if (known) return known;
  const { endedUs } = trace.requests;
  const latestEnd = new Float64Array(endedUs.length);
  let latest = NEVER;
  let ended = 0;
  for (let request = 0; request < endedUs.length; request++) {
    const end = endedUs[request]!;
    if (end !== NEVER) ended++;
    latest = Math.max(latest, end === NEVER ? Number.POSITIVE_INFINITY : end);
    latestEnd[request] = latest;
  }
  const byEnd = new Uint32Array(ended);
  for (let request = 0, place = 0; request < endedUs.length; request++) {
    if (endedUs[request] !== NEVER) byEnd[place++] = request;
  }
  byEnd.sort((left, right) => endedUs[left]! - endedUs[right]! || left - right);
  const endedAt = Float64Array.from(byEnd, (request) => endedUs[request]!);
  const index: TraceIndex = { byEnd, endedAt, latestEnd };
  indexes.set(trace, index);
  return index;
}

/** First place in an ascending column whose value is at least `value`. */
function lowerBound(column: Float64Array, value: number): number {
  let low = 0;
  let high = column.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (column[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** First place in an ascending column whose value is above `value`. */
function upperBound(column: Float64Array, value: number): number {
  let low = 0;
  let high = column.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (column[middle]! <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}
