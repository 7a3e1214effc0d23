import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lostWrites, mostAdvanced, TestCluster } from './test-cluster.ts';

describe('a primary of an old epoch', () => {
  const deposed = (): TestCluster => {
    const cluster = new TestCluster({ nodes: ['a', 'b', 'c'], oneWayMs: 5, shipEveryMs: 50 });
    const { log } = cluster;
    cluster.at(100, () => log.write(0, 1, 1));
    cluster.at(150, () => cluster.isolate(0));
    cluster.at(160, () => log.promote(1, 2));
    for (const write of [2, 3]) cluster.at(170, () => log.write(0, 1, write));
    cluster.at(180, () => log.write(1, 1, 4));
    return cluster;
  };

  it('goes on while it hears of no newer one: an epoch alone does not stop two primaries', () => {
    const cluster = deposed();
    cluster.run(1000);
    expect(cluster.log.nodes.map(({ role }) => role)).toEqual(['primary', 'primary', 'replica']);
    expect(cluster.log.nodes.map((node) => node.row(1)?.write)).toEqual([3, 4, 4]);
  });

  it('is refused by whoever has seen a newer one, steps down, and drops what it alone had', () => {
    const cluster = deposed();
    cluster.at(1011, () => cluster.isolate(0, false));
    cluster.at(1059.9, () => expect(cluster.log.nodes[0]!.role).toBe('primary'));
    cluster.at(1060.1, () => expect(cluster.log.nodes[0]!.role).toBe('replica'));
    cluster.at(1060.1, () => expect(cluster.log.write(0, 1, 5)).toBeUndefined());
    cluster.run(1200);
    const [old] = cluster.log.nodes;
    expect([old!.row(1)?.write, old!.discarded, old!.log.last]).toEqual([4, 2, cluster.log.nodes[1]!.log.last]);
  });

  it('comes back from a crash as a primary, and acknowledges nothing that needs a replica', () => {
    const cluster = new TestCluster({ nodes: ['a', 'b', 'c'], confirmations: 1, oneWayMs: 5 });
    const { log } = cluster;
    cluster.at(100, () => log.write(0, 1, 1));
    cluster.at(103, () => log.crash(0));
    cluster.at(110, () => {
      log.fence(2, 2);
      log.promote(1, 2);
    });
    cluster.at(120, () => {
      log.revive(0);
      expect(log.write(0, 1, 2)).toBeDefined();
      expect(log.nodes[0]!.row(1)).toBeUndefined();
    });
    cluster.run(1000);
    expect(cluster.acknowledged).toEqual([]);
    expect(log.nodes.map((node) => node.row(1)?.write)).toEqual([1, 1, 1]);
  });

  it('is deposed by no promotion that reuses its epoch', () => {
    const cluster = new TestCluster({ nodes: ['a', 'b', 'c'] });
    const { log } = cluster;
    cluster.at(50, () => log.promote(1, 1));
    for (const write of [1, 2, 3]) cluster.at(100, () => expect(log.write(0, 1, write)?.position).toBe(write));
    cluster.at(200, () => expect(log.write(1, 1, 4)?.position).toBe(1));
    cluster.run(1000);
    expect(log.nodes.map((node) => node.log.after(0).map(({ write }) => write))).toEqual([[1, 2, 3], [4], [1, 2, 3]]);
  });

  it('sends nothing more when it has stepped down, whatever it is answered', () => {
    const cluster = new TestCluster({ nodes: ['a', 'b'], oneWayMs: 10 });
    const { log } = cluster;
    cluster.at(101, () => cluster.link(0, 1).cut());
    cluster.at(102, () => log.write(0, 1, 1));
    cluster.at(103, () => cluster.link(0, 1).heal());
    cluster.at(104, () => log.write(0, 1, 2));
    cluster.at(115, () => log.fence(0, 2));
    cluster.run(1000);
    expect(log.nodes.map((node) => [node.log.length, node.epoch])).toEqual([
      [2, 2],
      [0, 1],
    ]);
  });
});

describe('a promoted replica', () => {
  it('writes when it has applied all that it received, a stuck one too', () => {
    const cluster = new TestCluster({ nodes: ['a', 'b'], applyMs: 10 });
    const { log } = cluster;
    cluster.at(0, () => log.nodes[1]!.stopApplying());
    for (let write = 0; write < 5; write++) cluster.at(10, () => log.write(0, write, write));
    cluster.at(100, () => {
      log.crash(0);
      log.promote(1, 2);
    });
    cluster.at(149.9, () => expect(log.write(1, 9, 9)).toBeUndefined());
    cluster.at(150.1, () => expect(log.write(1, 9, 9)).toMatchObject({ epoch: 2, position: 6 }));
    cluster.run(1000);
  });

  it('has only the epochs in its past whose entries it has, and the others drop what it never received', () => {
    const cluster = new TestCluster({ nodes: ['a', 'b', 'c'], oneWayMs: 1, shipEveryMs: 50 });
    const { log } = cluster;
    cluster.isolate(2);
    for (let write = 0; write < 10; write++) cluster.at(10, () => log.write(0, write, write));
    cluster.at(30, () => log.crash(0));
    cluster.at(35, () => log.promote(1, 2));
    for (let write = 10; write < 15; write++) cluster.at(60, () => log.write(1, write, write));
    cluster.at(80, () => cluster.link(1, 2).heal());
    cluster.at(100, () => expect([log.nodes[2]!.epoch, log.nodes[2]!.log.length]).toEqual([2, 0]));
    cluster.at(101, () => {
      cluster.isolate(2, false);
      log.promote(2, 3);
      log.write(2, 0, 99);
      log.revive(0);
    });
    cluster.run(1000);
    for (const { log: each } of log.nodes) expect(each.after(0).map(({ write }) => write)).toEqual([99]);
    expect(log.nodes.map(({ discarded }) => discarded)).toEqual([10, 15, 0]);
  });
});

