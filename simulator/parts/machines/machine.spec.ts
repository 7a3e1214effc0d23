import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Kernel } from '../../kernel.ts';
import { OUTCOME, VisitRecorder } from '../../recorder.ts';
import type { ServerCommand } from '../../scene.ts';
import type { Cost } from '../../workload/cost.ts';
import { delayUs, drawsOf } from '../../workload/keys.ts';
import { drawTraffic } from '../../workload/traffic.ts';
import { Timeline } from '../timeline.ts';
import type { MachinePlan } from './machine.ts';
import { Machine } from './machine.ts';

const ARRIVE = 0;
const FINISH = 1;
const READ = 2;
const RECEIVED = 3;
const RESTART = 4;
const COMMAND = 5;

const SECOND = 1_000_000;

interface World {
  readonly plan: MachinePlan;
  readonly perSecond: number;
  readonly seconds: number;
  readonly seed?: number;
  readonly cost?: Cost;
  /** Mean time that an answer takes to be received, ms. */
  readonly receivingMs?: number;
  readonly diskOps?: number;
  readonly commands?: readonly ServerCommand[];
  readonly watch?: (machine: Machine, open: number) => void;
}

/** The pages of the photo service are CPU and store on one box: 28.64 ms. */
const PAGE: Cost = { kind: 'exponential', meanMs: 28.64 };

/** One machine under Poisson arrivals; a request is what the visit of the same number is for. */
function run(world: World) {
  const { seed = 1, plan, cost = PAGE, receivingMs = 0, diskOps = 0 } = world;
  const durationUs = world.seconds * SECOND;
  const kernel = new Kernel();
  const visits = new VisitRecorder(1000);
  const traffic = drawTraffic(
    {
      arrivals: { kind: 'poisson', perSecond: world.perSecond },
      classes: [{ name: 'page', share: 1, cost, method: 'GET' }],
      clients: [{ share: 1, from: '198.18.0.0', addresses: 1 }],
    },
    seed,
    durationUs,
  );
  const ended: { outcome: number; atUs: number }[] = [];
  const changes: [number, string][] = [];
  let done = 0;
  let heldUs = 0;
  const machine: Machine = new Machine(kernel, visits, plan, {
    finish: FINISH,
    base: 0,
    read: READ,
    received: RECEIVED,
    restart: RESTART,
    work: (visit) => ({
      costUs: traffic.costUs[visit]!,
      diskOps,
      receivingUs: receivingMs === 0 ? 0 : delayUs(receivingMs, drawsOf(seed, 'receiving', visit)),
    }),
    done: (visit, outcome) => {
      if (ended[visit]) throw new Error(`visit ${visit} ended twice`);
      ended[visit] = { outcome, atUs: kernel.nowUs };
      done++;
      if (outcome === OUTCOME.ok) heldUs += kernel.nowUs - traffic.arrivedUs[visit]!;
    },
    changed: () => void changes.push([kernel.nowUs, machine.state]),
  });
  const timeline = new Timeline(kernel, COMMAND, world.commands ?? [], (fault) => fault as ServerCommand);
  traffic.arrivedUs.forEach((atUs, request) => {
    kernel.at(atUs, ARRIVE, request);
  });
  let areaMbUs = 0;
  let sinceUs = 0;
  let usedMb = 0;
  kernel.run(durationUs, (kind, a, b) => {
    areaMbUs += usedMb * (kernel.nowUs - sinceUs);
    sinceUs = kernel.nowUs;
    if (kind === ARRIVE) machine.enter(visits.add(a, 0, kernel.nowUs));
    else if (kind === FINISH) machine.finish(a, b);
    else if (kind === READ) machine.read(a);
    else if (kind === RECEIVED) machine.received(a);
    else if (kind === RESTART) machine.restart(b);
    else machine.obey(timeline.fault(a));
    usedMb = machine.memory?.usedMb ?? 0;
    world.watch?.(machine, visits.count - done);
    return undefined;
  });
  const served = (fromS: number, untilS: number): number =>
    ended.filter((end) => end?.outcome === OUTCOME.ok && end.atUs >= fromS * SECOND && end.atUs < untilS * SECOND)
      .length /
    (untilS - fromS);
  return {
    machine,
    visits: visits.columns(),
    ended,
    changes,
    served,
    meanUsedMb: areaMbUs / durationUs,
    meanHeldS: heldUs / SECOND / done,
    traffic,
  };
}

const BOX: MachinePlan = { id: 'box', cores: 2 };
/** The fictional box of lesson 1: 3,072 MB for requests, 24 MB each, so 128 in flight. */
const MEMORY = { limitMb: 3_072, perRequestMb: 24, restartMs: 3_000 };

