import { describe, expect, it } from 'vitest';
import type { Trace } from '../../simulator/trace.ts';
import { NEVER } from '../../simulator/trace.ts';
import { eventsOf, firstOverloads } from './events.ts';

const SECOND = 1_000_000;

/** One server; each request arrives and starts as given, in seconds. */
function traceOf(requests: readonly { arrives: number; starts?: number }[], changes: Trace['changes'] = []): Trace {
  const started = requests.map(({ starts }) => (starts === undefined ? NEVER : starts * SECOND));
  return {
    durationUs: 10 * SECOND,
    seed: 1,
    nodes: [
      { id: 'balancer', kind: 'balancer', cores: 0 },
      { id: 'server-1', kind: 'server', cores: 1 },
    ],
    classes: ['page'],
    requests: {
      arrivedUs: Float64Array.from(requests, ({ arrives }) => arrives * SECOND),
      endedUs: Float64Array.from(requests, () => NEVER),
      outcome: new Uint8Array(requests.length),
      class: new Uint8Array(requests.length),
    },
    visits: {
      request: Uint32Array.from(requests.keys()),
      node: Uint16Array.from(requests, () => 1),
      sentUs: Float64Array.from(requests, ({ arrives }) => arrives * SECOND),
      enteredUs: Float64Array.from(requests, ({ arrives }) => arrives * SECOND),
      startedUs: Float64Array.from(started),
      leftUs: Float64Array.from(requests, () => NEVER),
      outcome: new Uint8Array(requests.length),
    },
    changes,
  };
}

describe('the events of a run', () => {
  const down = [{ atUs: 5 * SECOND, node: 1, state: 'down', speed: 0 }] as const;

  it('are told once where every lane saw them, and with the lane’s name where only one did', () => {
    const both = [
      { label: 'A', trace: traceOf([], down) },
      { label: 'B', trace: traceOf([], down) },
    ];
    expect(eventsOf(both, [], 'en').map(({ label }) => label)).toEqual(['S1 down']);
    const one = [both[0]!, { label: 'B', trace: traceOf([]) }];
    expect(eventsOf(one, [], 'ko').map(({ label }) => label)).toEqual(['A: S1 종료됨']);
  });

  it('include a server’s first overload and the reader’s spikes, in order of time', () => {
    const lanes = [{ label: 'A', trace: traceOf([{ arrives: 2, starts: 9 }, { arrives: 3 }], down) }];
    const spike = { atMs: 1_000, kind: 'spike', factor: 3, forMs: 2_000 } as const;
    expect(eventsOf(lanes, [spike], 'en').map(({ atUs, label }) => [atUs / SECOND, label])).toEqual([
      [1, 'traffic × 3 for 2 s'],
      [3, 'S1 overloaded'],
      [5, 'S1 down'],
    ]);
  });
});

describe('an overload', () => {
  it('needs somebody in the queue for a whole second, within the run', () => {
    expect(firstOverloads(traceOf([{ arrives: 2, starts: 3 }]))).toEqual([]);
    expect(firstOverloads(traceOf([{ arrives: 9.5 }]))).toEqual([]);
    expect(firstOverloads(traceOf([{ arrives: 4 }, { arrives: 2, starts: 3.1 }]))).toEqual([
      { atUs: 3 * SECOND, node: 1 },
    ]);
  });

  it('is nothing that a cache can have: whoever waits there waits for a value that is being loaded', () => {
    const trace = traceOf([{ arrives: 2 }]);
    const nodes = [trace.nodes[0]!, { id: 'cache', kind: 'cache', cores: 0 }] as const;
    expect(firstOverloads({ ...trace, nodes })).toEqual([]);
  });
});
