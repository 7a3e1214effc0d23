import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stream } from '../../stream.ts';
import { Link } from '../network/link.ts';
import type { MakeQueue } from './message-queue.ts';
import type { BenchPlan } from './queue-bench.ts';
import { drawPhotos, QueueBench } from './queue-bench.ts';
import { visibilityQueue } from './visibility-queue.ts';

describe('where messages are', () => {
  const fault = fc.record({
    atMs: fc.nat(8000),
    kind: fc.constantFrom('crash', 'broker down', 'broker up', 'cut', 'heal', 'slow', 'pause', 'run', 'resize'),
    number: fc.nat(3),
  });
  const world = fc.record({
    seed: fc.nat(1000),
    visibilityMs: fc.constantFrom(300, 800, 6000),
    maxReceives: fc.constantFrom(1, 3, Infinity),
    durable: fc.boolean(),
    cores: fc.constantFrom(1, 2),
    extra: fc.nat(2),
    loss: fc.constantFrom(0, 0.2),
    faults: fc.array(fault, { maxLength: 12, size: 'max' }),
  });
  type World = typeof world extends fc.Arbitrary<infer Value> ? Value : never;

  function benchOf({ seed, visibilityMs, maxReceives, durable, cores, extra, loss, faults }: World, queue?: MakeQueue) {
    const link = (name: string): Link => new Link({ oneWayMs: 5, loss }, stream(seed, name));
    const links = { toBroker: link('up'), toConsumer: link('down') };
    const act = (kind: string, machine: number) => (bench: QueueBench) => {
      if (kind === 'crash') bench.consumers.crashOneAtWork(700);
      else if (kind === 'broker down') bench.broker.crash();
      else if (kind === 'broker up') bench.broker.restart();
      else if (kind === 'cut') links.toBroker.cut();
      else if (kind === 'heal') links.toBroker.heal();
      else if (kind === 'resize') bench.fleet.resize(machine);
      else if (bench.fleet.state(machine) !== 'up') return;
      else if (kind === 'slow') bench.consumers.cpu(machine).run(0.25);
      else if (kind === 'pause') bench.consumers.cpu(machine).pause();
      else bench.consumers.cpu(machine).run(1);
    };
    const plan: BenchPlan = {
      photos: drawPhotos(seed, [{ fromMs: 0, untilMs: 5000, perSecond: 4 }], 400, 4),
      broker: { visibilityMs, maxReceives, durable },
      fleet: { min: 0, max: 4, initial: 2, startUpMs: 500 },
      consumers: { cores, prefetch: cores + extra },
      links,
      faults: faults.map(({ atMs, kind, number }) => ({ atMs, act: act(kind, number) })),
    };
    const bench = new QueueBench(plan, { queue });
    /** All troubles are over: a machine each, until nothing moves any more. */
    const calm = (): void => {
      bench.broker.restart();
      links.toBroker.heal();
      bench.fleet.resize(4);
      for (const machine of [0, 1, 2, 3]) {
        if (['paused', 'slow'].includes(bench.consumers.cpu(machine).state)) bench.consumers.cpu(machine).run(1);
      }
    };
    return { bench, calm };
  }

  it('is known at every moment, and in the end none is under way', () => {
    fc.assert(
      fc.property(world, (one) => {
        const { bench, calm } = benchOf(one);
        const audit = (): void => {
          const { sent, acknowledged, ready, inFlight, dead, lost } = bench.broker.books;
          if (acknowledged + ready + inFlight + dead + lost !== sent) expect(bench.broker.books).toBe('balanced');
        };
        bench.run(10_000, audit);
        calm();
        bench.run(400_000, audit);
        const { sent, acknowledged, ready, inFlight, dead, lost } = bench.broker.books;
        expect(sent + bench.refused).toBe(bench.plan.photos.sentUs.length);
        if (one.durable) expect(lost).toBe(0);
        if (one.maxReceives === Infinity) expect(dead).toBe(0);
        expect(bench.effects.done).toBeGreaterThanOrEqual(acknowledged);
        // Without dead letters, a photo that takes longer than the timeout is under way for ever.
        if (one.maxReceives === Infinity && one.visibilityMs < 6000) return;
        expect([ready, inFlight]).toEqual([0, 0]);
        expect(sent - bench.effects.done).toBeLessThanOrEqual(dead + lost);
        for (const machine of [0, 1, 2, 3]) expect(bench.consumers.holds(machine)).toBe(0);
      }),
      { numRuns: 60 },
    );
  });

  it('is with machines that are up when it leaves for them, and with none more than it may hold', () => {
    fc.assert(
      fc.property(world, (one) => {
        const { bench } = benchOf(one);
        let known = 0;
        bench.run(20_000, () => {
          for (; known < bench.visits.count; known++) {
            expect(bench.fleet.state(bench.visits.node[known]!)).toBe('up');
          }
          const holds = [0, 1, 2, 3].map((machine) => bench.consumers.holds(machine));
          if (Math.max(...holds) > one.cores + one.extra) expect(holds).toBe('within the prefetch');
        });
      }),
      { numRuns: 60 },
    );
  });

  it('is never with a consumer again once the queue has taken an acknowledgement', () => {
    fc.assert(
      fc.property(world, (one) => {
        const acknowledged = new Set<number>();
        const watched: MakeQueue = (rules) => {
          const queue = visibilityQueue(rules);
          const messages = new Map<string | number, number>();
          return {
            ...{ send: (message) => queue.send(message), nack: (receipt) => queue.nack(receipt) },
            ...{ ready: () => queue.ready(), inFlight: () => queue.inFlight(), deadLetters: () => queue.deadLetters() },
            receive: () => {
              const delivery = queue.receive();
              if (delivery) {
                expect(acknowledged.has(delivery.message)).toBe(false);
                messages.set(delivery.receipt, delivery.message);
              }
              return delivery;
            },
            ack: (receipt) => {
              const counts = queue.ack(receipt);
              if (counts) acknowledged.add(messages.get(receipt)!);
              return counts;
            },
          };
        };
        const { bench } = benchOf(one, watched);
        bench.run(30_000);
        expect(bench.broker.books.acknowledged).toBe(acknowledged.size);
      }),
      { numRuns: 40 },
    );
  });

  it('and everything else is the same again for the same seed', () => {
    fc.assert(
      fc.property(world, (one) => {
        const columns = () => benchOf(one).bench.run(20_000).visits.columns();
        expect(columns()).toEqual(columns());
      }),
      { numRuns: 10 },
    );
  });

  it('is written down per delivery: sent, entered, started, left', () => {
    fc.assert(
      fc.property(world, (one) => {
        const { sentUs, enteredUs, startedUs, leftUs } = benchOf(one).bench.run(20_000).visits.columns();
        sentUs.forEach((fromUs, visit) => {
          let lastUs = fromUs;
          for (const atUs of [enteredUs[visit]!, startedUs[visit]!, leftUs[visit]!]) {
            if (atUs >= 0 && atUs < lastUs) expect(`visit ${visit}`).toBe('in order');
            if (atUs >= 0) lastUs = atUs;
          }
        });
      }),
      { numRuns: 20 },
    );
  });
});
