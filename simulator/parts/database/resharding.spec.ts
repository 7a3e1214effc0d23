import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mix } from '../../hash.ts';
import { Kernel } from '../../kernel.ts';
import { VisitRecorder } from '../../recorder.ts';
import { drawKeyedTraffic } from '../../workload/keyed-traffic.ts';
import type { Move } from './resharding.ts';
import { movesBetween, Resharding } from './resharding.ts';
import type { ShardFunction } from './shards.ts';
import { Shards } from './shards.ts';

const modulo: ShardFunction = (key, shards) => key % shards;
/** Rendezvous hashing (Thaler and Ravishankar, 1998): the shard with the highest hash of key and shard. */
const rendezvous: ShardFunction = (key, shards) => {
  const weights = Array.from({ length: shards }, (_, shard) => mix(mix(key) ^ Math.imul(shard + 1, 0x9e3779b1)));
  return weights.indexOf(Math.max(...weights));
};

const KEYS = Array.from({ length: 3600 }, (_, key) => key);
const move = (shards: readonly [number, number], of: ShardFunction): Move[] =>
  movesBetween(
    KEYS,
    (key) => of(key, shards[0]),
    (key) => of(key, shards[1]),
  );

describe('resharding', () => {
  it('by modulo moves n of n + 1 keys, by rendezvous hashing only what the new shard takes', () => {
    expect(move([4, 5], modulo).length / KEYS.length).toBeCloseTo(0.8, 10);
    expect(move([9, 10], modulo).length / KEYS.length).toBeCloseTo(0.9, 10);
    const moves = move([4, 5], rendezvous);
    expect(Math.abs(moves.length / KEYS.length - 0.2)).toBeLessThan(5 * Math.sqrt((0.2 * 0.8) / KEYS.length));
    expect(moves.every(({ to }) => to === 4)).toBe(true);
  });

  it.each([1, 4, 7])('takes as long as %i streams need for reading and writing each row', (streams) => {
    const kernel = new Kernel();
    const moves = move([4, 5], rendezvous);
    let doneUs = 0;
    const resharding = new Resharding(moves, streams, {
      copy: (stream) => kernel.after(4000, 0, stream),
      done: () => {
        doneUs = kernel.nowUs;
      },
    });
    resharding.start();
    kernel.run(1e12, (_, stream) => resharding.copied(stream) as undefined);
    expect(doneUs).toBe(Math.ceil(moves.length / streams) * 8000);
  });

  it('leaves each key at exactly one shard at every moment: the old one until its copy is written', () => {
    const pattern = fc.array(fc.tuple(fc.nat(4), fc.nat(4)), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(pattern, fc.integer({ min: 1, max: 5 }), fc.infiniteStream(fc.nat(9)), (places, streams, delays) => {
        const before = (key: number): number => places[key]![0];
        const after = (key: number): number => places[key]![1];
        const moves = movesBetween(places.keys(), before, after);
        const kernel = new Kernel();
        const written = new Set<number>();
        const reads: number[] = [];
        let done = 0;
        const asked = new Map<number, [Move, number]>();
        const resharding = new Resharding(moves, streams, {
          copy: (stream, shard, what) => {
            expect(shard).toBe(asked.get(stream)?.[0] === what ? what.to : what.from);
            if (shard === what.from) reads.push(what.key);
            asked.set(stream, [what, shard]);
            kernel.after(1 + delays.next().value, 0, stream);
          },
          done: () => done++,
        });
        resharding.start();
        kernel.run(1e9, (_, stream) => {
          const [what, shard] = asked.get(stream)!;
          if (shard === what.to) written.add(what.key);
          resharding.copied(stream);
          for (const { key } of moves) expect(resharding.owner(key)).toBe(written.has(key) ? after(key) : before(key));
          expect(resharding.left).toBe(moves.length - written.size);
          return undefined;
        });
        expect(reads.sort()).toEqual(moves.map(({ key }) => key).sort());
        expect([done, resharding.left]).toEqual([1, 0]);
        places.forEach(([from, to], key) => {
          expect(resharding.owner(key)).toBe(from === to ? undefined : to);
        });
      }),
      { numRuns: 200 },
    );
  });

  it('refuses a key that moves twice or nowhere, and no streams', () => {
    const events = { copy: () => {} };
    const twice = [
      { key: 1, from: 0, to: 1 },
      { key: 1, from: 1, to: 2 },
    ];
    expect(() => new Resharding(twice, 1, events)).toThrow(/twice/);
    expect(() => new Resharding([{ key: 1, from: 1, to: 1 }], 1, events)).toThrow(/nowhere/);
    expect(() => new Resharding([], 0, events)).toThrow(/streams/);
  });
});

/**
 * Four shards of two cores that are read and move rows to a fifth: 4 ms at the old shard, 4 ms at the new one, in four
 * streams. Tells how long that takes, s, and how long it would if nobody read.
 */
function moveInUse(of: ShardFunction, utilisation: number, seed: number) {
  const kernel = new Kernel();
  const visits = new VisitRecorder(1024);
  const keys = { kind: 'uniform', count: KEYS.length } as const;
  const cost = { kind: 'exponential', meanMs: 8 } as const;
  const perSecond = (utilisation * 4 * 2 * 1000) / 8;
  const traffic = drawKeyedTraffic([{ name: 'reads', perSecond, keys, cost }], seed, 30_000_000);
  const streamOf = new Map<number, number>();
  let copies = traffic.count;
  let doneUs = Number.POSITIVE_INFINITY;
  const plans = [0, 1, 2, 3, 4].map((shard) => ({ id: `shard ${shard}`, cores: 2 }));
  const shards = new Shards(kernel, visits, plans, {
    finish: 1,
    base: 0,
    node: 0,
    costUs: (visit) => traffic.costUs[visits.request[visit]!] ?? 4000,
    over: (request) => {
      if (request >= traffic.count) resharding.copied(streamOf.get(request)!);
    },
  });
  const moves = move([4, 5], of);
  const resharding = new Resharding(moves, 4, {
    copy: (stream, shard) => {
      streamOf.set(copies, stream);
      shards.send(copies++, [shard]);
    },
    done: () => {
      doneUs = kernel.nowUs;
    },
  });
  kernel.at(traffic.arrivedUs[0]!, 0, 0);
  kernel.at(5_000_000, 2);
  kernel.run(30_000_000, (kind, a, b) => {
    if (kind === 1) shards.finish(a, b);
    else if (kind === 2) resharding.start();
    else {
      if (a + 1 < traffic.count) kernel.at(traffic.arrivedUs[a + 1]!, 0, a + 1);
      const key = traffic.key[a]!;
      const shard = resharding.owner(key) ?? of(key, 5);
      shards.send(a, [shard]);
    }
    return doneUs === Number.POSITIVE_INFINITY ? undefined : false;
  });
  return { seconds: (doneUs - 5_000_000) / 1e6, idleSeconds: (Math.ceil(moves.length / 4) * 8) / 1000 };
}

describe('resharding in use', () => {
  it('waits in the shards’ own queues, and takes by modulo several times as long as by rendezvous hashing', () => {
    for (const seed of [1, 2]) {
      const [byModulo, byRendezvous] = [moveInUse(modulo, 0.7, seed), moveInUse(rendezvous, 0.7, seed)];
      expect(byModulo.seconds).toBeGreaterThan(1.5 * byModulo.idleSeconds);
      expect(byRendezvous.seconds).toBeGreaterThan(1.2 * byRendezvous.idleSeconds);
      expect(byModulo.seconds / byRendezvous.seconds).toBeGreaterThan(3);
    }
  });
});
