import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { erlangC } from '../measures/erlang-c.ts';
import { mean, sample } from '../measures/measures.ts';
import { nodeFigures } from '../measures/node-measures.ts';
import type { MakeBalancer } from '../parts/slots/balancer.ts';
import { OUTCOME } from '../recorder.ts';
import type { Command } from '../scene.ts';
import type { Trace } from '../trace.ts';
import { NEVER } from '../trace.ts';
import { traceHash } from '../trace-hash.ts';
import type { WebPlan } from './web.ts';
import { runWeb } from './web.ts';

const turns: MakeBalancer = (servers) => {
  let turn = 0;
  return { route: () => ({ server: servers[turn++ % servers.length]! }) };
};
const first: MakeBalancer = (servers) => ({ route: () => ({ server: servers[0]! }) });

interface World {
  readonly seed: number;
  readonly commands: readonly Command[];
  readonly timeoutMs: number | undefined;
  readonly queueLimit: number | undefined;
  readonly checked: boolean;
}

function planOf(changes: Partial<WebPlan> & { readonly perSecond?: number } = {}): WebPlan {
  const { perSecond = 160, ...rest } = changes;
  return {
    durationMs: 5_000,
    linkMs: 0.25,
    servers: [
      { id: 'a', cores: 2 },
      { id: 'b', cores: 2 },
    ],
    workload: {
      arrivals: { kind: 'poisson', perSecond },
      classes: [{ name: 'page', share: 1, cost: { kind: 'exponential', meanMs: 20 }, method: 'GET' }],
      clients: [{ share: 1, from: '198.18.0.0', addresses: 100 }],
    },
    ...rest,
  };
}

const outcomes = (trace: Trace, name: keyof typeof OUTCOME): number =>
  trace.requests.outcome.filter((outcome) => outcome === OUTCOME[name]).length;

describe('one server against queueing theory', () => {
  it.each([
    [1, 0.5],
    [1, 0.7],
    [2, 0.7],
    [4, 0.8],
  ])('waits as M/M/%i at utilisation %f predicts', (cores, utilisation) => {
    const meanMs = 20;
    const perSecond = (utilisation * cores * 1000) / meanMs;
    const trace = runWeb(
      planOf({ servers: [{ id: 'a', cores }], linkMs: 0, durationMs: 4_000_000, perSecond }),
      first,
      { seed: 11 },
    );
    const wait = erlangC(cores, utilisation * cores).meanWait * meanMs;
    const measured = mean(sample(trace, 0, trace.durationUs))!;
    expect(Math.abs(measured - (wait + meanMs)) / (wait + meanMs)).toBeLessThan(0.03);
    expect(nodeFigures(trace, 0, trace.durationUs)[0]!.utilisation).toBeCloseTo(100 * utilisation, -0.5);
  });
});

