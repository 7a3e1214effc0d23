import { describe, expect, it } from 'vitest';
import type { Command } from '../../simulator/scene.ts';
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

describe('a command to network or region', () => {
  const told = (command: Command): (string | boolean)[] =>
    (['en', 'ko'] as const).flatMap((language) => {
      const marks = eventsOf([{ label: 'A', trace: traceOf([]) }], [command], language);
      return marks.flatMap(({ label, bad }) => [label, bad]);
    });

  it('is told once, in both languages, and marked where it takes something away', () => {
    const atMs = 1_000;
    const between = { node: 'server-1', peer: 'database' };
    expect(told({ atMs, kind: 'partition', node: 's2' })).toEqual(['S2 cut off', true, 'S2 네트워크 단절', true]);
    expect(told({ atMs, kind: 'heal', ...between })).toEqual([
      'S1 ↔ database network back',
      false,
      'S1 ↔ 데이터베이스 네트워크 복구됨',
      false,
    ]);
    expect(told({ atMs, kind: 'lag', ms: 1500, ...between })).toEqual([
      'S1 ↔ database messages 1.5 s later',
      true,
      'S1 ↔ 데이터베이스 메시지 1.5초 지연',
      true,
    ]);
    expect(told({ atMs, kind: 'lose', share: 0.07, node: 's2' })).toEqual([
      'S2 loses 7 % of messages',
      true,
      'S2 메시지 7% 유실',
      true,
    ]);
    expect(told({ atMs, kind: 'region-down', region: 'seoul' })).toEqual([
      'region Seoul down',
      true,
      '서울 지역 중단됨',
      true,
    ]);
    expect(told({ atMs, kind: 'region-up', region: 'seoul' })).toEqual([
      'region Seoul back',
      false,
      '서울 지역 복구됨',
      false,
    ]);
  });

  it('leaves what happens to a server to the traces', () => {
    expect(told({ atMs: 1_000, kind: 'kill', node: 'server-1' })).toEqual([]);
    expect(told({ atMs: 1_000, kind: 'slow', node: 'server-1', speed: 0.5 })).toEqual([]);
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
