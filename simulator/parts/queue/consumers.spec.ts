import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { erlangC } from '../../measures/erlang-c.ts';
import { runSettled } from '../../settle.ts';
import { stream } from '../../stream.ts';
import { Link } from '../network/link.ts';
import type { Handle } from './attempt.ts';
import type { MakeQueue } from './message-queue.ts';
import type { BenchPlan, Photos } from './queue-bench.ts';
import { drawPhotos, QueueBench } from './queue-bench.ts';
import { visibilityQueue } from './visibility-queue.ts';

const fixed = (machines: number) => ({ min: 0, max: machines, initial: machines, startUpMs: 500 });

/** Lesson 7's worker: 4 consumers, photos of 1.5 s, three crashes in the middle of the work. */
function workerDies(
  seed: number,
  visibilityMs: number,
  slots: { queue?: MakeQueue; handle?: Handle } = {},
): QueueBench {
  const photos = drawPhotos(seed, [{ fromMs: 0, untilMs: 15_000, perSecond: 2.4 }], 1500, 4);
  return new QueueBench(
    {
      photos,
      broker: { visibilityMs, maxReceives: 3 },
      fleet: fixed(4),
      faults: [6000, 7000, 8000].map((atMs) => ({ atMs, act: ({ consumers }) => consumers.crashOneAtWork(2000) })),
    },
    slots,
  ).run(300_000);
}

/** What a queue does that takes a message out when it hands it over. */
const removeOnReceive: MakeQueue = (rules) => {
  const queue = visibilityQueue(rules);
  return {
    ...{ send: (message) => queue.send(message), nack: () => false, ready: () => queue.ready() },
    ...{ inFlight: () => 0, deadLetters: () => [], ack: () => true },
    receive: () => {
      const delivery = queue.receive();
      if (delivery) queue.ack(delivery.receipt);
      return delivery;
    },
  };
};

describe('a fixed fleet of consumers against queueing theory', () => {
  /** Mean wait before the work, in mean service times, of 25,000 messages under M/M/c, over what Erlang C says. */
  function waitOverErlang(machines: number, utilisation: number, prefetch = 1): number {
    const perSecond = utilisation * machines * 10;
    const untilMs = 25_000_000 / perSecond;
    const photos = drawPhotos(6, [{ fromMs: 0, untilMs, perSecond }], 100, 1);
    const plan = { photos, broker: { visibilityMs: 5_000 }, fleet: fixed(machines), consumers: { prefetch } };
    const { request, startedUs } = new QueueBench(plan).run(untilMs + 100_000).visits.columns();
    const waitsUs = startedUs.map((atUs, visit) => atUs - photos.sentUs[request[visit]!]!);
    const meanWait = waitsUs.reduce((sum, waitUs) => sum + waitUs, 0) / waitsUs.length / 100_000;
    return meanWait / erlangC(machines, utilisation * machines).meanWait;
  }

  it.each([
    [1, 0.5],
    [4, 0.7],
  ])('%i of them, %f busy, keep messages waiting as Erlang C says', (machines, utilisation) => {
    expect(Math.abs(waitOverErlang(machines, utilisation) - 1)).toBeLessThan(0.1);
  });

  it('keeps them waiting longer when each takes one more in advance: it lies behind a slow one while others idle', () => {
    expect(waitOverErlang(4, 0.7, 2)).toBeGreaterThan(1.4);
  });
});

