import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MakeBalancer } from '../parts/slots/balancer.ts';
import { isForNetwork } from '../parts/timeline.ts';
import { OUTCOME } from '../recorder.ts';
import type { Command } from '../scene.ts';
import type { Trace } from '../trace.ts';
import { NEVER, OUTCOMES } from '../trace.ts';
import type { Cost } from '../workload/cost.ts';
import { lognormal, pareto } from '../workload/heavy-tailed.ts';
import type { RateShape } from '../workload/rate-shape.ts';
import type { Arrivals } from '../workload/traffic.ts';
import type { WebPlan } from './web.ts';
import { runWeb } from './web.ts';

/**
 * Conservation: whatever the plan and the faults, nobody vanishes and nobody is counted twice. `web.spec.ts` checks the
 * figures of windows and the cores; here it is the traces themselves, at every moment at which anything happens.
 */

const DURATION_MS = 2_000;
const NAMES = ['a', 'b', 'c'] as const;

const shape: fc.Arbitrary<RateShape> = fc.oneof(
  fc.record({
    kind: fc.constant('wave' as const),
    swing: fc.constantFrom(0.3, 1),
    periodMs: fc.constantFrom(500, 3_000),
    peakAtMs: fc.nat(3_000),
  }),
  fc.record({
    kind: fc.constant('flash' as const),
    atMs: fc.integer({ min: -500, max: DURATION_MS }),
    upMs: fc.nat(300),
    forMs: fc.nat(500),
    downMs: fc.nat(300),
    factor: fc.constantFrom(1, 4),
  }),
);
const arrivals: fc.Arbitrary<Arrivals> = fc.oneof(
  fc.record({ kind: fc.constant('steady' as const), perSecond: fc.constantFrom(30, 120) }),
  fc.record({
    kind: fc.constant('poisson' as const),
    perSecond: fc.constantFrom(0, 30, 120),
    shape: fc.option(shape, { nil: undefined }),
  }),
  fc.record({
    kind: fc.constant('pages' as const),
    perSecond: fc.constantFrom(10, 30),
    shape: fc.option(shape, { nil: undefined }),
    parts: fc.constant(['page', 'other', 'other']),
    gapMs: fc.constantFrom(0, 5),
  }),
);
const cost: fc.Arbitrary<Cost> = fc.constantFrom<Cost>(
  { kind: 'constant', ms: 15 },
  { kind: 'exponential', meanMs: 20 },
  pareto(20),
  {
    kind: 'mixed',
    parts: [
      { share: 9, cost: lognormal(10) },
      { share: 1, cost: { kind: 'constant', ms: 150 } },
    ],
  },
);
const node = fc.constantFrom(...NAMES);
const atMs = fc.integer({ min: 0, max: 1000 * DURATION_MS }).map((us) => us / 1000);
const command: fc.Arbitrary<Command> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ atMs, kind: fc.constantFrom('kill', 'hang', 'pause', 'revive'), node }) },
  { weight: 1, arbitrary: fc.record({ atMs, kind: fc.constant('slow'), node, speed: fc.constantFrom(0.25, 1, 2) }) },
  { weight: 2, arbitrary: fc.record({ atMs, kind: fc.constantFrom('partition', 'heal'), node }) },
  { weight: 1, arbitrary: fc.record({ atMs, kind: fc.constant('lag'), node, ms: fc.constantFrom(1, 90) }) },
  { weight: 1, arbitrary: fc.record({ atMs, kind: fc.constant('lose'), node, share: fc.constantFrom(0.1, 1) }) },
  {
    weight: 1,
    arbitrary: fc.record({ atMs, kind: fc.constant('spike'), factor: fc.constantFrom(1, 3), forMs: fc.nat(800) }),
  },
) as fc.Arbitrary<Command>;

interface World {
  readonly plan: WebPlan;
  readonly seed: number;
  readonly commands: readonly Command[];
}

