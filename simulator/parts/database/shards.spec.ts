import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mix } from '../../hash.ts';
import { Kernel } from '../../kernel.ts';
import { OUTCOME, VisitRecorder } from '../../recorder.ts';
import { drawKeyedTraffic } from '../../workload/keyed-traffic.ts';
import type { Keys } from '../../workload/keys.ts';
import type { ShardFunction } from './shards.ts';
import { SHARD_EVENTS, Shards, shardFor } from './shards.ts';

const modulo: ShardFunction = (key, shards) => key % shards;

const ARRIVE = 0;
const FINISH = 1;
const BASE = 2 * SHARD_EVENTS;

interface Plan {
  readonly shards: number;
  readonly keys: Keys;
  readonly perSecond: number;
  readonly seconds: number;
  readonly seed?: number;
  readonly queueLimit?: number;
  /** Which shards a request of this key goes to. */
  readonly route: (key: number, request: number) => readonly number[];
}

/** Keyed reads (8 ms) on shards of two cores. Things may happen to the shards at given moments. */
function runShards(
  plan: Plan,
  acts: readonly { readonly atUs: number; readonly act: (shards: Shards) => void }[] = [],
) {
  const kernel = new Kernel();
  const visits = new VisitRecorder(1024);
  const source = { name: 'reads', perSecond: plan.perSecond, keys: plan.keys };
  const cost = { kind: 'exponential', meanMs: 8 } as const;
  const traffic = drawKeyedTraffic([{ ...source, cost }], plan.seed ?? 1, plan.seconds * 1_000_000);
  const over: { request: number; outcome: number; atUs: number }[] = [];
  const shards = new Shards(
    kernel,
    visits,
    Array.from({ length: plan.shards }, (_, shard) => ({
      id: `shard ${shard}`,
      cores: 2,
      queueLimit: plan.queueLimit,
    })),
    {
      finish: FINISH,
      base: BASE,
      node: 1,
      costUs: (visit) => traffic.costUs[visits.request[visit]!]!,
      over: (request, outcome) => over.push({ request, outcome, atUs: kernel.nowUs }),
    },
  );
  const ACT = 2;
  acts.forEach(({ atUs }, index) => {
    kernel.at(atUs, ACT, index);
  });
  if (traffic.count > 0) kernel.at(traffic.arrivedUs[0]!, ARRIVE, 0);
  kernel.run(1e12, (kind, a, b) => {
    if (kind === FINISH) shards.finish(a - BASE, b);
    else if (kind === ACT) acts[a]!.act(shards);
    else {
      if (a + 1 < traffic.count) kernel.at(traffic.arrivedUs[a + 1]!, ARRIVE, a + 1);
      shards.send(a, plan.route(traffic.key[a]!, a));
    }
    return undefined;
  });
  const { node, outcome, request } = visits.columns();
  const perShard = Array.from({ length: plan.shards }, (_, shard) => node.filter((each) => each === shard + 1).length);
  return { traffic, over, open: shards.open, perShard, visits: { node, outcome, request } };
}

const hottestOverMean = (perShard: readonly number[]): number =>
  (Math.max(...perShard) * perShard.length) / perShard.reduce((sum, count) => sum + count, 0);

