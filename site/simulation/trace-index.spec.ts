import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Trace } from '../../simulator/trace.ts';
import { NEVER, OUTCOMES } from '../../simulator/trace.ts';
import { TraceIndex } from './trace-index.ts';

interface Visit {
  readonly node: number;
  readonly sentUs: number;
  readonly enteredUs: number;
  readonly startedUs: number;
  readonly leftUs: number;
}

function traceOf(visits: readonly Visit[], changes: Trace['changes'] = []): Trace {
  return {
    durationUs: 10_000,
    seed: 1,
    nodes: [
      { id: 'balancer', kind: 'balancer', cores: 0 },
      { id: 's1', kind: 'server', cores: 2 },
      { id: 's2', kind: 'server', cores: 1 },
    ],
    classes: ['page'],
    requests: {
      arrivedUs: Float64Array.from(visits, (visit) => visit.sentUs),
      endedUs: Float64Array.from(visits, (visit) => visit.leftUs),
      outcome: Uint8Array.from(visits, (visit) => (visit.leftUs === NEVER ? 0 : 1)),
      class: new Uint8Array(visits.length),
    },
    visits: {
      request: Uint32Array.from(visits.keys()),
      node: Uint16Array.from(visits, (visit) => visit.node),
      sentUs: Float64Array.from(visits, (visit) => visit.sentUs),
      enteredUs: Float64Array.from(visits, (visit) => visit.enteredUs),
      startedUs: Float64Array.from(visits, (visit) => visit.startedUs),
      leftUs: Float64Array.from(visits, (visit) => visit.leftUs),
      outcome: Uint8Array.from(visits, (visit) =>
        visit.enteredUs === NEVER ? OUTCOMES.indexOf('refused') : visit.leftUs === NEVER ? 0 : 1,
      ),
    },
    changes,
  };
}

/** Visits in order of sending, with any waits, services and ends, some of them never within the run. */
const visits = fc
  .array(
    fc.record({
      node: fc.constantFrom(1, 2),
      gapUs: fc.nat(300),
      waitUs: fc.oneof(fc.constant(0), fc.nat(2_000), fc.constant(NEVER)),
      workUs: fc.oneof(fc.nat(2_000), fc.constant(NEVER)),
    }),
    { maxLength: 40 },
  )
  .map((drawn) => {
    let sentUs = 0;
    return drawn.map(({ node, gapUs, waitUs, workUs }): Visit => {
      sentUs += gapUs;
      const enteredUs = sentUs + 10;
      const startedUs = waitUs === NEVER ? NEVER : enteredUs + waitUs;
      const leftUs = startedUs === NEVER || workUs === NEVER ? NEVER : startedUs + workUs;
      return { node, sentUs, enteredUs, startedUs, leftUs };
    });
  });
const moment = fc.nat(12_000);

