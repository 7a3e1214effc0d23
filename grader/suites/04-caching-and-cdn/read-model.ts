import fc from 'fast-check';
import type { Load, ReadWorld } from './read-world.ts';
import type { Asker } from './timeline.ts';

/** Answers that a careless `if (value)` takes for none. */
export const EMPTY: readonly unknown[] = ['', 0, null, false, Number.NaN, undefined];

export const KEYS = ['ana', 'bo', 'chris', 'dan'];

type Event =
  | { readonly kind: 'ask'; readonly key: string }
  | { readonly kind: 'pass'; readonly ms: number }
  | { readonly kind: 'end'; readonly which: number; readonly outcome: 'ok' | 'empty' | 'fails' };

const event: fc.Arbitrary<Event> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('ask' as const), key: fc.constantFrom(...KEYS.slice(0, 3)) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('pass' as const), ms: fc.integer({ min: 1, max: 10 }) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('end' as const),
      which: fc.nat(2),
      outcome: fc.constantFrom('ok' as const, 'ok' as const, 'empty' as const, 'fails' as const),
    }),
  },
);

export const histories = fc.array(event, { minLength: 1, maxLength: 25, size: 'max' });

interface Flight {
  readonly load: Load;
  readonly readers: Asker[];
}

/** Readers, loads and the clock in any order; no eviction, so that every answer follows from the rules alone. */
export async function followEvents(world: ReadWorld, ttlMs: number, events: readonly Event[]): Promise<void> {
  const { timeline } = world;
  const stored = new Map<unknown, { value: unknown; until: number }>();
  const flights = new Map<unknown, Flight>();
  for (const one of events) {
    if (one.kind === 'pass') timeline.at(timeline.now() + one.ms);
    else if (one.kind === 'ask') await ask(one.key);
    else await end([...flights.values()][one.which], one.outcome);
  }
  for (const flight of [...flights.values()]) await end(flight, 'ok');

  async function ask(key: string): Promise<void> {
    const held = stored.get(key);
    const flight = flights.get(key);
    if (held !== undefined && timeline.now() < held.until) await world.expectHit(key, held.value);
    else if (flight !== undefined) flight.readers.push(await world.expectJoin(key));
    else {
      const reader = await world.expectMiss(key);
      flights.set(key, { load: world.latest(), readers: [reader] });
    }
  }

  async function end(flight: Flight | undefined, outcome: 'ok' | 'empty' | 'fails'): Promise<void> {
    if (flight === undefined) return;
    const { load, readers } = flight;
    flights.delete(load.key);
    if (outcome === 'fails') {
      const message = `database is down (${load.number})`;
      await world.fail(load, message);
      for (const reader of readers) timeline.expectFailure(reader, message);
      return;
    }
    const value = outcome === 'ok' ? `${load.key}-${load.number}` : EMPTY[load.number % EMPTY.length];
    await world.finish(load, value);
    stored.set(load.key, { value, until: timeline.now() + ttlMs });
    for (const reader of readers) timeline.expectAnswer(reader, value);
  }
}

export const visits = fc.record({
  capacity: fc.integer({ min: 1, max: 3 }),
  reads: fc.array(fc.record({ waitMs: fc.integer({ min: 0, max: 4 }), key: fc.constantFrom(...KEYS) }), {
    minLength: 1,
    maxLength: 30,
    size: 'max',
  }),
});

/** One reader after another, every load answered at once: only expiry and eviction decide. */
export async function followVisits(
  world: ReadWorld,
  ttlMs: number,
  capacity: number,
  reads: readonly { readonly waitMs: number; readonly key: string }[],
): Promise<void> {
  const { timeline } = world;
  let held: { key: string; value: string; until: number }[] = [];
  for (const { waitMs, key } of reads) {
    timeline.at(timeline.now() + waitMs);
    held = held.filter((entry) => timeline.now() < entry.until);
    let entry = held.find((candidate) => candidate.key === key);
    if (entry !== undefined) await world.expectHit(key, entry.value);
    else {
      entry = { key, value: `${key}-${world.loads.length + 1}`, until: timeline.now() + ttlMs };
      await world.store(key, entry.value);
    }
    const others = held.filter((other) => other !== entry);
    held = [...others.slice(Math.max(0, others.length + 1 - capacity)), entry];
  }
}