const world: fc.Arbitrary<World> = fc.record({
  seed: fc.nat(10_000),
  commands: fc.array(command, { maxLength: 8 }),
  plan: fc
    .record({
      cores: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: NAMES.length, maxLength: NAMES.length }),
      queueLimit: fc.constantFrom(undefined, 0, 4),
      linkMs: fc.constantFrom(0, 0.25, 12),
      timeoutMs: fc.constantFrom(undefined, 20, 200),
      healthCheck: fc.option(
        fc.record({
          firstMs: fc.constant(50),
          intervalMs: fc.constant(150),
          timeoutMs: fc.constantFrom(0, 80),
          misses: fc.integer({ min: 1, max: 2 }),
          hits: fc.integer({ min: 1, max: 2 }),
        }),
        { nil: undefined },
      ),
      arrivals,
      cost,
    })
    .map(({ cores, queueLimit, arrivals: when, cost: each, ...rest }) => ({
      ...rest,
      durationMs: DURATION_MS,
      servers: NAMES.map((id, index) => ({ id, cores: cores[index]!, queueLimit })),
      workload: {
        arrivals: when,
        classes: [
          { name: 'page', share: 2, cost: each, method: 'GET' as const },
          { name: 'other', share: 1, cost: { kind: 'constant' as const, ms: 5 }, method: 'POST' as const },
        ],
        clients: [{ share: 1, from: '198.18.0.0', addresses: 50 }],
      },
    })),
});

const turns: MakeBalancer = (servers) => {
  let turn = 0;
  return { route: () => ({ server: servers[turn++ % servers.length]! }) };
};

const always = (check: (trace: Trace, given: World) => void): void =>
  fc.assert(
    fc.property(world, (given) => check(runWeb(given.plan, turns, given), given)),
    { numRuns: 80 },
  );

const HEALTHY = { atUs: 0, speed: 1 };

/** What a column says at a moment: whether this had happened by then. */
const by = (atUs: number, moment: number): boolean => atUs !== NEVER && atUs <= moment;

