import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Kernel } from '../../kernel.ts';
import type { BrokerPlan, Parcel } from './broker.ts';
import { Broker } from './broker.ts';
import type { MakeQueue } from './message-queue.ts';

interface Got {
  readonly atUs: number;
  readonly consumer: number;
  readonly parcel: Parcel;
}

function brokerOf(plan: Partial<BrokerPlan> = {}, queue?: MakeQueue) {
  const kernel = new Kernel();
  const got: Got[] = [];
  const broker = new Broker(
    kernel,
    { visibilityMs: 1000, ...plan },
    { kind: 0, deliver: (consumer, parcel) => got.push({ atUs: kernel.nowUs, consumer, parcel }), queue },
  );
  return {
    kernel,
    broker,
    got,
    runUntil: (untilUs: number) => kernel.run(untilUs, (_, late) => void broker.handle(late)),
  };
}

/** A queue that counts in milliseconds and fractions of them, as somebody would who knows nothing of the kernel. */
const inMilliseconds: MakeQueue = ({ visibilityMs, now }) => {
  const ready: number[] = [];
  let held: { readonly message: number; readonly deadline: number }[] = [];
  const expire = (): void => {
    ready.push(...held.filter(({ deadline }) => now() >= deadline).map(({ message }) => message));
    held = held.filter(({ deadline }) => now() < deadline);
  };
  return {
    send: (message) => void ready.push(message),
    receive: () => {
      expire();
      const message = ready.shift();
      if (message === undefined) return undefined;
      held.push({ message, deadline: now() + visibilityMs });
      return { message, receipt: `${message} at ${now()}`, receives: 1 };
    },
    ack: () => false,
    nack: () => false,
    ready: () => ready.length,
    inFlight: () => held.length,
    deadLetters: () => [],
  };
};

describe('a broker', () => {
  it('serves consumers in turn, one message each, in the order in which they asked', () => {
    const { broker, got } = brokerOf();
    broker.wait(0, 3);
    broker.wait(1, 1);
    broker.wait(2, 2);
    for (let message = 0; message < 7; message++) broker.send(message);
    expect(got.map(({ consumer }) => consumer)).toEqual([0, 1, 2, 0, 2, 0]);
    expect(got.map(({ parcel }) => parcel.message)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(broker.books).toMatchObject({ sent: 7, ready: 1, inFlight: 6 });
  });

  it('gives nothing to whoever has gone', () => {
    const { broker, got } = brokerOf();
    broker.wait(0, 2);
    broker.wait(1);
    broker.forget(0);
    broker.send(0);
    broker.send(1);
    expect(got.map(({ consumer }) => consumer)).toEqual([1]);
  });

  it.each([['its own queue', undefined, 0] as const, ['another queue', inMilliseconds, 1] as const])(
    'hands out again, with %s, what nobody has acknowledged in time',
    (_, queue, lateUs) => {
      fc.assert(
        fc.property(fc.integer({ min: 1, max: 30_000_000 }), fc.nat(5_000_000), (visibilityUs, sentUs) => {
          const { kernel, broker, got, runUntil } = brokerOf({ visibilityMs: visibilityUs / 1000 }, queue);
          kernel.nowUs = sentUs;
          broker.send(5);
          broker.wait(0, 2);
          runUntil(sentUs + visibilityUs + 2);
          expect(got.map(({ parcel }) => parcel.message)).toEqual([5, 5]);
          const againUs = got[1]!.atUs - got[0]!.atUs;
          expect(againUs).toBeGreaterThanOrEqual(visibilityUs);
          expect(againUs).toBeLessThanOrEqual(visibilityUs + lateUs);
        }),
        { numRuns: 200 },
      );
    },
  );

  it('keeps everything through a crash when it is durable, and timeouts go on while it is down', () => {
    const { broker, got, runUntil } = brokerOf();
    broker.send(0);
    broker.send(1);
    broker.wait(0, 1);
    broker.crash();
    expect(broker.send(2)).toBe(false);
    expect(broker.ack(got[0]!.parcel)).toBe(false);
    broker.wait(1, 3);
    runUntil(1_500_000);
    expect(got).toHaveLength(1);
    broker.restart();
    expect(got.slice(1).map(({ atUs, parcel }) => [atUs, parcel.message])).toEqual([
      [1_500_000, 0],
      [1_500_000, 1],
    ]);
    expect(broker.books).toEqual({ sent: 2, acknowledged: 0, ready: 0, inFlight: 2, dead: 0, lost: 0 });
  });

  it('loses what it holds when it is not durable, and takes no receipt of its earlier life for a new one', () => {
    const { broker, got } = brokerOf({ durable: false });
    broker.send(0);
    broker.send(1);
    broker.wait(0, 1);
    broker.crash();
    broker.crash();
    expect(broker.books).toMatchObject({ sent: 2, ready: 0, inFlight: 0, lost: 2 });
    broker.restart();
    broker.send(2);
    broker.wait(0, 1);
    expect(got[1]!.parcel.receipt).toBe(got[0]!.parcel.receipt);
    expect(broker.ack(got[0]!.parcel)).toBe(false);
    expect(broker.nack(got[0]!.parcel)).toBe(false);
    expect(broker.ack(got[1]!.parcel)).toBe(true);
    expect(broker.books).toEqual({ sent: 3, acknowledged: 1, ready: 0, inFlight: 0, dead: 0, lost: 2 });
  });

  it('knows since when nobody has had to wait', () => {
    const { kernel, broker, got, runUntil } = brokerOf();
    kernel.nowUs = 100;
    broker.send(0);
    expect(broker.emptySinceUs).toBeUndefined();
    kernel.nowUs = 300;
    broker.wait(0);
    expect(broker.emptySinceUs).toBe(300);
    kernel.nowUs = 400;
    broker.wait(0);
    broker.send(1);
    expect(broker.emptySinceUs).toBe(300);
    broker.ack(got[1]!.parcel);
    runUntil(2_000_000);
    expect(broker.emptySinceUs).toBeUndefined();
  });

  it('gives back at once what a consumer cannot do', () => {
    const { broker, got } = brokerOf({ maxReceives: 2 });
    broker.send(0);
    broker.wait(0, 5);
    expect(broker.nack(got[0]!.parcel)).toBe(true);
    expect(broker.nack(got[1]!.parcel)).toBe(true);
    expect(got).toHaveLength(2);
    expect(broker.deadLetters).toEqual([0]);
  });
});
