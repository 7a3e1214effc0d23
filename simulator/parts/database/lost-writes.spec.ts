import { describe, expect, it } from 'vitest';
import { exponential } from '../../sample.ts';
import { stream } from '../../stream.ts';
import { lostWrites, mostAdvanced, TestCluster } from './test-cluster.ts';

const [A, C, B] = [0, 1, 2];

interface Failover {
  readonly fault: 'crash' | 'partition';
  readonly promoted: 'the first' | 'the most advanced';
  readonly newEpoch: boolean;
  readonly leaseMs?: number;
  readonly confirmations?: number;
  readonly batched?: boolean;
}

/**
 * 500,000 users of Sajin: 40 writes/s by four web servers. The fault comes at 10.13 s and is noticed after 3 s; one
 * web server keeps the old address until 18 s. C, first in the list, is 2 s behind. The network is whole from 19 s.
 */
function failOver({ fault, promoted, newEpoch, batched = true, ...plan }: Failover, seed: number) {
  const cluster = new TestCluster({ nodes: ['a', 'c', 'b'], shipEveryMs: 100, batched, seed, ...plan });
  const { log } = cluster;
  log.holdBack(C, 2000);
  let primary = A;
  let refused = 0;
  let split = 0;
  const write = (number: number): void => {
    const address = number % 4 === 3 && cluster.kernel.nowUs < 18_000_000 ? A : primary;
    const entry = log.write(address, number, number);
    if (!entry) refused++;
    else if (address !== primary && cluster.acknowledged.at(-1) === entry) split++;
  };
  const moments = stream(seed, 'writes');
  let number = 0;
  for (let ms = 25 * exponential(moments); ms < 22_000; ms += 25 * exponential(moments)) {
    const own = number++;
    cluster.at(ms, () => write(own));
  }
  cluster.at(10_130, () => (fault === 'crash' ? log.crash(A) : cluster.isolate(A)));
  cluster.at(13_130, () => {
    primary = promoted === 'the first' ? C : mostAdvanced(log, A);
    log.promote(primary, newEpoch ? 2 : 1);
  });
  cluster.at(19_000, () => cluster.isolate(A, false));
  cluster.run(26_000);
  return { lost: lostWrites(cluster.acknowledged, log, primary), split, refused, promoted: primary };
}

describe('who is promoted, and how, decides what a failover loses', () => {
  const seeds = Array.from({ length: 20 }, (_, index) => index + 1);
  const carelessly = { promoted: 'the first', newEpoch: false } as const;
  const byEpoch = { promoted: 'the most advanced', newEpoch: true } as const;
  const over = (plan: Failover, of: 'lost' | 'split' | 'refused') => seeds.map((seed) => failOver(plan, seed)[of]);

  it('in a crash: the first in the list loses its two seconds, the most advanced at most a batch', () => {
    for (const writes of over({ fault: 'crash', ...carelessly }, 'lost')) {
      expect(writes).toBeGreaterThan(50);
      expect(writes).toBeLessThan(120);
    }
    for (const writes of over({ fault: 'crash', ...byEpoch }, 'lost')) expect(writes).toBeLessThanOrEqual(6);
    expect(failOver({ fault: 'crash', ...byEpoch }, 1).promoted).toBe(B);
  });

  it('in a crash: shipping at once loses next to nothing, so batches or lag must be there for a loss to be seen', () => {
    const writes = over({ fault: 'crash', ...byEpoch, batched: false }, 'lost');
    expect(Math.max(...writes)).toBeLessThanOrEqual(1);
  });

  it('in a partition: the old primary goes on, and an epoch alone lets it', () => {
    for (const writes of over({ fault: 'partition', ...carelessly }, 'lost')) expect(writes).toBeGreaterThan(180);
    const plan = { fault: 'partition', ...byEpoch } as const;
    for (const writes of over(plan, 'lost')) expect(writes).toBeGreaterThan(110);
    for (const writes of over(plan, 'split')) expect(writes).toBeGreaterThan(20);
  });

  it('in a partition: a lease ends two primaries, and what was acknowledged within it is lost', () => {
    const plan = { fault: 'partition', ...byEpoch, leaseMs: 2000 } as const;
    for (const writes of over(plan, 'lost')) {
      expect(writes).toBeGreaterThan(40);
      expect(writes).toBeLessThan(115);
    }
    expect(Math.max(...over(plan, 'split'))).toBe(0);
    expect(Math.min(...over(plan, 'refused'))).toBeGreaterThan(50);
  });

  it('acknowledged by a replica, nothing is lost either way', () => {
    for (const fault of ['crash', 'partition'] as const) {
      const plan = { fault, ...byEpoch, confirmations: 1 };
      expect(Math.max(...over(plan, 'lost'), ...over(plan, 'split'))).toBe(0);
    }
  });
});
