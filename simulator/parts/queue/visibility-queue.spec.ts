import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Delivery } from './message-queue.ts';
import { visibilityQueue } from './visibility-queue.ts';

const clocked = (maxReceives: number, visibilityMs = 1000) => {
  const clock = { nowMs: 0 };
  return { clock, queue: visibilityQueue({ visibilityMs, maxReceives, now: () => clock.nowMs }) };
};

type Step =
  | { readonly kind: 'send' }
  | { readonly kind: 'receive' }
  | { readonly kind: 'wait'; readonly ms: number }
  | { readonly kind: 'ack' | 'nack'; readonly back: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 2, arbitrary: fc.constant({ kind: 'send' as const }) },
  { weight: 2, arbitrary: fc.constant({ kind: 'receive' as const }) },
  fc.record({ kind: fc.constant('wait' as const), ms: fc.constantFrom(1, 400, 999, 1000) }),
  fc.record({ kind: fc.constantFrom('ack' as const, 'nack' as const), back: fc.nat(5) }),
);

describe('a queue with a visibility timeout', () => {
  it('loses nothing, shows nothing after its acknowledgement and hands out in the order of sending', () => {
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 60, size: 'max' }),
        fc.constantFrom(1, 2, 3, Infinity),
        (steps, maxReceives) => {
          const { clock, queue } = clocked(maxReceives);
          const deliveries: (Delivery & { readonly atMs: number })[] = [];
          const open = new Set<number>();
          const acknowledged = new Set<number>();
          let sent = 0;
          for (const one of steps) {
            if (one.kind === 'send') queue.send(sent++);
            else if (one.kind === 'wait') clock.nowMs += one.ms;
            else if (one.kind === 'receive') {
              const earlier = [...open].filter((receipt) => clock.nowMs < deliveries[receipt]!.atMs + 1000);
              const held = new Set(earlier.map((receipt) => deliveries[receipt]!.message));
              const dead = new Set(queue.deadLetters());
              const free = Array.from({ length: sent }, (_, message) => message).filter(
                (message) => !acknowledged.has(message) && !held.has(message) && !dead.has(message),
              );
              const delivery = queue.receive();
              expect(delivery?.message).toBe(free[0]);
              if (!delivery) continue;
              expect(delivery.receives).toBe(deliveries.filter(({ message }) => message === free[0]).length + 1);
              expect(delivery.receives).toBeLessThanOrEqual(maxReceives);
              open.add(deliveries.length);
              deliveries.push({ ...delivery, atMs: clock.nowMs });
            } else if (one.back < deliveries.length) {
              const index = deliveries.length - 1 - one.back;
              const { receipt, message, atMs } = deliveries[index]!;
              const counts = open.delete(index) && clock.nowMs < atMs + 1000;
              expect(queue[one.kind](receipt)).toBe(counts);
              if (counts && one.kind === 'ack') acknowledged.add(message);
            }
            const total = queue.ready() + queue.inFlight() + queue.deadLetters().length + acknowledged.size;
            expect(total).toBe(sent);
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it('holds a message for less than the timeout, and not for the timeout', () => {
    const { clock, queue } = clocked(3);
    queue.send(7);
    clock.nowMs = 5000;
    const first = queue.receive()!;
    clock.nowMs = 5999.999;
    expect(queue.receive()).toBeUndefined();
    clock.nowMs = 6000;
    expect(queue.ack(first.receipt)).toBe(false);
    expect(queue.receive()).toMatchObject({ message: 7, receives: 2 });
  });

  it('buries a message when its last delivery fails, not while somebody holds it', () => {
    const { clock, queue } = clocked(2);
    queue.send(1);
    queue.send(2);
    queue.nack(queue.receive()!.receipt);
    const last = queue.receive()!;
    const other = queue.receive()!;
    expect([last.message, other.message]).toEqual([1, 2]);
    expect(queue.deadLetters()).toEqual([]);
    clock.nowMs = 1000;
    expect(queue.deadLetters()).toEqual([1]);
    expect(queue.receive()).toMatchObject({ message: 2, receives: 2 });
    expect(queue.receive()).toBeUndefined();
  });

  it('stays fast and in order when thousands have gone through', () => {
    const { queue } = clocked(1);
    for (let message = 0; message < 5000; message++) {
      queue.send(message);
      const delivery = queue.receive()!;
      expect(delivery.message).toBe(message);
      queue.ack(delivery.receipt);
    }
    expect([queue.ready(), queue.inFlight()]).toEqual([0, 0]);
  });

  it('refuses timeouts that are none and less than one delivery', () => {
    for (const visibilityMs of [0, -1, Number.NaN, Infinity]) {
      expect(() => clocked(1, visibilityMs)).toThrow(new RegExp(`^visibilityMs: ${visibilityMs}`));
    }
    for (const maxReceives of [0, 1.5, Number.NaN]) expect(() => clocked(maxReceives)).toThrow(/^maxReceives/);
  });
});