describe('the books of a run', () => {
  const command: fc.Arbitrary<Command> = fc.oneof(
    fc.record({
      atMs: fc.nat(5_000),
      kind: fc.constantFrom('kill' as const, 'hang' as const, 'pause' as const, 'revive' as const),
      node: fc.constantFrom('a', 'b'),
    }),
    fc.record({
      atMs: fc.nat(5_000),
      kind: fc.constant('slow' as const),
      node: fc.constantFrom('a', 'b'),
      speed: fc.constantFrom(0.25, 0.5, 1),
    }),
    fc.record({
      atMs: fc.nat(5_000),
      kind: fc.constant('spike' as const),
      factor: fc.constantFrom(1, 2.5),
      forMs: fc.nat(2_000),
    }),
  );
  const world: fc.Arbitrary<World> = fc.record({
    seed: fc.nat(1000),
    commands: fc.array(command, { maxLength: 8 }),
    timeoutMs: fc.constantFrom(undefined, 300),
    queueLimit: fc.constantFrom(undefined, 3),
    checked: fc.boolean(),
  });
  const runOf = ({ seed, commands, timeoutMs, queueLimit, checked }: World): Trace =>
    runWeb(
      planOf({
        timeoutMs,
        servers: [
          { id: 'a', cores: 2, queueLimit },
          { id: 'b', cores: 1, queueLimit },
        ],
        healthCheck: checked ? { firstMs: 100, intervalMs: 200, timeoutMs: 100, misses: 2 } : undefined,
      }),
      turns,
      { seed, commands },
    );

  it('account for every request in any window, whatever happens to the servers', () => {
    fc.assert(
      fc.property(world, fc.nat(5_000_000), (given, atUs) => {
        const trace = runOf(given);
        const { ended, failed, waiting, latenciesMs } = sample(trace, 0, atUs);
        expect(ended + waiting).toBe(trace.requests.arrivedUs.filter((arrived) => arrived < atUs).length);
        expect(latenciesMs.length).toBe(ended - failed + waiting);
        const later = sample(trace, atUs, trace.durationUs);
        expect(ended + later.ended).toBe(outcomes(trace, 'ok') + trace.requests.outcome.filter((o) => o > 1).length);
      }),
      { numRuns: 60 },
    );
  });

  it('let time run forwards within every visit and never serve more than there are cores', () => {
    fc.assert(
      fc.property(world, (given) => {
        const { visits, nodes, requests } = runOf(given);
        const steps: [number, number, number][] = [];
        visits.node.forEach((node, visit) => {
          const [sent, entered, started, left] = [
            visits.sentUs[visit]!,
            visits.enteredUs[visit]!,
            visits.startedUs[visit]!,
            visits.leftUs[visit]!,
          ];
          expect(sent).toBeGreaterThanOrEqual(requests.arrivedUs[visits.request[visit]!]!);
          const known = [sent, entered, started, left].filter((at) => at !== NEVER);
          expect(known).toEqual([...known].sort((one, other) => one - other));
          if (started === NEVER) return;
          steps.push([started, 1, node]);
          if (left !== NEVER) steps.push([left, -1, node]);
        });
        const busy = nodes.map(() => 0);
        for (const [, step, node] of steps.sort((one, other) => one[0] - other[0] || one[1] - other[1])) {
          busy[node]! += step;
          expect(busy[node]).toBeLessThanOrEqual(nodes[node]!.cores);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('show the same traffic to every strategy', () => {
    const [one, other] = [turns, first].map((make) => runWeb(planOf(), make, { seed: 3 }));
    expect(one!.requests.arrivedUs).toEqual(other!.requests.arrivedUs);
    expect(one!.requests.class).toEqual(other!.requests.class);
    const serviceUs = (trace: Trace): number[] => {
      const costs: number[] = [];
      trace.visits.request.forEach((request, visit) => {
        if (trace.visits.leftUs[visit] !== NEVER && trace.visits.startedUs[visit] !== NEVER) {
          costs[request] = trace.visits.leftUs[visit]! - trace.visits.startedUs[visit]!;
        }
      });
      return costs;
    };
    const [costs, others] = [serviceUs(one!), serviceUs(other!)];
    const both = costs.map((_, request) => request).filter((request) => others[request] !== undefined);
    expect(both.length).toBeGreaterThan(300);
    for (const request of both) expect(costs[request]).toBe(others[request]);
  });

  it('come out alike for the same seed and commands, and only then', () => {
    const hash = (seed: number, commands: Command[] = []): string =>
      traceHash(runWeb(planOf(), turns, { seed, commands }));
    expect(hash(4)).toBe(hash(4));
    expect(hash(4)).not.toBe(hash(5));
    expect(hash(4)).not.toBe(hash(4, [{ atMs: 4_990, kind: 'kill', node: 'a' }]));
  });

  it('wait for nobody while a core is idle, and serve in order of entry', () => {
    const { visits } = runWeb(planOf({ perSecond: 90, linkMs: 0 }), first, { seed: 6 });
    const started = [...visits.startedUs].filter((at) => at !== NEVER);
    expect(started).toEqual([...started].sort((one, other) => one - other));
    const waited = [...visits.startedUs.keys()].filter(
      (visit) => visits.startedUs[visit] !== NEVER && visits.startedUs[visit]! > visits.enteredUs[visit]!,
    );
    expect(waited.length).toBeGreaterThan(50);
    for (const visit of waited) {
      const moment = visits.enteredUs[visit]!;
      const inService = [...visits.startedUs].filter(
        (at, other) =>
          at !== NEVER && at <= moment && !(visits.leftUs[other]! <= moment && visits.leftUs[other] !== NEVER),
      );
      expect(inService).toHaveLength(2);
      expect(visits.leftUs).toContain(visits.startedUs[visit]);
    }
  });
});

describe('what can happen to a server', () => {
  const steady = (commands: readonly Command[], more: Partial<WebPlan> = {}): Trace =>
    runWeb(
      planOf({
        servers: [{ id: 'a', cores: 1 }],
        durationMs: 1000,
        linkMs: 0,
        workload: {
          arrivals: { kind: 'steady', perSecond: 10 },
          classes: [{ name: 'page', share: 1, cost: { kind: 'constant', ms: 60 }, method: 'GET' }],
          clients: [{ share: 1, from: '198.18.0.0', addresses: 1 }],
        },
        ...more,
      }),
      first,
      { seed: 1, commands },
    );
  const latenciesMs = (trace: Trace): (number | undefined)[] =>
    [...trace.requests.endedUs].map((end, request) =>
      end === NEVER ? undefined : (end - trace.requests.arrivedUs[request]!) / 1000,
    );
  const named = (trace: Trace): string[] =>
    [...trace.requests.outcome].map(
      (outcome) => Object.keys(OUTCOME).find((name) => OUTCOME[name as 'ok'] === outcome)!,
    );

  it('a kill loses what is inside and refuses within a millisecond until the revival', () => {
    const trace = steady([
      { atMs: 230, kind: 'kill', node: 'a' },
      { atMs: 550, kind: 'revive', node: 'a' },
    ]);
    expect(named(trace).slice(0, 6)).toEqual(['ok', 'lost', 'refused', 'refused', 'refused', 'ok']);
    expect(latenciesMs(trace).slice(0, 6)).toEqual([60, 30, 1, 1, 1, 60]);
    expect(trace.changes.map(({ atUs, state }) => [atUs, state])).toEqual([
      [230_000, 'down'],
      [550_000, 'up'],
    ]);
  });

  it('a pause adds its length to the request in work and loses nothing', () => {
    const trace = steady([
      { atMs: 130, kind: 'pause', node: 'a' },
      { atMs: 170, kind: 'revive', node: 'a' },
    ]);
    expect(latenciesMs(trace).slice(0, 3)).toEqual([100, 60, 60]);
  });

  it('a hanging server answers nobody and forgets all when it is restarted', () => {
    const trace = steady([
      { atMs: 130, kind: 'hang', node: 'a' },
      { atMs: 350, kind: 'revive', node: 'a' },
    ]);
    expect(named(trace).slice(0, 4)).toEqual(['lost', 'lost', 'lost', 'ok']);
  });

  it('half speed doubles what is left of the work', () => {
    const trace = steady([{ atMs: 130, kind: 'slow', node: 'a', speed: 0.5 }]);
    expect(latenciesMs(trace).slice(0, 2)).toEqual([90, 120]);
  });

  it('a balancer that gives up leaves the work to the server', () => {
    const trace = steady(
      [
        { atMs: 110, kind: 'pause', node: 'a' },
        { atMs: 270, kind: 'revive', node: 'a' },
      ],
      {
        timeoutMs: 150,
      },
    );
    expect(named(trace).slice(0, 3)).toEqual(['timeout', 'timeout', 'ok']);
    expect(latenciesMs(trace).slice(0, 3)).toEqual([150, 150, 140]);
    expect(trace.visits.leftUs[0]).toBe(320_000);
  });

  it('a full queue sheds what comes', () => {
    const trace = steady([], {
      servers: [{ id: 'a', cores: 1, queueLimit: 1 }],
      workload: {
        arrivals: { kind: 'steady', perSecond: 100 },
        classes: [{ name: 'page', share: 1, cost: { kind: 'constant', ms: 60 }, method: 'GET' }],
        clients: [{ share: 1, from: '198.18.0.0', addresses: 1 }],
      },
    });
    expect(named(trace).slice(0, 4)).toEqual(['ok', 'ok', 'shed', 'shed']);
  });

  it('a health check tells the strategy after its misses, and once more when the server is back', () => {
    const told: string[] = [];
    const trace = runWeb(
      planOf({
        durationMs: 10_000,
        healthCheck: { firstMs: 500, intervalMs: 1000, timeoutMs: 200, misses: 2 },
      }),
      (servers) => ({
        route: () => ({ server: servers[0]! }),
        serverLost: (server) => void told.push(`lost ${server}`),
        serverFound: (server) => void told.push(`found ${server}`),
      }),
      {
        seed: 1,
        commands: [
          { atMs: 2_000, kind: 'kill', node: 'b' },
          { atMs: 6_000, kind: 'revive', node: 'b' },
        ],
      },
    );
    expect(told).toEqual(['lost b', 'found b']);
    expect(trace.changes.map(({ atUs, state }) => [atUs, state])).toEqual([
      [2_000_000, 'down'],
      [3_500_000, 'ejected'],
      [6_000_000, 'up'],
    ]);
  });

  it('with every server known to be gone, the balancer itself answers with an error', () => {
    const trace = steady([{ atMs: 0, kind: 'kill', node: 'a' }], {
      healthCheck: { firstMs: 50, intervalMs: 100, timeoutMs: 10, misses: 2 },
    });
    expect(named(trace).slice(0, 3)).toEqual(['refused', 'error', 'error']);
  });
});

describe('a strategy that misbehaves', () => {
  const failing = (make: MakeBalancer): Trace => runWeb(planOf(), make, { seed: 1 });

  it('ends the run when it throws, with message and stack', () => {
    let calls = 0;
    const trace = failing((servers) => ({
      route: () => {
        if (++calls === 10) throw new TypeError('tenth');
        return { server: servers[0]! };
      },
    }));
    expect(trace.failure).toMatchObject({ message: 'tenth', name: 'TypeError', atUs: trace.requests.arrivedUs[9] });
    expect(trace.requests.arrivedUs).toHaveLength(10);
  });

  it('ends the run when it names a server that does not exist', () => {
    expect(failing(() => ({ route: () => ({ server: 'nobody' }) })).failure?.message).toBe(
      '"nobody" is not one of the servers a, b',
    );
    const nothing = (() => ({ route: () => undefined })) as unknown as MakeBalancer;
    expect(failing(nothing).failure?.message).toBe('undefined is not one of the servers a, b');
  });

  it('ends the run when it cannot even be made, or throws on the way back', () => {
    const unmade = failing(() => {
      throw new Error('not yet');
    });
    expect(unmade.failure).toMatchObject({ atUs: 0, message: 'not yet' });
    expect(unmade.requests.arrivedUs).toHaveLength(0);
    const late = failing((servers) => ({
      route: () => ({
        server: servers[0]!,
        ended: () => {
          throw new Error('late');
        },
      }),
    }));
    expect(late.failure?.message).toBe('late');
  });

  it('is told once per request that it has ended, and how', () => {
    const told: boolean[] = [];
    const trace = runWeb(
      planOf({ durationMs: 2_000 }),
      (servers) => ({ route: () => ({ server: servers[0]!, ended: (ok) => void told.push(ok) }) }),
      { seed: 2, commands: [{ atMs: 1_000, kind: 'kill', node: 'a' }] },
    );
    expect(told.filter(Boolean)).toHaveLength(outcomes(trace, 'ok'));
    expect(told.filter((ok) => !ok)).toHaveLength(outcomes(trace, 'lost') + outcomes(trace, 'refused'));
  });

  it('does not excuse a plan that names unknown servers', () => {
    const lost: Command = { atMs: 1, kind: 'kill', node: 'nobody' };
    expect(() => runWeb(planOf(), turns, { seed: 1, commands: [lost] })).toThrow('nobody');
  });
});