describe('a consumer', () => {
  const one: Photos = { sentUs: [1_000_000], costUs: [800_000] };

  it('that dies at work gives its message to another exactly when the timeout is over', () => {
    fc.assert(
      fc.property(fc.integer({ min: 801, max: 20_000 }), (visibilityMs) => {
        const faults = [{ atMs: 1400, act: ({ consumers }: QueueBench) => consumers.crashOneAtWork() }];
        const plan = { photos: one, broker: { visibilityMs }, fleet: fixed(2), faults };
        const bench = new QueueBench(plan).run(60_000);
        const { sentUs, node, leftUs } = bench.visits.columns();
        expect([...sentUs]).toEqual([1_000_000, 1_000_000 + visibilityMs * 1000]);
        expect([...node]).toEqual([0, 1]);
        expect([...leftUs]).toEqual([1_400_000, sentUs[1]! + 800_000]);
        expect([bench.effects.done, bench.effects.repeats, bench.consumers.workedUs]).toEqual([1, 0, 1_200_000]);
      }),
      { numRuns: 30 },
    );
  });

  it('dies half way through its next work when it has none at that moment', () => {
    const faults = [{ atMs: 100, act: ({ consumers }: QueueBench) => consumers.crashOneAtWork(50) }];
    const bench = new QueueBench({ photos: one, broker: { visibilityMs: 5000 }, fleet: fixed(1), faults }).run(60_000);
    expect([...bench.visits.columns().leftUs]).toEqual([1_400_000, 6_800_000]);
    expect(bench.states.at(-1)).toEqual({ atUs: 1_450_000, machine: 0, state: 'up' });
  });

  it('whose acknowledgement is lost makes somebody do it twice', () => {
    const toBroker = new Link({ oneWayMs: 1 }, stream(1, 'up'));
    const links = { toBroker, toConsumer: new Link({ oneWayMs: 1 }, stream(1, 'down')) };
    const faults = [
      { atMs: 1500, act: () => toBroker.cut() },
      { atMs: 1900, act: () => toBroker.heal() },
    ];
    const plan: BenchPlan = { photos: one, broker: { visibilityMs: 3000 }, fleet: fixed(1), links, faults };
    const bench = new QueueBench(plan).run(60_000);
    expect([...bench.visits.columns().sentUs]).toEqual([1_000_000, 4_000_000]);
    expect([bench.effects.times(0), bench.effects.repeats]).toEqual([2, 1]);
    expect(bench.broker.books).toMatchObject({ acknowledged: 1, inFlight: 0 });
  });

  it('finishes what it has been handed before it leaves, and takes nothing more', () => {
    const photos: Photos = { sentUs: [0, 0, 0, 0], costUs: [100_000, 100_000, 100_000, 100_000] };
    const act = ({ fleet }: QueueBench): void => fleet.resize(0);
    const plan = { photos, broker: { visibilityMs: 5000 }, fleet: fixed(1), consumers: { prefetch: 2 } };
    const bench = new QueueBench({ ...plan, faults: [{ atMs: 150, act }] }).run(20_000);
    expect(bench.effects.done).toBe(3);
    const { enteredUs, startedUs } = bench.visits.columns();
    expect([...enteredUs]).toEqual([0, 0, 100_000]);
    expect([...startedUs]).toEqual([0, 100_000, 200_000]);
    expect(bench.broker.books).toMatchObject({ acknowledged: 3, ready: 1 });
    expect(bench.states.slice(-2)).toEqual([
      { atUs: 150_000, machine: 0, state: 'draining' },
      { atUs: 300_000, machine: 0, state: 'off' },
    ]);
  });

  it('that is paused works on when it is woken, and its late acknowledgement counts for nothing', () => {
    const faults = [
      { atMs: 1400, act: ({ consumers }: QueueBench) => consumers.cpu(0).pause() },
      { atMs: 2500, act: ({ consumers }: QueueBench) => consumers.cpu(0).run(1) },
    ];
    const plan = { photos: one, broker: { visibilityMs: 1000 }, fleet: fixed(2), faults };
    const bench = new QueueBench(plan).run(60_000);
    expect([...bench.effects.columns().atUs]).toEqual([2_800_000, 2_900_000]);
    expect(bench.consumers.late).toBe(1);
    expect(bench.broker.books).toMatchObject({ acknowledged: 1, ready: 0, inFlight: 0 });
  });

  it.each([
    ['has died', ({ fleet }: QueueBench) => fleet.crash(0, 100)],
    ['was stopped', ({ fleet }: QueueBench) => fleet.resize(0)],
  ])('that %s and is back asks for nothing that it wanted before', (_, end) => {
    const photos: Photos = { sentUs: [2_000_000, 2_000_000], costUs: [100_000, 100_000] };
    const toBroker = new Link({ oneWayMs: 1 }, stream(1, 'up'));
    toBroker.cut();
    const faults = [
      { atMs: 400, act: () => toBroker.heal() },
      { atMs: 500, act: end },
      { atMs: 501, act: ({ fleet }: QueueBench) => fleet.resize(1) },
    ];
    const links = { toBroker, toConsumer: new Link({ oneWayMs: 1 }, stream(1, 'down')) };
    const fleet = { ...fixed(1), startUpMs: 100 };
    const bench = new QueueBench({ photos, broker: { visibilityMs: 5000 }, fleet, links, faults }).run(2050);
    expect([bench.fleet.state(0), bench.consumers.holds(0)]).toEqual(['up', 1]);
  });

  it('ends an attempt once, whatever it says afterwards', () => {
    const photos: Photos = { sentUs: [0, 0, 0], costUs: [100_000, 100_000, 100_000] };
    const handle: Handle = (attempt) =>
      attempt.work(() => {
        expect(attempt.alive).toBe(true);
        attempt.ack();
        attempt.nack();
        attempt.ack();
        attempt.apply();
        attempt.work(() => attempt.apply());
        expect(attempt.alive).toBe(false);
      });
    const bench = new QueueBench({ photos, broker: { visibilityMs: 5000 }, fleet: fixed(1) }, { handle }).run(9000);
    expect([...bench.visits.columns().startedUs]).toEqual([0, 100_000, 200_000]);
    expect([bench.consumers.late, bench.effects.done, bench.broker.books.acknowledged]).toEqual([0, 0, 3]);
  });

  it('that gives up without a word leaves the message to the timeout', () => {
    const handle: Handle = (attempt) => (attempt.receives === 1 ? attempt.abandon() : attempt.ack());
    const bench = new QueueBench({ photos: one, broker: { visibilityMs: 5000 }, fleet: fixed(1) }, { handle }).run(
      9000,
    );
    expect([...bench.visits.columns().sentUs]).toEqual([1_000_000, 6_000_000]);
    expect(bench.broker.books.acknowledged).toBe(1);
  });

  it('may be code that answers with promises, which ends with the machine', async () => {
    const steps: string[] = [];
    const handle: Handle = async (attempt) => {
      steps.push(`takes ${attempt.receives}`);
      await new Promise<void>((resolve) => attempt.work(resolve));
      steps.push(`has worked on ${attempt.receives}`);
      attempt.apply();
      attempt.ack();
    };
    const faults = [{ atMs: 1400, act: ({ consumers }: QueueBench) => consumers.crashOneAtWork(100) }];
    const plan = { photos: one, broker: { visibilityMs: 1000 }, fleet: fixed(1), faults };
    const bench = new QueueBench(plan, { handle });
    await runSettled(bench.kernel, 9_000_000, (kind, a, b) => {
      bench.handle(kind, a, b);
      return 'called';
    });
    expect(steps).toEqual(['takes 1', 'takes 2', 'has worked on 2']);
    expect([...bench.effects.columns().atUs]).toEqual([2_800_000]);
  });

  it('cannot hold less than it works on', () => {
    const plan = { photos: one, broker: { visibilityMs: 1000 }, fleet: fixed(1) };
    expect(() => new QueueBench({ ...plan, consumers: { cores: 2, prefetch: 1 } })).toThrow(/^prefetch/);
    expect(() => new QueueBench({ ...plan, consumers: { askAgainMs: 0 } })).toThrow(/^askAgainMs/);
  });
});

