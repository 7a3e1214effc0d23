import { describe, expect, it } from 'vitest';
import { Kernel } from '../../kernel.ts';
import { exponential } from '../../sample.ts';
import { stream } from '../../stream.ts';
import { Link } from '../network/link.ts';
import { LOG_EVENTS, ReplicatedLog } from './replicated-log.ts';
import { TestCluster } from './test-cluster.ts';

const ABC = { nodes: ['a', 'b', 'c'] };
const positions = (cluster: TestCluster): number[] => cluster.log.nodes.map(({ log }) => log.length);
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Writes that come as a Poisson process. */
function poissonWrites(cluster: TestCluster, perSecond: number, untilMs: number): void {
  const gaps = stream(7, 'writes');
  let write = 0;
  for (let ms = 0; ; write++) {
    ms += (1000 / perSecond) * exponential(gaps);
    if (ms >= untilMs) return;
    const number = write;
    cluster.at(ms, () => cluster.log.write(0, number, number));
  }
}

describe('a replicated log', () => {
  it('shows a write on the primary at once, and on a replica when it has travelled and been applied', () => {
    const cluster = new TestCluster({ ...ABC, oneWayMs: 10, applyMs: 4 });
    const [primary, replica] = cluster.log.nodes;
    const seen: (number | undefined)[] = [];
    cluster.at(100, () => {
      cluster.log.write(0, 5, 77);
      seen.push(primary!.row(5)?.write, replica!.row(5)?.write);
    });
    cluster.at(113.999, () => seen.push(replica!.row(5)?.write));
    cluster.at(114.001, () => seen.push(replica!.row(5)?.write, replica!.row(6)?.write));
    cluster.run(200);
    expect(seen).toEqual([77, undefined, undefined, 77, undefined]);
  });

  it('applies one entry after the other, in order', () => {
    const cluster = new TestCluster({ ...ABC, oneWayMs: 1, applyMs: 16 });
    for (const write of [1, 2, 3]) cluster.at(0, () => cluster.log.write(0, 1, write));
    const shown: (number | undefined)[] = [];
    cluster.run(100, () => {
      const write = cluster.log.nodes[1]!.row(1)?.write;
      if (write !== shown.at(-1)) shown.push(write);
    });
    expect(shown).toEqual([1, 2, 3]);
    expect(cluster.lagsUs[1]).toEqual([17_000, 33_000, 49_000]);
  });

  it('sends a lost entry again, and nothing behind it is taken before', () => {
    const cluster = new TestCluster({ ...ABC, shipEveryMs: 50 });
    cluster.at(110, () => cluster.link(0, 1).cut());
    cluster.at(111, () => cluster.log.write(0, 1, 1));
    cluster.at(112, () => cluster.link(0, 1).heal());
    cluster.at(120, () => expect(positions(cluster)).toEqual([1, 0, 1]));
    cluster.at(120, () => cluster.log.write(0, 1, 2));
    cluster.at(120.3, () => expect(positions(cluster)).toEqual([2, 0, 2]));
    cluster.at(121, () => expect(positions(cluster)).toEqual([2, 2, 2]));
    cluster.at(125, () => cluster.link(0, 1).cut());
    cluster.at(126, () => cluster.log.write(0, 1, 3));
    cluster.at(127, () => cluster.link(0, 1).heal());
    cluster.at(149, () => expect(positions(cluster)).toEqual([3, 2, 3]));
    cluster.at(151, () => expect(positions(cluster)).toEqual([3, 3, 3]));
    cluster.run(200);
  });

  it('in batches, ships at fixed moments only', () => {
    const cluster = new TestCluster({ ...ABC, shipEveryMs: 100, batched: true, oneWayMs: 1, applyMs: 0 });
    for (const ms of [110, 150, 190]) cluster.at(ms, () => cluster.log.write(0, ms, ms));
    cluster.at(200.5, () => expect(positions(cluster)).toEqual([3, 0, 0]));
    cluster.run(300);
    expect(cluster.lagsUs[1]).toEqual([91_000, 51_000, 11_000]);
  });

  it('keeps what a stuck replica receives, and catches up when the apply thread goes on', () => {
    const cluster = new TestCluster({ ...ABC, oneWayMs: 1, applyMs: 2 });
    const replica = cluster.log.nodes[1]!;
    cluster.at(0, () => replica.stopApplying());
    for (let write = 1; write <= 10; write++) cluster.at(10 * write, () => cluster.log.write(0, 1, write));
    cluster.at(150, () => {
      expect([replica.log.length, replica.applied.position]).toEqual([10, 0]);
      replica.resumeApplying();
    });
    cluster.at(170.5, () => expect(replica.applied.position).toBe(10));
    cluster.run(200);
  });

  it('says how far a replica is behind: the age of the oldest write that it does not show', () => {
    const cluster = new TestCluster({ ...ABC, oneWayMs: 1, applyMs: 4 });
    const lagsMs = (): number[] => [0, 1, 2].map((node) => cluster.log.lagUs(node, 0) / 1000);
    cluster.at(50, () => cluster.log.nodes[2]!.stopApplying());
    for (const ms of [100, 200]) cluster.at(ms, () => cluster.log.write(0, 1, ms));
    cluster.at(99, () => expect(lagsMs()).toEqual([0, 0, 0]));
    cluster.at(203, () => expect(lagsMs()).toEqual([0, 3, 103]));
    cluster.at(206, () => expect(lagsMs()).toEqual([0, 0, 106]));
    cluster.run(300);
  });

  it('resumes after a crash where it stood, and from nothing when the disk is lost too', () => {
    for (const disk of ['kept', 'lost'] as const) {
      const cluster = new TestCluster({ ...ABC, applyMs: 1 });
      for (let write = 0; write < 10; write++) cluster.at(write * 10, () => cluster.log.write(0, write, write));
      cluster.at(45, () => cluster.log.crash(1, disk));
      cluster.at(46, () => expect(positions(cluster)[1]).toBe(disk === 'kept' ? 5 : 0));
      cluster.at(120, () => cluster.log.revive(1));
      cluster.run(400);
      expect(positions(cluster)).toEqual([10, 10, 10]);
      expect(cluster.log.nodes[1]!.row(9)?.write).toBe(9);
    }
  });

  it('refuses writes on a replica and on a machine that is down', () => {
    const cluster = new TestCluster(ABC);
    expect(cluster.log.write(1, 0, 0)).toBeUndefined();
    cluster.log.crash(0);
    expect(cluster.log.write(0, 0, 0)).toBeUndefined();
  });

  it('refuses plans and promotions that make no sense', () => {
    expect(() => new TestCluster({ nodes: [] })).toThrow(/nodes/);
    expect(() => new TestCluster({ nodes: Array.from({ length: 16 }, (_, node) => `${node}`) })).toThrow(/nodes/);
    expect(() => new TestCluster({ ...ABC, confirmations: 3 })).toThrow(/confirmations/);
    expect(() => new TestCluster({ ...ABC, shipEveryMs: 0 })).toThrow(/shipEveryMs/);
    expect(() => new TestCluster({ nodes: ['a'], leaseMs: 100 })).toThrow(/leaseMs/);
    const cluster = new TestCluster(ABC);
    cluster.log.fence(1, 4);
    expect(() => cluster.log.promote(1, 3)).toThrow(/epoch: 3 is before 4/);
    cluster.log.crash(1);
    expect(() => cluster.log.promote(1, 5)).toThrow(/b is down/);
  });

  it('of fifteen machines keeps its events within the range that it says', () => {
    const last = LOG_EVENTS - 1;
    const kernel = new Kernel();
    const seen: number[] = [];
    const nodes = Array.from({ length: 15 }, (_, node) => `${node}`);
    const log = new ReplicatedLog(
      kernel,
      { nodes },
      {
        kind: 0,
        base: LOG_EVENTS,
        link: (from, to) => new Link({ oneWayMs: 1 }, stream(1, `${from} ${to}`)),
        apply: () => 1000,
        acknowledged: () => {},
      },
    );
    log.write(0, 1, 1);
    kernel.run(500_000, (_, a, b) => {
      seen.push(a - LOG_EVENTS);
      log.handle(a - LOG_EVENTS, b);
      return undefined;
    });
    expect(Math.min(...seen)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...seen)).toBeLessThanOrEqual(last);
    expect(log.nodes.every((node) => node.row(1)?.write === 1)).toBe(true);
  });
});

