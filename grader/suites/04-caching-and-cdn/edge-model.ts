import fc from 'fast-check';
import type { EdgeWorld, OriginFetch } from './edge-world.ts';
import type { Asker } from './timeline.ts';

const URLS = ['/photos', '/photos/7', '/photos/7?w=200', '/photos-old'];

type Event =
  | { readonly kind: 'ask'; readonly url: string }
  | { readonly kind: 'pass'; readonly ms: number }
  | { readonly kind: 'end'; readonly which: number; readonly fails: boolean }
  | { readonly kind: 'purge'; readonly path: string };

const event: fc.Arbitrary<Event> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('ask' as const), url: fc.constantFrom(...URLS.slice(0, 3)) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('pass' as const), ms: fc.integer({ min: 1, max: 8 }) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('end' as const),
      which: fc.nat(2),
      fails: fc.constantFrom(false, false, true),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('purge' as const), path: fc.constantFrom('/photos', '/photos/7', '/') }),
  },
);

export const histories = fc.record({
  staleWhileRevalidateMs: fc.constantFrom(0, 5, 15),
  events: fc.array(event, { minLength: 1, maxLength: 25, size: 'max' }),
});

interface Flight {
  readonly fetch: OriginFetch;
  readonly readers: Asker[];
  /** No purge has come since it began: it may store, and be shared. */
  live: boolean;
}

/**
 * Plays the events against the rules. Renewing early, while the copy is fresh, is allowed here: `spares-the-origin`
 * bounds it.
 */
export async function followEdge(
  world: EdgeWorld,
  events: readonly Event[],
  { maxAgeMs, staleWhileRevalidateMs }: { readonly maxAgeMs: number; readonly staleWhileRevalidateMs: number },
): Promise<void> {
  const { timeline } = world;
  const copies = new Map<string, { readonly body: string; readonly storedAt: number }>();
  let flights: Flight[] = [];
  for (const one of events) {
    if (one.kind === 'pass') timeline.at(timeline.now() + one.ms);
    else if (one.kind === 'ask') await ask(one.url);
    else if (one.kind === 'purge') await purge(one.path);
    else await end(flights[one.which], one.fails);
  }
  for (const flight of [...flights]) await end(flight, false);

  async function ask(url: string): Promise<void> {
    const copy = copies.get(url);
    const underWay = flights.find(({ fetch, live }) => live && fetch.url === url);
    const age = copy === undefined ? Number.POSITIVE_INFINITY : timeline.now() - copy.storedAt;
    const begun = underWay === undefined ? 1 : 0;
    const before = world.fetches.length;
    if (copy !== undefined && age < maxAgeMs) {
      if (underWay !== undefined) await world.expectStale(url, copy.body, 0);
      else await world.expectServed(url, copy.body);
    } else if (copy !== undefined && age < maxAgeMs + staleWhileRevalidateMs) {
      await world.expectStale(url, copy.body, begun);
    } else {
      const reader = await world.expectWait(url, begun);
      underWay?.readers.push(reader);
      if (underWay === undefined) flights.push({ fetch: world.latest(), readers: [reader], live: true });
      return;
    }
    for (const fetch of world.fetches.slice(before)) flights.push({ fetch, readers: [], live: true });
  }

  async function purge(path: string): Promise<void> {
    await world.purge(path);
    const below = (url: string) => path === '/' || `${url.split('?')[0]}/`.startsWith(`${path}/`);
    for (const url of [...copies.keys()]) if (below(url)) copies.delete(url);
    for (const flight of flights) if (below(flight.fetch.url)) flight.live = false;
  }

  async function end(flight: Flight | undefined, fails: boolean): Promise<void> {
    if (flight === undefined) return;
    flights = flights.filter((other) => other !== flight);
    if (fails) {
      const message = `origin is down (${flight.fetch.number})`;
      await world.fail(flight.fetch, message);
      for (const reader of flight.readers) timeline.expectFailure(reader, message);
      return;
    }
    const body = await world.finish(flight.fetch);
    for (const reader of flight.readers) timeline.expectAnswer(reader, body);
    if (flight.live) copies.set(flight.fetch.url, { body, storedAt: timeline.now() });
  }
}