describe('a trace index', () => {
  it('finds the same queue as looking at every visit', () => {
    fc.assert(
      fc.property(visits, moment, (list, atUs) => {
        const index = new TraceIndex(traceOf(list));
        for (const node of [1, 2]) {
          const expected = list.flatMap((visit, i) => {
            const goneUs = visit.startedUs === NEVER ? Number.POSITIVE_INFINITY : visit.startedUs;
            return visit.node === node && visit.enteredUs <= atUs && goneUs > atUs ? [i] : [];
          });
          expect(index.waiting(node, atUs).map(({ visit }) => visit)).toEqual(expected);
        }
      }),
    );
  });

  it('finds the same work in progress as looking at every visit', () => {
    fc.assert(
      fc.property(visits, moment, (list, atUs) => {
        const index = new TraceIndex(traceOf(list));
        for (const node of [1, 2]) {
          const expected = list.flatMap((visit, i) => {
            const goneUs = visit.leftUs === NEVER ? Number.POSITIVE_INFINITY : visit.leftUs;
            const working = visit.startedUs !== NEVER && visit.startedUs <= atUs && goneUs > atUs;
            return visit.node === node && working ? [i] : [];
          });
          const found = index.serving(node, atUs);
          expect(found.map(({ visit }) => visit).sort((a, b) => a - b)).toEqual(expected);
          for (const { done } of found) expect(done).toBeGreaterThanOrEqual(0);
          for (const { done } of found) expect(done).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  it('says how long the oldest of a queue has been in the system', () => {
    const busy = { node: 2, sentUs: 0, enteredUs: 10, startedUs: 10, leftUs: 5_000 };
    const waits = { node: 2, sentUs: 100, enteredUs: 110, startedUs: 5_000, leftUs: 6_000 };
    const index = new TraceIndex(traceOf([busy, waits]));
    expect(index.waiting(2, 3_000)).toEqual([{ visit: 1, ageUs: 2_900 }]);
    expect(index.waiting(2, 5_000)).toEqual([]);
  });

  it('puts a job on the lowest free core and keeps it there', () => {
    const first = { node: 1, sentUs: 0, enteredUs: 10, startedUs: 10, leftUs: 1_000 };
    const second = { node: 1, sentUs: 100, enteredUs: 110, startedUs: 110, leftUs: 2_110 };
    const third = { node: 1, sentUs: 200, enteredUs: 210, startedUs: 1_000, leftUs: 1_500 };
    const index = new TraceIndex(traceOf([first, second, third]));
    expect(index.serving(1, 1_110)).toEqual([
      { visit: 1, core: 1, done: 0.5 },
      { visit: 2, core: 0, done: 0.22 },
    ]);
  });

  it('draws a journey as long as asked, ending when the request enters', () => {
    const index = new TraceIndex(
      traceOf([{ node: 1, sentUs: 990, enteredUs: 1_000, startedUs: 1_000, leftUs: 1_100 }]),
    );
    expect(index.travelling(1, 700, 200)).toEqual([]);
    expect(index.travelling(1, 900, 200)).toEqual([{ visit: 0, way: 0.5 }]);
    expect(index.travelling(1, 1_000, 200)).toEqual([]);
  });

  it('draws each journey as long as it is told to, however long others are', () => {
    const near = { node: 1, sentUs: 900, enteredUs: 1_000, startedUs: 1_000, leftUs: 1_100 };
    const far = { node: 1, sentUs: 910, enteredUs: 1_200, startedUs: 1_200, leftUs: 1_300 };
    const index = new TraceIndex(traceOf([near, far]));
    const lengthUs = (visit: number) => (visit === 0 ? 100 : 400);
    expect(index.underway(1, 850, 400, lengthUs)).toEqual([{ visit: 1, way: 0.125 }]);
    expect(index.underway(1, 950, 400, lengthUs)).toEqual([
      { visit: 0, way: 0.5 },
      { visit: 1, way: 0.375 },
    ]);
  });

  it('remembers for a while what a node has begun to serve, the latest first', () => {
    const first = { node: 1, sentUs: 0, enteredUs: 10, startedUs: 10, leftUs: 5_000 };
    const second = { node: 1, sentUs: 100, enteredUs: 110, startedUs: 200, leftUs: 210 };
    const index = new TraceIndex(traceOf([first, second]));
    expect(index.started(1, 250, 300)).toEqual([
      { visit: 1, ageUs: 50 },
      { visit: 0, ageUs: 240 },
    ]);
    expect(index.started(1, 250, 100)).toEqual([{ visit: 1, ageUs: 50 }]);
  });

  it('knows who has no answer yet, wherever in the system the request is', () => {
    const slow = { node: 2, sentUs: 0, enteredUs: 10, startedUs: 500, leftUs: 5_000 };
    const never = { node: 1, sentUs: 200, enteredUs: 210, startedUs: NEVER, leftUs: NEVER };
    const index = new TraceIndex(traceOf([slow, never]));
    expect(index.unanswered(0, 100).map(({ request }) => request)).toEqual([0]);
    expect(index.unanswered(0, 300)).toMatchObject([
      { request: 0, ageUs: 300 },
      { request: 1, ageUs: 100 },
    ]);
    expect(index.unanswered(0, 9_000).map(({ request }) => request)).toEqual([1]);
  });

  it('shows an answer out of date for a while after it has come', () => {
    const visit = { node: 1, sentUs: 0, enteredUs: 10, startedUs: 10, leftUs: 1_000 };
    const trace = traceOf([visit, { ...visit, leftUs: 2_000 }]);
    const index = new TraceIndex({
      ...trace,
      requests: { ...trace.requests, staleUs: Float64Array.from([300, NEVER]) },
    });
    expect(index.stale(1_100, 200)).toEqual([{ request: 0, ageUs: 100 }]);
    expect(index.stale(1_300, 200)).toEqual([]);
    expect(index.stale(2_100, 200)).toEqual([]);
  });

  it('shows a refused request as a failure where it was refused', () => {
    const index = new TraceIndex(
      traceOf([{ node: 1, sentUs: 990, enteredUs: NEVER, startedUs: NEVER, leftUs: 1_000 }]),
    );
    expect(index.travelling(1, 950, 100)).toEqual([{ visit: 0, way: 0.5 }]);
    expect(index.failed(1, 1_200, 400)).toEqual([{ visit: 0, ageUs: 200 }]);
    expect(index.failed(1, 1_500, 400)).toEqual([]);
  });

  it('knows the state a node is in, healthy before anything happened', () => {
    const index = new TraceIndex(
      traceOf(
        [],
        [
          { atUs: 1_000, node: 1, state: 'slow', speed: 0.5 },
          { atUs: 2_000, node: 1, state: 'down', speed: 0 },
        ],
      ),
    );
    expect(index.state(1, 999)).toMatchObject({ state: 'up', speed: 1 });
    expect(index.state(1, 1_500)).toMatchObject({ state: 'slow', speed: 0.5 });
    expect(index.state(1, 2_000)).toMatchObject({ state: 'down' });
    expect(index.state(2, 2_000)).toMatchObject({ state: 'up' });
  });
});
