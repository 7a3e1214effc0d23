import { describe, expect, it } from 'vitest';
import { Kernel } from '../../kernel.ts';
import { VisitRecorder } from '../../recorder.ts';
import type { Stream } from '../../stream.ts';
import { stream } from '../../stream.ts';
import { drawKeyedTraffic } from '../../workload/keyed-traffic.ts';
import { drawsOf } from '../../workload/keys.ts';
import { Server } from '../machines/server.ts';
import { Link } from '../network/link.ts';
import type { LogPosition } from './log.ts';
import { comparePositions } from './log.ts';
import type { LogNode } from './log-node.ts';
import { ReplicatedLog } from './replicated-log.ts';
import { TestCluster } from './test-cluster.ts';

const seeds = Array.from({ length: 20 }, (_, index) => index + 1);
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Where a user reads who has written up to `own`: a machine of the log, 0 is the primary. */
type ReadRoute = (nodes: readonly LogNode[], own: LogPosition, draws: Stream) => number;

const anyReplica: ReadRoute = (nodes, _, draws) => 1 + draws.below(nodes.length - 1);
const freshReplica: ReadRoute = (nodes, own, draws) => {
  const fresh = nodes.flatMap(({ applied }, node) => (node > 0 && comparePositions(applied, own) >= 0 ? node : []));
  return fresh.length > 0 ? fresh[draws.below(fresh.length)]! : 0;
};

interface PhotoPlan {
  readonly route: ReadRoute;
  readonly applyMs?: number;
  /** From the acknowledgement of an upload to its user's next look, ms. */
  readonly lookAfterMs?: number;
  /** This replica stops applying from 5 to 12 s. */
  readonly stuck?: number;
  /** Four times as many writes from 5 to 10 s. */
  readonly storm?: boolean;
}

/**
 * 300,000 users of Sajin: 24 writes/s by 5,000 active users, three replicas. Each looks for the own photo after the
 * upload. Tells the share of looks that start from `fromMs` until `untilMs` and do not find it, and that of those
 * which the primary answers.
 */
function photos(plan: PhotoPlan, seed: number, fromMs: number, untilMs: number) {
  const { route, applyMs = 4, lookAfterMs = 150, stuck, storm } = plan;
  const cluster = new TestCluster({ nodes: ['primary', 'r1', 'r2', 'r3'], applyMs, seed });
  const { nodes } = cluster.log;
  const spikes = storm ? [{ atUs: 5_000_000, forUs: 5_000_000, factor: 4 }] : [];
  const cost = { kind: 'constant', ms: 0 } as const;
  const keys = { kind: 'uniform', count: 5000 } as const;
  const uploads = drawKeyedTraffic([{ name: 'uploads', perSecond: 24, keys, cost }], seed, 20_000_000, spikes);
  const looks = { all: 0, stale: 0, atPrimary: 0 };
  const look = (upload: number, own: LogPosition): void => {
    const node = route(nodes, own, drawsOf(seed, 'route', upload));
    const seen = nodes[node]!.row(uploads.key[upload]!);
    looks.all++;
    if (!seen || comparePositions(seen, own) < 0) looks.stale++;
    if (node === 0) looks.atPrimary++;
  };
  uploads.arrivedUs.forEach((atUs, upload) => {
    const ms = atUs / 1000;
    cluster.at(ms, () => {
      const own = cluster.log.write(0, uploads.key[upload]!, upload)!;
      const lookMs = ms + lookAfterMs;
      if (lookMs >= fromMs && lookMs < untilMs) cluster.at(lookMs, () => look(upload, own));
    });
  });
  if (stuck !== undefined) {
    cluster.at(5000, () => nodes[stuck]!.stopApplying());
    cluster.at(12_000, () => nodes[stuck]!.resumeApplying());
  }
  cluster.run(25_000);
  return { stale: looks.stale / looks.all, atPrimary: looks.atPrimary / looks.all, longestLagMs: lag(cluster) };
}

function lag(cluster: TestCluster): number {
  return Math.max(...cluster.lagsUs.flat()) / 1000;
}

describe('whether users find the photo that they have just uploaded', () => {
  it('normally all do, on any replica', () => {
    for (const seed of seeds) {
      const { stale, longestLagMs } = photos({ route: anyReplica }, seed, 0, 20_000);
      expect(stale).toBe(0);
      expect(longestLagMs).toBeLessThan(60);
    }
  });

  it('with one replica of three stuck, one in three does not; waiting half a second helps nobody', () => {
    for (const lookAfterMs of [150, 650]) {
      const plan = { route: anyReplica, stuck: 2, lookAfterMs };
      const shares = seeds.map((seed) => photos(plan, seed, 5000 + lookAfterMs, 12_000).stale);
      expect(Math.abs(mean(shares) - 1 / 3)).toBeLessThan(0.03);
      expect(Math.min(...shares)).toBeGreaterThan(0.2);
      expect(Math.max(...shares)).toBeLessThan(0.47);
    }
  });

  it('with one stuck, a router that knows positions finds all of them and needs no primary', () => {
    for (const seed of seeds) {
      const { stale, atPrimary } = photos({ route: freshReplica, stuck: 2 }, seed, 0, 20_000);
      expect([stale, atPrimary]).toEqual([0, 0]);
    }
  });

  it('in a storm of writes that one thread cannot apply, nearly nobody does, and positions send reads to the primary', () => {
    for (const seed of seeds) {
      const naive = photos({ route: anyReplica, storm: true, applyMs: 16 }, seed, 6000, 12_000);
      expect(naive.stale).toBeGreaterThan(0.85);
      expect(naive.longestLagMs).toBeGreaterThan(1500);
      const knowing = photos({ route: freshReplica, storm: true, applyMs: 16 }, seed, 6000, 12_000);
      expect(knowing.stale).toBe(0);
      expect(knowing.atPrimary).toBeGreaterThan(0.85);
    }
  });
});

