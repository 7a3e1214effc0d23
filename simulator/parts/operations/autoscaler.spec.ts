import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Kernel } from '../../kernel.ts';
import { VisitRecorder } from '../../recorder.ts';
import { drawCostUs } from '../../workload/cost.ts';
import { drawsOf } from '../../workload/keys.ts';
import { Server } from '../machines/server.ts';
import { drawPhotos, QueueBench } from '../queue/queue-bench.ts';
import type { FleetView, MakePolicy, QueueMetrics, UtilisationMetrics } from './autoscaler.ts';
import { Autoscaler } from './autoscaler.ts';
import { Fleet } from './fleet.ts';
import { Scraper } from './scraper.ts';

function loopOf(answers: readonly number[], seen: FleetView[] = []) {
  const kernel = new Kernel();
  const nothing = (): void => {};
  const fleet: Fleet = new Fleet(
    kernel,
    { min: 2, max: 8, initial: 3, startUpMs: 25 },
    { kind: 0, ready: nothing, drain: (machine) => fleet.left(machine), crashed: nothing },
  );
  const policy: MakePolicy<object> = () => (view) => {
    seen.push(view);
    return answers[seen.length - 1] ?? view.wanted;
  };
  const scaler = new Autoscaler(kernel, fleet, { tickMs: 10 }, { kind: 1, observe: () => ({}), policy });
  const runUntil = (untilUs: number): void =>
    kernel.run(untilUs, (kind, a, b) => void (kind === 0 ? fleet.handle(a, b) : scaler.handle()));
  return { fleet, scaler, runUntil };
}

describe('a control loop', () => {
  it('keeps the fleet within its bounds and rounds up, whatever the policy wants', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -50, max: 50, noNaN: true }), { maxLength: 20 }), (answers) => {
        const { fleet, scaler, runUntil } = loopOf(answers);
        for (const [tick, answer] of answers.entries()) {
          runUntil(10_000 * (tick + 1) + 1);
          expect(fleet.wanted).toBe(Math.min(8, Math.max(2, Math.ceil(answer))));
          expect(fleet.count('up') + fleet.count('starting')).toBe(fleet.wanted);
        }
        for (const { from, to } of scaler.changes) expect(from).not.toBe(to);
      }),
    );
  });

  it('counts as a reversal every change against the direction of the one before', () => {
    const { scaler, runUntil } = loopOf([4, 4, 5, 3, 3, 2, 6, 99, 8, 7, 7, 6]);
    runUntil(1_000_000);
    expect(scaler.changes.map(({ from, to }) => to - from)).toEqual([1, 1, -2, -1, 4, 2, -1, -1]);
    expect(scaler.reversals).toBe(3);
  });

  it('shows its policy the fleet as it is: what starts, what was wanted, when that changed', () => {
    const seen: FleetView[] = [];
    loopOf([5, 5, 5, 5, 4], seen).runUntil(60_001);
    const view = (nowMs: number, up: number, starting: number, wanted: number, lastChangeMs?: number) => ({
      ...{ nowMs, up, starting, draining: 0, wanted, lastChangeMs },
    });
    expect(seen).toEqual([
      view(10, 3, 0, 3),
      view(20, 3, 2, 5, 10),
      view(30, 3, 2, 5, 10),
      view(40, 5, 0, 5, 10),
      view(50, 5, 0, 5, 10),
      view(60, 4, 0, 4, 50),
    ]);
  });

  it('takes infinitely many for as many as there are, and refuses what is no number', () => {
    const { fleet, runUntil } = loopOf([Number.POSITIVE_INFINITY]);
    runUntil(10_001);
    expect(fleet.wanted).toBe(8);
    expect(() => loopOf([Number.NaN]).runUntil(10_001)).toThrow('the policy wants NaN machines');
  });
});

