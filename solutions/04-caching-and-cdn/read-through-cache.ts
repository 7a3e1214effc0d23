import type { ReadThrough, ReadThroughOptions } from '../../exercises/04-caching-and-cdn/contract.ts';
import { LruCache } from './lru-cache.ts';

/**
 * A read-through cache: stored values in an LRU, loads under way in a map of promises.
 *
 * The two are kept apart on purpose. A value may be evicted at any moment; a load must not be, because somebody waits
 * for it. And a load that fails leaves nothing: its promise sits in `loading` only until it settles, either way.
 *
 * Trade-offs. Storing the promise itself in the cache is shorter (one map, "loading" and "loaded" look the same) but
 * needs care: a rejected promise has to be taken out again, its age starts before the value exists, and eviction can
 * hit a load in flight, which then runs twice. Sharing one load protects the database from readers of *this* process;
 * a hundred web servers still make a hundred loads. The remedy there is a lease in the shared cache.
 *
 * In real systems. Go's `singleflight` is the `loading` map (`golang.org/x/sync/singleflight`, 214 lines; it began as 60
 * lines of groupcache). Facebook's memcached hands out a lease, one token per key each ten seconds, to whoever may ask
 * the database, which brought the peak from 17,000 queries a second down to 1,300 (Nishtala et al., "Scaling Memcache
 * at Facebook", NSDI 2013, §3.2.1); open-source memcached has the same as "win for recache" in its meta commands. To
 * avoid the wait at expiry altogether, renew a little early, by chance (XFetch, PVLDB 8(8), 2015), or serve the old value
 * meanwhile, as the edge server of this lesson does.
 */
export function createReadThrough<K, V>(options: ReadThroughOptions<K, V>): ReadThrough<K, V> {
  const { load, ttlMs, now, capacity } = options;
  if (!(ttlMs > 0) || !Number.isFinite(ttlMs)) throw new RangeError(`ttlMs must be above 0 and finite: ${ttlMs}`);

  const stored = new LruCache<K, V>(capacity);
  const loading = new Map<K, Promise<V>>();
  /** One ttl for all means that deadlines come in the order of storing: the front of this map expires first. */
  const deadlines = new Map<K, number>();

  function dropExpired(): void {
    for (const [key, deadline] of deadlines) {
      if (now() < deadline) return;
      deadlines.delete(key);
      stored.delete(key);
    }
  }

  /** An async function turns a `load` that throws into one that rejects. */
  async function loadAndStore(key: K): Promise<V> {
    const value = await load(key);
    dropExpired();
    stored.set(key, value);
    deadlines.delete(key);
    deadlines.set(key, now() + ttlMs);
    // What the LRU evicts leaves its deadline behind; sweeping at twice the capacity costs O(1) per store on average.
    if (deadlines.size > 2 * capacity) {
      for (const known of deadlines.keys()) if (!stored.has(known)) deadlines.delete(known);
    }
    return value;
  }

  return {
    async get(key) {
      dropExpired();
      // `has` first: a stored `undefined` is an answer, too.
      if (stored.has(key)) return stored.get(key) as V;
      const underWay = loading.get(key);
      if (underWay !== undefined) return underWay;
      // In this order, and as one chain: a `finally` inside `loadAndStore` would run before `set` when `load` throws at
      // once, and a second chain beside the returned one would reject with nobody to hear it.
      const flight = loadAndStore(key).finally(() => loading.delete(key));
      loading.set(key, flight);
      return flight;
    },
  };
}