const LOG = 0;
const FINISH = 1;
const ARRIVE = 2;
const STRIDE = 256;

/**
 * Replicas of two cores that read (8 ms) and apply (4 ms, one entry at a time) on the same cores, and a primary that
 * only writes. Tells how busy the replicas' cores are, 0 … 1, and what they apply in a second.
 */
function busyReplicas(plan: { readsPerSecond: number; writesPerSecond: number; replicas: number }, seconds: number) {
  const kernel = new Kernel();
  const visits = new VisitRecorder(1024);
  const untilUs = seconds * 1_000_000;
  const keys = { kind: 'uniform', count: 5000 } as const;
  const cost = { kind: 'exponential', meanMs: 8 } as const;
  const traffic = drawKeyedTraffic(
    [
      { name: 'reads', perSecond: plan.readsPerSecond, keys, cost },
      { name: 'writes', perSecond: plan.writesPerSecond, keys, cost },
    ],
    1,
    untilUs,
  );
  /** The turn of the apply thread that a visit is, where it is none of a reader's. */
  const turns = new Map<number, number>();
  const servers = Array.from(
    { length: plan.replicas },
    (_, index) =>
      new Server(
        kernel,
        visits,
        { id: `r${index}`, cores: 2 },
        {
          finish: FINISH,
          base: index * STRIDE,
          costUs: (visit) => (turns.has(visit) ? 4000 : traffic.costUs[visits.request[visit]!]!),
          left: (visit) => {
            if (turns.has(visit)) log.applied(index + 1, turns.get(visit)!);
          },
        },
      ),
  );
  const log = new ReplicatedLog(
    kernel,
    { nodes: ['primary', ...servers.map(({ plan: { id } }) => id)] },
    {
      kind: LOG,
      base: 0,
      link: (from, to) => new Link({ oneWayMs: 0.25 }, stream(1, `${from} ${to}`)),
      apply: (node, entry, turn) => {
        const visit = visits.add(entry.write, node, kernel.nowUs);
        turns.set(visit, turn);
        servers[node - 1]!.enter(visit);
        return undefined;
      },
      acknowledged: () => {},
    },
  );
  const arrive = (request: number): void => {
    if (request + 1 < traffic.count) kernel.at(traffic.arrivedUs[request + 1]!, ARRIVE, request + 1);
    if (traffic.class[request] === 1) log.write(0, traffic.key[request]!, request);
    else servers[request % plan.replicas]!.enter(visits.add(request, 1 + (request % plan.replicas), kernel.nowUs));
  };
  kernel.at(traffic.arrivedUs[0]!, ARRIVE, 0);
  kernel.run(untilUs, (kind, a, b) => {
    if (kind === LOG) log.handle(a, b);
    else if (kind === FINISH) servers[Math.floor(a / STRIDE)]!.finish(a % STRIDE, b);
    else arrive(a);
    return undefined;
  });
  const { startedUs, leftUs } = visits.columns();
  const busyUs = leftUs.reduce((sum, left, visit) => (left < 0 ? sum : sum + left - startedUs[visit]!), 0);
  return {
    utilisation: busyUs / (2 * plan.replicas * untilUs),
    appliedPerSecond: mean(log.nodes.slice(1).map(({ applied }) => applied.position)) / seconds,
  };
}

describe('a replica that reads and applies on the same cores', () => {
  it.each([
    [300_000, 2],
    [300_000, 4],
    [1_000_000, 6],
  ])('of %i users among %i is as busy as its part of the reads and all writes make it', (users, replicas) => {
    const plan = { readsPerSecond: (0.92 * users) / 1000, writesPerSecond: (0.08 * users) / 1000, replicas };
    const { utilisation, appliedPerSecond } = busyReplicas(plan, 200);
    const expected = ((plan.readsPerSecond / replicas) * 0.008 + plan.writesPerSecond * 0.004) / 2;
    expect(Math.abs(utilisation - expected)).toBeLessThan(0.02);
    expect(Math.abs(appliedPerSecond / plan.writesPerSecond - 1)).toBeLessThan(0.05);
  });
});