describe('consumers under ten times the photos for a minute, on every one of these seeds', () => {
  const seeds = [1, 2, 3, 4, 5];
  /** Lesson 7's rule: what the rate needs at 75 % busy, and the backlog within a minute; back when empty for one. */
  const reference: MakePolicy<QueueMetrics> = () => (observation) => {
    const { arrivalsPerSecond = 0, ready, inFlight, emptySinceMs, nowMs, wanted } = observation;
    const forRate = (arrivalsPerSecond * 1.5) / 0.75;
    const needed = forRate + ((ready + inFlight) * 1.5) / 60;
    if (needed >= wanted) return needed;
    return emptySinceMs !== undefined && nowMs - emptySinceMs >= 60_000 ? forRate : wanted;
  };
  const oneSample: MakePolicy<QueueMetrics> =
    () =>
    ({ ready }) =>
      ready / 10;
  const perConsumer: MakePolicy<QueueMetrics> =
    () =>
    ({ ready, inFlight }) =>
      (ready + inFlight) / 20;

  const runs = new Map<string, ReturnType<typeof runSpike>>();
  function spike(seed: number, policy: MakePolicy<QueueMetrics>) {
    const name = `${seed} ${[reference, oneSample, perConsumer].indexOf(policy)}`;
    const run = runs.get(name) ?? runSpike(seed, policy);
    runs.set(name, run);
    return run;
  }

  function runSpike(seed: number, policy: MakePolicy<QueueMetrics>) {
    const phases = [
      { fromMs: 0, untilMs: 60_000, perSecond: 2 },
      { fromMs: 60_000, untilMs: 120_000, perSecond: 20 },
      { fromMs: 120_000, untilMs: 900_000, perSecond: 2 },
    ];
    const photos = drawPhotos(seed, phases, 1500, 4);
    const fleet = { min: 2, max: 40, initial: 4, startUpMs: 30_000 };
    const scaler = { tickMs: 10_000, windowMs: 30_000 };
    const bench = new QueueBench({ photos, broker: { visibilityMs: 60_000 }, fleet, scaler }, { policy });
    let mostReady = 0;
    let drainedMs: number | undefined;
    bench.run(900_000, () => {
      const { ready } = bench.broker.books;
      mostReady = Math.max(mostReady, ready);
      if (ready === 0 && bench.kernel.nowUs >= 120_000_000) drainedMs ??= bench.kernel.nowUs / 1000 - 120_000;
    });
    const { request, startedUs } = bench.visits.columns();
    const quietWaitsMs = [...startedUs.keys()]
      .filter((visit) => startedUs[visit]! >= 0)
      .map((visit) => ({ sentUs: photos.sentUs[request[visit]!]!, startedUs: startedUs[visit]! }))
      .filter(({ sentUs }) => sentUs < 60_000_000 || sentUs >= 240_000_000)
      .map((photo) => (photo.startedUs - photo.sentUs) / 1000)
      .sort((a, b) => a - b);
    const quietMs = (part: number): number => quietWaitsMs[Math.ceil(part * quietWaitsMs.length) - 1]!;
    return {
      bench,
      mostReady,
      drainedMs,
      p50Ms: quietMs(0.5),
      p95Ms: quietMs(0.95),
      reversals: bench.scaler!.reversals,
    };
  }

  it('wait longer and turn round more often by one sample of the backlog than by rate and backlog, for less money', () => {
    for (const seed of seeds) {
      const naive = spike(seed, oneSample);
      const better = spike(seed, reference);
      expect(naive.p50Ms).toBeGreaterThan(10_000);
      expect(better.p95Ms).toBeLessThan(10_000);
      expect(naive.reversals).toBeGreaterThan(12);
      expect(better.reversals).toBeLessThanOrEqual(8);
      expect(better.drainedMs).toBeLessThanOrEqual(45_000);
      expect(naive.bench.fleet.machineUs()).toBeLessThan(better.bench.fleet.machineUs());
    }
  });

  it('hold a standing wait where the backlog per consumer is the target: it is a latency target', () => {
    for (const seed of seeds) {
      const { p50Ms, drainedMs } = spike(seed, perConsumer);
      expect(p50Ms).toBeGreaterThan(20_000);
      expect(p50Ms).toBeLessThan(32_000);
      expect(drainedMs).toBeUndefined();
    }
  });

  it('have hundreds of photos piled up before anybody can help: the start-up time sets that', () => {
    for (const seed of seeds) {
      for (const policy of [oneSample, perConsumer, reference])
        expect(spike(seed, policy).mostReady).toBeGreaterThan(600);
    }
  });
});