describe('the memory of a machine', () => {
  it('is used as Little’s law says: arrival rate × MB × time held', () => {
    const memory = { limitMb: 100_000, perRequestMb: 24 };
    const { meanUsedMb, meanHeldS, traffic } = run({
      plan: { ...BOX, memory },
      perSecond: 38,
      seconds: 500,
      receivingMs: 3_000,
    });
    expect(Math.abs(meanUsedMb / ((traffic.count / 500) * 24 * meanHeldS) - 1)).toBeLessThan(0.02);
    expect(Math.abs(meanUsedMb / (38 * 24 * 3.04) - 1)).toBeLessThan(0.05);
  });

  it('binds at about 42 requests per second under slow phones: above it dies again and again', () => {
    let deaths = 0;
    for (const seed of [1, 2, 3, 4, 5, 6]) {
      const { machine, changes, served } = run({
        plan: { ...BOX, memory: MEMORY },
        perSecond: 50,
        seconds: 20,
        receivingMs: 3_000,
        seed,
      });
      deaths += machine.deaths;
      const [[diedUs, state], [backUs, back]] = changes as [[number, string], [number, string]];
      expect([state, back, backUs - diedUs]).toEqual(['down', 'up', 3 * SECOND]);
      expect(diedUs).toBeGreaterThan(3 * SECOND);
      expect(diedUs).toBeLessThan(9 * SECOND);
      expect(served(10, 20)).toBeLessThan(32);
    }
    expect(deaths).toBeGreaterThan(9);
  });

  it('saved by 120 slots serves about 40 per second and never dies, but lets people wait outside', () => {
    for (const seed of [1, 2, 3, 4, 5, 6]) {
      const { machine, served } = run({
        plan: { ...BOX, memory: MEMORY, slots: 120 },
        perSecond: 50,
        seconds: 20,
        receivingMs: 3_000,
        seed,
      });
      expect(machine.deaths).toBe(0);
      expect(served(10, 20)).toBeGreaterThan(33);
      expect(served(10, 20)).toBeLessThan(46);
      expect(machine.outside).toBeGreaterThan(10);
    }
  });

  it('does not bind under fast clients', () => {
    const { machine, served } = run({ plan: { ...BOX, memory: MEMORY }, perSecond: 45, seconds: 60, receivingMs: 50 });
    expect(machine.deaths).toBe(0);
    expect(served(10, 60)).toBeGreaterThan(40);
  });

  it('running out takes everybody inside and outside along, and the machine stays down without a restart', () => {
    const { machine, ended, visits, changes } = run({
      plan: { ...BOX, memory: { limitMb: 100, perRequestMb: 30 } },
      perSecond: 100,
      seconds: 3,
      cost: { kind: 'constant', ms: 500 },
    });
    expect(ended.slice(0, 5).map(({ outcome }) => outcome)).toEqual([
      OUTCOME.lost,
      OUTCOME.lost,
      OUTCOME.lost,
      OUTCOME.lost,
      OUTCOME.refused,
    ]);
    expect(new Set(ended.slice(0, 4).map(({ atUs }) => atUs))).toEqual(new Set([changes[0]![0]]));
    expect([...visits.outcome.slice(0, 4)]).toEqual([OUTCOME.lost, OUTCOME.lost, OUTCOME.lost, OUTCOME.lost]);
    expect([machine.state, machine.inside, machine.memory!.usedMb, changes.length]).toEqual(['down', 0, 0, 1]);
  });

  it('running out restarts the machine once, unless somebody has done that, or killed it, since', () => {
    const world: World = {
      plan: { ...BOX, memory: { limitMb: 50, perRequestMb: 30, restartMs: 300 } },
      perSecond: 2,
      seconds: 3,
      cost: { kind: 'constant', ms: 5_000 },
      seed: 3,
    };
    const untouched = run(world);
    const [[diedUs]] = untouched.changes as [[number, string]];
    expect(untouched.changes.slice(0, 2)).toEqual([
      [diedUs, 'down'],
      [diedUs + 300_000, 'up'],
    ]);
    const later = (ms: number, kind: 'kill' | 'revive'): ServerCommand => ({
      atMs: diedUs / 1000 + ms,
      kind,
      node: 'box',
    });
    const seconds = diedUs / SECOND + 0.4;
    const revived = run({ ...world, seconds, commands: [later(100, 'revive')] });
    expect([revived.changes, revived.machine.state]).toEqual([[[diedUs, 'down']], 'up']);
    const killed = run({ ...world, seconds, commands: [later(100, 'revive'), later(101, 'kill')] });
    expect([killed.changes, killed.machine.state]).toEqual([[[diedUs, 'down']], 'down']);
  });
});

