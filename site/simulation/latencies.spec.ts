import { describe, expect, it } from 'vitest';
import { p50, p99 } from '../../simulator/measures/web-measures.ts';
import type { Trace } from '../../simulator/trace.ts';
import { NEVER, OUTCOMES } from '../../simulator/trace.ts';
import { takeFigures } from './figures.ts';
import { BINS, binOf, edgeMs } from './latencies.ts';

/** A run of 10 s in which one request a second arrives and takes as long as said, ms; `undefined` never ends. */
function run(tookMs: readonly (number | undefined)[], failed: readonly number[] = []): Trace {
  const arrivedUs = Float64Array.from(tookMs, (_, i) => i * 1e6);
  return {
    durationUs: 10e6,
    requests: {
      arrivedUs,
      endedUs: Float64Array.from(tookMs, (ms, i) => (ms === undefined ? NEVER : i * 1e6 + ms * 1000)),
      outcome: Uint8Array.from(tookMs, (_, i) => OUTCOMES.indexOf(failed.includes(i) ? 'error' : 'ok')),
      class: new Uint8Array(tookMs.length),
    },
  } as Trace;
}

const taken = (trace: Trace) => takeFigures(trace, [p50, p99], 'p50', 10);
const filled = (counts: Uint32Array, step: number) =>
  [...counts.subarray(step * BINS, (step + 1) * BINS).entries()].filter(([, count]) => count > 0);
const bin = (ms: number) => Math.floor(binOf(ms) + 1e-9);

describe('latencies along a run', () => {
  it('count every request up to each moment once, by how long it took', () => {
    const { latencies } = taken(run([15, 15, 150]));
    expect(filled(latencies.counts, 0)).toEqual([[bin(15), 1]]);
    expect(filled(latencies.counts, 2)).toEqual([
      [bin(15), 2],
      [bin(150), 1],
    ]);
  });

  it('count whoever still waits with the wait so far', () => {
    const { latencies } = taken(run([undefined]));
    expect(filled(latencies.counts, 0)).toEqual([[bin(1_000), 1]]);
    expect(filled(latencies.counts, 9)).toEqual([[bin(10_000), 1]]);
  });

  it('leave out what failed, as the percentiles do', () => {
    expect(filled(taken(run([15, 15], [1])).latencies.counts, 9)).toEqual([[bin(15), 1]]);
  });

  it('mark the same percentiles that the table tells', () => {
    const { latencies, sinceStart } = taken(run([15, 20, 25, 30, 3_000, undefined]));
    expect(latencies.marks[0]).toEqual(sinceStart[0]);
    expect(latencies.marks[2]).toEqual(sinceStart[1]);
  });

  it('have no marks before anybody came', () => {
    expect([...taken(run([])).latencies.marks[1]!]).toEqual(Array(10).fill(Number.NaN));
  });
});

describe('the scale of bins', () => {
  it('is logarithmic and knows its own edges', () => {
    for (const place of [0, 1, 17, BINS]) expect(binOf(edgeMs(place))).toBeCloseTo(place, 9);
    expect(binOf(100) - binOf(10)).toBeCloseTo(binOf(1_000) - binOf(100), 9);
  });

  it('keeps what lies outside at its ends', () => {
    expect(binOf(0)).toBe(0);
    expect(binOf(1e9)).toBe(BINS);
  });
});