describe('web servers under a flash crowd', () => {
  const TICK = 0;
  const FLEET = 1;
  const ARRIVE = 2;
  const FINISH = 3;

  /** 100, then 300 requests a second of 20 ms from 10 s to 60 s; servers of one core, least requests first. */
  function flash(policy: MakePolicy<UtilisationMetrics>) {
    const kernel = new Kernel();
    const visits = new VisitRecorder(20_000);
    const costOf = (visit: number): number =>
      drawCostUs({ kind: 'exponential', meanMs: 20 }, drawsOf(3, 'cost', visit));
    const inside = Array.from({ length: 20 }, () => 0);
    const busyUs = Array.from({ length: 20 }, () => 0);
    const routed = new Set<number>();
    const servers = inside.map(
      (_, machine) =>
        new Server(
          kernel,
          visits,
          { id: `web ${machine}`, cores: 1 },
          {
            ...{ finish: FINISH, base: machine, costUs: costOf },
            left: (visit) => {
              inside[machine]!--;
              busyUs[machine]! += costOf(visit);
              if (inside[machine] === 0) fleet.left(machine);
            },
          },
        ),
    );
    const fleet: Fleet = new Fleet(
      kernel,
      { min: 2, max: 20, initial: 4, startUpMs: 5000 },
      {
        kind: FLEET,
        ready: (machine) => routed.add(machine),
        drain: (machine) => {
          routed.delete(machine);
          if (inside[machine] === 0) fleet.left(machine);
        },
        crashed: (machine) => servers[machine]!.kill(),
      },
    );
    const scraper = new Scraper({ windowMs: 3000 }, 1);
    const observe = (): UtilisationMetrics =>
      scraper.scrape(
        kernel.nowUs,
        [...routed].map((machine) => ({ machine, cores: 1, busyUs: busyUs[machine]! })),
      );
    const scaler = new Autoscaler(kernel, fleet, { tickMs: 1000 }, { kind: TICK, observe, policy });
    kernel.at(0, ARRIVE);
    kernel.run(60_000_000, (kind, a, b) => {
      if (kind === TICK) scaler.handle();
      else if (kind === FLEET) fleet.handle(a, b);
      else if (kind === FINISH) servers[a]!.finish(0, b);
      else {
        const machine = [...routed].reduce((best, each) => (inside[each]! < inside[best]! ? each : best));
        inside[machine]!++;
        servers[machine]!.enter(visits.add(visits.count, machine, kernel.nowUs));
        kernel.after(kernel.nowUs < 10_000_000 ? 10_000 : 3_333, ARRIVE);
      }
      return undefined;
    });
    const { enteredUs, leftUs, node } = visits.columns();
    const slow = (fromUs: number, untilUs: number): number => {
      const of = [...enteredUs.keys()].filter((visit) => enteredUs[visit]! >= fromUs && enteredUs[visit]! < untilUs);
      return (
        of.filter((visit) => leftUs[visit]! < 0 || leftUs[visit]! - enteredUs[visit]! > 300_000).length / of.length
      );
    };
    const firstOf = (machine: number): number => enteredUs[node.indexOf(machine)]!;
    return { scaler, fleet, slow, firstOf };
  }

  it('get help by the rule of target tracking, not before metrics, tick and start-up allow; a fixed fleet never does', () => {
    const tracking: MakePolicy<UtilisationMetrics> =
      () =>
      ({ up, utilisation = 0.6 }) =>
        Math.abs(utilisation / 0.6 - 1) <= 0.1 ? up : Math.ceil((up * utilisation) / 0.6 - 1e-9);
    const scaled = flash(tracking);
    const fixed = flash(() => () => 4);
    const grown = scaled.scaler.changes.find(({ atUs, to }) => atUs > 10_000_000 && to > 4)!;
    expect(grown.atUs).toBeLessThanOrEqual(13_000_000);
    expect(scaled.firstOf(4)).toBeGreaterThanOrEqual(grown.atUs + 5_000_000);
    expect(scaled.fleet.wanted).toBeGreaterThanOrEqual(7);
    expect(scaled.slow(10_000_000, 20_000_000)).toBeGreaterThan(0.3);
    expect(scaled.slow(50_000_000, 59_000_000)).toBeLessThan(0.02);
    expect(fixed.slow(50_000_000, 59_000_000)).toBeGreaterThan(0.98);
  });
});