describe('a machine that forgets', () => {
  it('loses at its restart after hanging also what was being read or received or waited outside', () => {
    const { ended, traffic } = run({
      plan: { ...BOX, slots: 40, disk: { iops: 60 } },
      perSecond: 50,
      seconds: 3,
      receivingMs: 1_000,
      diskOps: 1,
      commands: [
        { atMs: 1_500, kind: 'hang', node: 'box' },
        { atMs: 1_600, kind: 'revive', node: 'box' },
      ],
    });
    const before = ended.filter((_, request) => traffic.arrivedUs[request]! < 1_600_000);
    const lost = before.filter(({ outcome }) => outcome === OUTCOME.lost);
    expect(lost.length).toBeGreaterThan(40);
    expect(new Set(lost.map(({ atUs }) => atUs))).toEqual(new Set([1_600_000]));
    expect(before.every(({ atUs }) => atUs <= 1_600_000)).toBe(true);
  });

  it('has an idle disk afterwards', () => {
    const { visits } = run({
      plan: { ...BOX, disk: { iops: 10 } },
      perSecond: 100,
      seconds: 2,
      diskOps: 1,
      commands: [
        { atMs: 1_000, kind: 'kill', node: 'box' },
        { atMs: 1_200, kind: 'revive', node: 'box' },
      ],
    });
    const first = visits.sentUs.findIndex((atUs) => atUs > 1_200_000);
    expect(visits.enteredUs[first]! - visits.sentUs[first]!).toBe(100_000);
  });
});

describe('the disk of a machine', () => {
  it('binds at its operations per second: 100, two a page, are 50 pages', () => {
    const { served, visits } = run({
      plan: { ...BOX, disk: { iops: 100 } },
      perSecond: 65,
      seconds: 60,
      diskOps: 2,
    });
    expect(served(20, 60)).toBeGreaterThan(49);
    expect(served(20, 60)).toBeLessThan(51);
    const waits = visits.enteredUs.map((atUs, visit) => atUs - visits.sentUs[visit]!).filter((us) => us > 0);
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(20_000);
  });

  it('is no burden where nothing is read', () => {
    const plain = run({ plan: BOX, perSecond: 40, seconds: 20 });
    const idle = run({ plan: { ...BOX, disk: { iops: 1 } }, perSecond: 40, seconds: 20 });
    expect(idle.ended).toEqual(plain.ended);
  });
});

describe('the books of a machine', () => {
  const command = fc.oneof(
    fc.record({
      atMs: fc.nat(3_000),
      kind: fc.constantFrom('kill' as const, 'hang' as const, 'pause' as const, 'revive' as const),
      node: fc.constant('box'),
    }),
    fc.record({
      atMs: fc.nat(3_000),
      kind: fc.constant('slow' as const),
      node: fc.constant('box'),
      speed: fc.constantFrom(0.25, 1),
    }),
  );

  it('have every request inside, outside or ended once, and nobody more in memory than are inside', () => {
    fc.assert(
      fc.property(
        fc.record({
          seed: fc.nat(1000),
          perSecond: fc.constantFrom(20, 60, 150),
          cores: fc.integer({ min: 1, max: 3 }),
          queueLimit: fc.constantFrom(undefined, 0, 5),
          slots: fc.constantFrom(undefined, 1, 8),
          memory: fc.constantFrom(undefined, { limitMb: 100, perRequestMb: 9, restartMs: 300 }),
          disk: fc.constantFrom(undefined, { iops: 150 }),
          receivingMs: fc.constantFrom(0, 100),
          commands: fc.array(command, { maxLength: 6 }),
        }),
        ({ seed, perSecond, receivingMs, commands, ...plan }) => {
          const { ended, visits } = run({
            plan: { id: 'box', ...plan },
            perSecond,
            seconds: 3,
            seed,
            receivingMs,
            diskOps: 1,
            commands,
            watch: (machine, open) => {
              const { inside, outside, memory, state } = machine;
              const held = memory ? memory.holders === inside && memory.usedMb === 9 * inside : true;
              const fits = inside <= (plan.slots ?? open) && (state !== 'down' || open === 0);
              if (open !== inside + outside || !held || !fits) {
                expect.unreachable(JSON.stringify({ open, inside, outside, state, used: memory?.usedMb }));
              }
            },
          });
          ended.forEach((end, visit) => {
            expect(end.outcome).not.toBe(OUTCOME.pending);
            if (end.outcome === OUTCOME.ok) expect(visits.outcome[visit]).toBe(OUTCOME.ok);
          });
        },
      ),
      { numRuns: 100 },
    );
  });

  it('leave nobody outside while a slot is free', () => {
    run({
      plan: { ...BOX, slots: 3 },
      perSecond: 60,
      seconds: 20,
      receivingMs: 20,
      watch: ({ inside, outside }) => {
        if (outside > 0) expect(inside).toBe(3);
      },
    });
  });

  it('refuse a machine without slots', () => {
    expect(() => run({ plan: { ...BOX, slots: 0 }, perSecond: 1, seconds: 1 })).toThrow(RangeError);
  });
});
