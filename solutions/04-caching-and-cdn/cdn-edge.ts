import type { Edge, EdgeOptions, EdgeSite, OriginResponse } from '../../exercises/04-caching-and-cdn/contract.ts';

interface Copy {
  readonly response: OriginResponse;
  readonly storedAt: number;
}

/** The right to store what a fetch brings, and the promise for those who share it. Its identity is all that counts. */
interface Lease {
  outcome?: Promise<string>;
}

/**
 * An edge server: copies by URL, and one lease per URL for the fetch that may renew it.
 *
 * A copy goes through three ages. Fresh: served, and the origin does not hear of it. Stale: served just as quickly, while
 * one fetch renews it behind the reader's back. Expired: worth nothing, everybody waits for the same fetch. All the
 * reader ever notices is the last one, and on a page that is visited often it never comes.
 *
 * A purge takes the lease away together with the copy. Without that, a fetch that the origin had answered just before the
 * purge would put back exactly the bytes that were to disappear. It is the race of the exercise before, with a purge in
 * the place of the write.
 *
 * Trade-offs. Stale-while-revalidate hides the origin's latency and its short outages, and shows the old page for as long
 * as its window; that window is a promise of the origin's, not the edge's to widen. `immutable` needs no line of code
 * here, because this edge never renews a fresh copy; it matters to caches that renew ahead of time and to browsers, which
 * otherwise ask again on reload. Copies are never thrown away for room: put an LRU in the place of `copies` for that. A
 * purge looks through all URLs: real ones keep tags or bans and check them when a copy is read. And no purge reaches
 * the browsers; only a new name does.
 *
 * In real systems. Freshness is RFC 9111 §4.2 (fresh while lifetime > age, so a copy of exactly max-age is stale), the
 * window RFC 5861 §3, `immutable` RFC 8246. RFC 9111 §4 allows a cache to collapse requests on a miss; Varnish does it with
 * a waiting list on a "busy" object (`cache_hash.c`) and calls its window grace (`vcl-grace.rst`).
 */
export function createEdge({ fetchOrigin, now }: EdgeOptions): Edge {
  const copies = new Map<string, Copy>();
  const leases = new Map<string, Lease>();

  async function fetchAndStore(url: string, lease: Lease): Promise<string> {
    try {
      const response = await fetchOrigin(url);
      if (leases.get(url) === lease) copies.set(url, { response, storedAt: now() });
      return response.body;
    } finally {
      if (leases.get(url) === lease) leases.delete(url);
    }
  }

  function renew(url: string): Promise<string> {
    const shared = leases.get(url);
    if (shared !== undefined) return shared.outcome as Promise<string>;
    const lease: Lease = {};
    leases.set(url, lease);
    lease.outcome = fetchAndStore(url, lease);
    return lease.outcome;
  }

  return {
    async get(url) {
      const copy = copies.get(url);
      if (copy === undefined) return renew(url);
      const { body, maxAgeMs, staleWhileRevalidateMs } = copy.response;
      const age = now() - copy.storedAt;
      if (age < maxAgeMs) return body;
      const renewal = renew(url);
      if (age >= maxAgeMs + staleWhileRevalidateMs) return renewal;
      // Nobody waits for this one, so nobody else would hear of its failure. The copy stays as it is.
      renewal.catch(() => undefined);
      return body;
    },

    purge(path) {
      if (!path.startsWith('/') || path.includes('?')) {
        throw new RangeError(`path must begin with / and have no query: ${path}`);
      }
      // With the slash at the end, `/photos/` begins `/photos/` and `/photos/7/`, but not `/photos-old/`.
      const segment = path.endsWith('/') ? path : `${path}/`;
      const isBelow = (url: string) => `${url.split('?', 1)[0]}/`.startsWith(segment);
      for (const url of copies.keys()) if (isBelow(url)) copies.delete(url);
      for (const url of leases.keys()) if (isBelow(url)) leases.delete(url);
    },
  };
}

/**
 * One pass that keeps the best so far; a later one must be strictly nearer to win.
 *
 * Real CDNs do not measure kilometres. They answer DNS queries by measured latency and load (Nygren, Sitaraman and Sun,
 * "The Akamai Network", OSR 44(3), 2010), or announce one address everywhere and let the network's routing choose.
 */
export function nearestEdge<Place>(
  client: Place,
  edges: readonly EdgeSite<Place>[],
  distance: (from: Place, to: Place) => number,
): string {
  const [first] = edges;
  if (first === undefined) throw new RangeError('edges must not be empty');
  let nearest = first;
  let shortest = distance(client, first.place);
  for (const edge of edges.slice(1)) {
    const length = distance(client, edge.place);
    if (length < shortest) {
      nearest = edge;
      shortest = length;
    }
  }
  return nearest.name;
}