describe('replication lag against theory', () => {
  const RATE = 40;
  const SECONDS = 2000;

  it.each([0.3, 0.6, 0.8])('is travel, work and the wait of M/D/1 at utilisation %f', (utilisation) => {
    const applyMs = (1000 * utilisation) / RATE;
    const cluster = new TestCluster({ nodes: ['a', 'b'], oneWayMs: 17, applyMs });
    poissonWrites(cluster, RATE, SECONDS * 1000);
    cluster.run(SECONDS * 1000);
    const waitMs = (applyMs * utilisation) / (2 * (1 - utilisation));
    const expected = 17 + applyMs + waitMs;
    expect(Math.abs(mean(cluster.lagsUs[1]!) / 1000 - expected) / expected).toBeLessThan(0.03);
  });

  it('is travel and the sojourn of M/M/1 when the work per entry is exponential', () => {
    const draws = stream(3, 'apply');
    const cluster = new TestCluster({ nodes: ['a', 'b'], oneWayMs: 1, applyMs: () => 15 * exponential(draws) });
    poissonWrites(cluster, RATE, SECONDS * 1000);
    cluster.run(SECONDS * 1000);
    const expected = 1 + 15 / (1 - 0.6);
    expect(Math.abs(mean(cluster.lagsUs[1]!) / 1000 - expected) / expected).toBeLessThan(0.03);
  });

  it('grows by what comes less what is applied while more comes than one thread can apply', () => {
    const cluster = new TestCluster({ nodes: ['a', 'b'], applyMs: 16 });
    for (let write = 0; write < 480; write++) {
      cluster.at((write * 1000) / 96, () => cluster.log.write(0, write, write));
    }
    cluster.run(20_000);
    const longestMs = Math.max(...cluster.lagsUs[1]!) / 1000;
    expect(Math.abs(longestMs - (480 * 16 - 5000))).toBeLessThan(30);
  });
});
