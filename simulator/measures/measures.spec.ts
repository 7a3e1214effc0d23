import { describe, expect, it } from 'vitest';
import { OUTCOME } from '../recorder.ts';
import type { Outcome, Trace } from '../trace.ts';
import { NEVER } from '../trace.ts';
import { errorShare, mean, percentile, sample, series, shareOver, throughput } from './measures.ts';
import { nodeFigures, unevenness } from './node-measures.ts';

interface Row {
  readonly arrivedMs: number;
  readonly endedMs?: number;
  readonly outcome?: Outcome;
  readonly class?: number;
}

function traceOf(
  rows: readonly Row[],
  visits: readonly (readonly [node: number, ms: readonly number[]])[] = [],
): Trace {
  const us = (ms: number | undefined): number => (ms === undefined ? NEVER : ms * 1000);
  return {
    durationUs: 10_000_000,
    seed: 1,
    nodes: [
      { id: 'balancer', kind: 'balancer', cores: 0 },
      { id: 'a', kind: 'server', cores: 2 },
      { id: 'b', kind: 'server', cores: 1 },
    ],
    classes: ['page', 'report'],
    requests: {
      arrivedUs: Float64Array.from(rows, (row) => us(row.arrivedMs)),
      endedUs: Float64Array.from(rows, (row) => us(row.endedMs)),
      outcome: Uint8Array.from(rows, (row) => OUTCOME[row.outcome ?? (row.endedMs === undefined ? 'pending' : 'ok')]),
      class: Uint8Array.from(rows, (row) => row.class ?? 0),
    },
    visits: {
      request: Uint32Array.from(visits, () => 0),
      node: Uint16Array.from(visits, ([node]) => node),
      sentUs: Float64Array.from(visits, ([, ms]) => us(ms[0])),
      enteredUs: Float64Array.from(visits, ([, ms]) => us(ms[1])),
      startedUs: Float64Array.from(visits, ([, ms]) => us(ms[2])),
      leftUs: Float64Array.from(visits, ([, ms]) => us(ms[3])),
      outcome: Uint8Array.from(visits, () => OUTCOME.ok),
    },
    changes: [],
  };
}

const S = 1_000_000;

describe('a sample of a window', () => {
  const trace = traceOf([
    { arrivedMs: 0, endedMs: 100 },
    { arrivedMs: 10 },
    { arrivedMs: 20, endedMs: 1_500, class: 1 },
    { arrivedMs: 500, endedMs: 501, outcome: 'refused' },
    { arrivedMs: 3_000, endedMs: 3_300 },
  ]);

  it('counts who still waits, with the time waited so far', () => {
    expect(sample(trace, 0, S)).toEqual({
      latenciesMs: Float64Array.from([100, 980, 990]),
      ended: 2,
      failed: 1,
      waiting: 2,
    });
  });

  it('counts who has waited for seconds also in a later window', () => {
    expect([...sample(trace, 4 * S, 5 * S).latenciesMs]).toEqual([4990]);
  });

  it('leaves out who comes, or ends, at the very end of the window', () => {
    expect(sample(trace, 0, 100_000)).toMatchObject({ ended: 0, waiting: 3 });
    expect(sample(trace, 0, 3 * S)).toMatchObject({ ended: 3, waiting: 1 });
  });

  it('can be restricted to a request class', () => {
    expect([...sample(trace, 0, 2 * S, 1).latenciesMs]).toEqual([1480]);
  });
});

describe('figures', () => {
  const hundred = sample(
    traceOf(Array.from({ length: 100 }, (_, index) => ({ arrivedMs: 0, endedMs: index + 1 }))),
    0,
    S,
  );
  const none = sample(traceOf([]), 0, S);

  it('take percentiles by nearest rank', () => {
    expect([50, 95, 99, 100, 0.5].map((percent) => percentile(hundred, percent))).toEqual([50, 95, 99, 100, 1]);
  });

  it('count what is above a limit, not what is on it', () => {
    expect(shareOver(hundred, 90)).toBe(10);
  });

  it('are undefined where there is nothing to measure', () => {
    expect([percentile(none, 99), mean(none), shareOver(none, 1), errorShare(none)]).toEqual(Array(4).fill(undefined));
  });

  it('tell errors and throughput', () => {
    const trace = traceOf([
      { arrivedMs: 0, endedMs: 10 },
      { arrivedMs: 0, endedMs: 20, outcome: 'timeout' },
      { arrivedMs: 0, endedMs: 30 },
      { arrivedMs: 0, endedMs: 40, outcome: 'shed' },
    ]);
    const half = sample(trace, 0, S / 2);
    expect(errorShare(half)).toBe(50);
    expect(throughput(half, 0, S / 2)).toBe(4);
    expect(mean(half)).toBe(20);
  });

  it('run along time in windows that end step by step', () => {
    const trace = traceOf([{ arrivedMs: 500, endedMs: 1_500 }]);
    const points = series(trace, (_, fromUs, toUs) => toUs - fromUs, { stepUs: 4 * S, windowUs: 5 * S });
    expect(points).toEqual([
      { atUs: 4 * S, value: 4 * S },
      { atUs: 8 * S, value: 5 * S },
    ]);
  });
});

describe('figures of nodes', () => {
  const trace = traceOf(
    [],
    [
      [1, [0, 0, 0, 1000]],
      [1, [0, 0, 0, 500]],
      [1, [100, 100]],
      [2, [200, 200, 900]],
      [2, [1_000, 1_000, 1_000, 2_000]],
    ],
  );

  it('share visits, use of cores, queue and work at the end of the window', () => {
    expect(nodeFigures(trace, 0, S)).toEqual([
      { id: 'a', share: 75, utilisation: 75, queued: 1, inService: 1 },
      { id: 'b', share: 25, utilisation: 10, queued: 0, inService: 1 },
    ]);
  });

  it('say how uneven the spread is', () => {
    expect(unevenness(trace, 0, S)).toBe(1.5);
    expect(unevenness(trace, 5 * S, 6 * S)).toBeUndefined();
  });
});