describe('a worker that dies, on every one of these seeds', () => {
  const seeds = Array.from({ length: 10 }, (_, seed) => seed + 1);
  const missing = ({ plan, effects }: QueueBench): number => plan.photos.sentUs.length - effects.done;
  const ratio = ({ plan, consumers }: QueueBench): number =>
    consumers.workedUs / plan.photos.costUs.reduce((sum, costUs) => sum + costUs, 0);

  it('takes exactly its photo with it where the queue forgets on receive', () => {
    for (const seed of seeds) {
      const bench = workerDies(seed, 6000, { queue: removeOnReceive });
      expect([missing(bench), bench.effects.repeats]).toEqual([3, 0]);
    }
  });

  it('loses nothing with a timeout of four times the work, and hardly anything is done twice', () => {
    for (const seed of seeds) {
      const bench = workerDies(seed, 6000);
      expect([missing(bench), bench.broker.books.dead, bench.broker.books.acknowledged]).toEqual([
        0,
        0,
        bench.plan.photos.sentUs.length,
      ]);
      expect(bench.effects.repeats).toBeLessThanOrEqual(1);
      expect(ratio(bench)).toBeLessThan(1.2);
    }
  });

  it('has most photos done again and again with a timeout shorter than the work, and buries what is done', () => {
    for (const seed of seeds) {
      const bench = workerDies(seed, 1000);
      expect(bench.effects.repeats).toBeGreaterThan(25);
      expect(bench.broker.books.dead).toBeGreaterThan(10);
      expect(bench.broker.deadLetters.filter((photo) => bench.effects.times(photo) > 0).length).toBeGreaterThan(10);
      expect(ratio(bench)).toBeGreaterThan(2);
    }
  });

  it('does nothing twice where consumers are idempotent, but the work in vain and the dead letters stay', () => {
    for (const seed of seeds) {
      const done = new Set<number>();
      const once: Handle = (attempt) =>
        attempt.work(() => {
          if (!done.has(attempt.message)) attempt.apply();
          done.add(attempt.message);
          attempt.ack();
        });
      const bench = workerDies(seed, 2000, { handle: once });
      const careless = workerDies(seed, 2000);
      expect([missing(bench), bench.effects.repeats]).toEqual([0, 0]);
      expect(careless.effects.repeats).toBeGreaterThan(0);
      expect(bench.broker.books).toEqual(careless.broker.books);
      expect(bench.consumers.workedUs).toBe(careless.consumers.workedUs);
    }
  });
});