describe('a lease', () => {
  it('is over when the last message that a replica confirmed was sent that long ago', () => {
    const cluster = new TestCluster({ nodes: ['a', 'b', 'c'], leaseMs: 200, shipEveryMs: 100, oneWayMs: 1 });
    const accepted: boolean[] = [];
    const attempt = (): number => accepted.push(cluster.log.write(0, 1, 1) !== undefined);
    cluster.at(250, () => cluster.isolate(0));
    for (const ms of [399.999, 400, 450]) cluster.at(ms, attempt);
    cluster.at(460, () => cluster.isolate(0, false));
    cluster.at(502.1, attempt);
    cluster.run(600);
    expect(accepted).toEqual([true, false, false, true]);
  });
});

describe('semi-synchronous replication', () => {
  it('acknowledges and shows a write when a replica has it, applied or not', () => {
    const cluster = new TestCluster({ nodes: ['a', 'b'], confirmations: 1, oneWayMs: 5 });
    const [primary, replica] = cluster.log.nodes;
    replica!.stopApplying();
    cluster.at(10, () => cluster.log.write(0, 1, 1));
    cluster.at(19.9, () => expect([primary!.row(1), cluster.acknowledged.length]).toEqual([undefined, 0]));
    cluster.at(20.1, () => expect([primary!.row(1)?.write, cluster.acknowledged.length]).toEqual([1, 1]));
    cluster.run(30);
    expect(replica!.row(1)).toBeUndefined();
  });

  it.each([
    [1, 110],
    [2, 150],
  ])('waits for as many replicas as it is told, the fastest: %i', (confirmations, expectedMs) => {
    const cluster = new TestCluster({ nodes: ['a', 'slow', 'fast'], confirmations, oneWayMs: 5 });
    const acknowledgedMs: number[] = [];
    cluster.link(0, 1).lag(40);
    cluster.at(100, () => cluster.log.write(0, 1, 1));
    cluster.run(300, () => {
      if (cluster.acknowledged.length > acknowledgedMs.length) acknowledgedMs.push(cluster.kernel.nowUs / 1000);
    });
    expect(acknowledgedMs).toEqual([expectedMs]);
  });

  it('shows what a restarted primary had not yet acknowledged, but acknowledges it to nobody', () => {
    const cluster = new TestCluster({ nodes: ['a', 'b'], confirmations: 1, oneWayMs: 5 });
    cluster.at(10, () => cluster.log.write(0, 1, 1));
    cluster.at(12, () => cluster.log.crash(0));
    cluster.at(50, () => cluster.log.revive(0));
    cluster.at(51, () => cluster.log.write(0, 2, 2));
    cluster.run(100);
    expect(cluster.log.nodes[0]!.row(1)?.write).toBe(1);
    expect(cluster.acknowledged.map(({ write }) => write)).toEqual([2]);
  });

  it('loses nothing acknowledged when the primary crashes alone and the most advanced replica takes over', () => {
    const round = fc.record({
      gapsMs: fc.array(fc.nat(12), { minLength: 1, maxLength: 30, size: 'max' }),
      detectionMs: fc.nat(40),
      restMs: fc.integer({ min: 1, max: 60 }),
    });
    fc.assert(
      fc.property(
        fc.array(round, { minLength: 1, maxLength: 5 }),
        fc.constantFrom(0, 0.3),
        fc.array(fc.nat(40), { minLength: 3, maxLength: 3 }),
        fc.boolean(),
        (rounds, loss, lags, batched) => {
          const cluster = new TestCluster({
            nodes: ['a', 'b', 'c'],
            confirmations: 1,
            shipEveryMs: 15,
            oneWayMs: 2,
            loss,
            batched,
          });
          const { log } = cluster;
          let primary = 0;
          let epoch = 1;
          let ms = 0;
          lags.forEach((lagMs, from) => {
            cluster.link(from, (from + 1) % 3).lag(lagMs);
          });
          for (const { gapsMs, detectionMs, restMs } of rounds) {
            for (const gapMs of gapsMs) {
              ms += gapMs;
              cluster.at(ms, () => log.write(primary, 1, ms));
            }
            cluster.at(ms, () => log.crash(primary));
            ms += detectionMs;
            cluster.at(ms, () => {
              const failed = primary;
              epoch++;
              primary = mostAdvanced(log, failed);
              for (const node of [0, 1, 2]) log.fence(node, epoch);
              log.promote(primary, epoch);
              expect(lostWrites(cluster.acknowledged, log, primary)).toBe(0);
              cluster.at(cluster.kernel.nowUs / 1000 + restMs / 2, () => log.revive(failed));
            });
            ms += restMs;
          }
          cluster.run(ms + 500);
          expect(lostWrites(cluster.acknowledged, log, primary)).toBe(0);
        },
      ),
      { numRuns: 200 },
    );
  });
});