describe('conservation in a balanced fleet', () => {
  it('every request is pending until it ends, once, in one way, within the run', () => {
    always(({ requests, durationUs }) => {
      const { arrivedUs, endedUs, outcome } = requests;
      const wrong = [...arrivedUs.keys()].filter((request) => {
        const ended = endedUs[request]!;
        const within = ended >= arrivedUs[request]! && ended < durationUs && outcome[request]! < OUTCOMES.length;
        return outcome[request] === OUTCOME.pending ? ended !== NEVER : !within;
      });
      expect(wrong).toEqual([]);
      expect(arrivedUs.every((atUs, request) => atUs < durationUs && atUs >= (arrivedUs[request - 1] ?? 0))).toBe(true);
    });
  });

  it('every request makes one visit, unless the balancer itself answers it, and ends as its visit did', () => {
    always(({ requests, visits, changes, durationUs }, { plan, commands }) => {
      const disturbed = new Set(
        commands.flatMap((each) => (each.kind !== 'spike' && isForNetwork(each) ? [each.node] : [])),
      );
      const linkUs = plan.linkMs * 1000;
      const timeoutUs = (plan.timeoutMs ?? Number.POSITIVE_INFINITY) * 1000;
      const visitOf = new Map<number, number>();
      visits.request.forEach((request, visit) => {
        expect(visitOf.has(request)).toBe(false);
        visitOf.set(request, visit);
      });
      requests.outcome.forEach((outcome, request) => {
        const endedUs = requests.endedUs[request]!;
        const visit = visitOf.get(request);
        expect(visit === undefined).toBe(outcome === OUTCOME.error);
        if (visit === undefined) {
          const ejected = changes.filter(({ atUs, state }) => state === 'ejected' && atUs <= endedUs);
          expect(new Set(ejected.map((change) => change.node)).size).toBe(plan.servers.length);
          return;
        }
        const left = visits.leftUs[visit]!;
        const lateUs = visits.sentUs[visit]! + timeoutUs;
        const answeredUs = left === NEVER ? Number.POSITIVE_INFINITY : left + linkUs;
        if (outcome !== OUTCOME.pending) expect(visits.outcome[visit]).toBe(outcome);
        if (disturbed.has(plan.servers[visits.node[visit]! - 1]!.id)) {
          // An answer may come late or never: what counts is that somebody who waits is not answered without one.
          if (outcome === OUTCOME.timeout) expect(endedUs).toBe(lateUs);
          else if (outcome === OUTCOME.pending) expect(lateUs).toBeGreaterThanOrEqual(durationUs);
          else if (outcome !== OUTCOME.refused) expect(endedUs).toBeGreaterThanOrEqual(answeredUs);
          return;
        }
        if (outcome === OUTCOME.timeout) expect([endedUs, answeredUs >= endedUs]).toEqual([lateUs, true]);
        else if (outcome === OUTCOME.pending) expect(Math.min(lateUs, answeredUs + 1_000) >= durationUs).toBe(true);
        else if (outcome !== OUTCOME.refused) expect(endedUs).toBe(answeredUs);
      });
    });
  });

  it('at every moment, who entered a server has left it or is inside, in the queue or on a core', () => {
    always(({ visits, nodes, changes }, { plan }) => {
      nodes.forEach(({ cores, kind }, of) => {
        const own = [...visits.node.keys()].filter((visit) => visits.node[visit] === of);
        if (kind !== 'server') expect(own).toEqual([]);
        const moments = new Set(own.flatMap((visit) => [visits.enteredUs[visit]!, visits.leftUs[visit]!]));
        const limit = plan.servers[of - 1]?.queueLimit ?? Number.POSITIVE_INFINITY;
        for (const moment of moments) {
          if (moment === NEVER) continue;
          const entered = own.filter((visit) => by(visits.enteredUs[visit]!, moment));
          const inside = entered.filter((visit) => !by(visits.leftUs[visit]!, moment));
          const onCores = inside.filter((visit) => by(visits.startedUs[visit]!, moment));
          expect(onCores.length).toBeLessThanOrEqual(cores);
          const state = changes.findLast(
            (change) => change.node === of && change.atUs <= moment && change.state !== 'ejected',
          );
          if (state?.state === 'down' && state.atUs < moment) expect(inside).toEqual([]);
          const stands = state?.state === 'hung' || state?.state === 'paused';
          if (!stands) expect(inside.length - onCores.length).toBeLessThanOrEqual(limit);
          if (!stands && inside.length > onCores.length) expect(onCores).toHaveLength(cores);
        }
      });
    });
  });

  it('nobody is served who did not enter, and nobody enters who was turned away', () => {
    always(({ visits }) => {
      visits.outcome.forEach((outcome, visit) => {
        const entered = visits.enteredUs[visit] !== NEVER;
        const started = visits.startedUs[visit] !== NEVER;
        if (outcome === OUTCOME.refused || outcome === OUTCOME.shed) expect(entered).toBe(false);
        if (outcome === OUTCOME.ok) expect(started && visits.leftUs[visit] !== NEVER).toBe(true);
        if (outcome === OUTCOME.lost) expect(entered).toBe(true);
        if (started) expect(entered).toBe(true);
      });
    });
  });

  it('work is done in full: who was served was on a core for the cost of his request, at the speed of each moment', () => {
    always(({ visits, requests, changes }, { plan }) => {
      const other = plan.workload.classes.findIndex(({ name }) => name === 'other');
      visits.outcome.forEach((outcome, visit) => {
        if (outcome !== OUTCOME.ok || requests.class[visits.request[visit]!] !== other) return;
        const own = changes.filter((change) => change.node === visits.node[visit] && change.state !== 'ejected');
        const workUs = [HEALTHY, ...own].reduce((sum, { atUs, speed }, index, all) => {
          const from = Math.max(visits.startedUs[visit]!, atUs);
          const until = Math.min(visits.leftUs[visit]!, all[index + 1]?.atUs ?? Number.POSITIVE_INFINITY);
          return sum + Math.max(0, until - from) * speed;
        }, 0);
        expect(Math.abs(workUs - 5_000)).toBeLessThanOrEqual(2);
      });
    });
  });
});