describe('a celebrity', () => {
  it.each([
    [4, 0.4, 2.2],
    [4, 0.2, 1.6],
    [16, 0.1, 2.5],
  ])(
    'among %i shards with %f of all reads makes the hottest shard 1 + (n − 1) c = %f times the mean',
    (n, share, ratio) => {
      const keys = { kind: 'celebrity', count: 100_000, share } as const;
      const plan = { shards: n, keys, perSecond: 400, seconds: 100, route: (key: number) => [modulo(key, n)] };
      for (const seed of [1, 2])
        expect(Math.abs(hottestOverMean(runShards({ ...plan, seed }).perShard) - ratio)).toBeLessThan(0.05);
    },
  );

  it('on several copies burdens them equally', () => {
    const keys = { kind: 'celebrity', count: 100_000, share: 0.4 } as const;
    const copies = (key: number, request: number) => [key === 0 ? mix(request) % 4 : modulo(key, 4)];
    const { perShard } = runShards({ shards: 4, keys, perSecond: 400, seconds: 100, route: copies });
    expect(hottestOverMean(perShard)).toBeLessThan(1.05);
  });

  it('makes its shard queue and leaves the others alone', () => {
    const keys = { kind: 'celebrity', count: 100_000, share: 0.4 } as const;
    const { traffic, over } = runShards({ shards: 4, keys, perSecond: 600, seconds: 20, route: (key) => [key % 4] });
    const slowest = (hot: boolean): number =>
      Math.max(
        ...over.map(({ request, atUs }) =>
          (traffic.key[request]! % 4 === 0) === hot ? atUs - traffic.arrivedUs[request]! : 0,
        ),
      );
    expect(slowest(true) / 1000).toBeGreaterThan(2000);
    expect(slowest(false) / 1000).toBeLessThan(300);
  });
});

describe('the books of shards', () => {
  const deed = fc.record({
    atUs: fc.nat(2_000_000),
    shard: fc.nat(3),
    what: fc.constantFrom('kill', 'revive', 'pause', 'hang'),
  });

  it('hold every request once at exactly the shards that it was sent to, and end it once', () => {
    fc.assert(
      fc.property(
        fc.array(deed, { maxLength: 6 }),
        fc.nat(1000),
        fc.integer({ min: 1, max: 4 }),
        (deeds, seed, width) => {
          const acts = deeds.map(({ atUs, shard, what }) => ({
            atUs,
            act: ({ servers }: Shards) => servers[shard]![what as 'kill'](),
          }));
          const route = (key: number): number[] => Array.from({ length: width }, (_, copy) => (key + copy) % 4);
          const plan = {
            shards: 4,
            keys: { kind: 'uniform', count: 50 },
            perSecond: 400,
            seconds: 2,
            seed,
            route,
          } as const;
          const { traffic, over, open, perShard, visits } = runShards(plan, acts);
          const total = perShard.reduce((sum, count) => sum + count, 0);
          expect(total).toBe(width * traffic.count);
          const places = new Set(visits.node.map((node, visit) => visits.request[visit]! * 4 + node - 1));
          expect(places.size).toBe(total);
          const meant = (place: number): boolean => route(traffic.key[Math.floor(place / 4)]!).includes(place % 4);
          expect([...places].every(meant)).toBe(true);
          expect(new Set(over.map(({ request }) => request)).size).toBe(over.length);
          expect(over.length + open).toBe(traffic.count);
          const failed = new Set(visits.request.filter((_, visit) => visits.outcome[visit]! > OUTCOME.ok));
          expect(over.every(({ request, outcome }) => outcome > OUTCOME.ok === failed.has(request))).toBe(true);
          const pending = new Set(visits.request.filter((_, visit) => visits.outcome[visit] === OUTCOME.pending));
          expect(pending.size).toBe(open);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('end a request when the last of its shards answers', () => {
    const plan = {
      shards: 2,
      keys: { kind: 'uniform', count: 9 },
      perSecond: 100,
      seconds: 1,
      route: () => [0, 1],
    } as const;
    const { over } = runShards(plan, [
      { atUs: 0, act: ({ servers }) => servers[1]!.pause() },
      { atUs: 5_000_000, act: ({ servers }) => servers[1]!.revive() },
    ]);
    expect(Math.min(...over.map(({ atUs }) => atUs))).toBeGreaterThan(5_000_000);
  });

  it('refuse shards that do not exist, none, one twice, and functions that name none', () => {
    for (const route of [[], [2], [-1], [0, 0], [0.5]]) {
      const plan = {
        shards: 2,
        keys: { kind: 'uniform', count: 9 },
        perSecond: 100,
        seconds: 1,
        route: () => route,
      } as const;
      expect(() => runShards(plan)).toThrow(/shards: /);
    }
    expect(shardFor(modulo, 7, 4)).toBe(3);
    for (const wrong of [-3, 4, 0.5, Number.NaN]) expect(() => shardFor(() => wrong, 7, 4)).toThrow(/key 7/);
  });
});
