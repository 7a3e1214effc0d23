import type { ReadThrough, ReadThroughOptions } from '../../../../exercises/04-caching-and-cdn/contract.ts';

export function createReadThrough<K, V>(options: ReadThroughOptions<K, V>): ReadThrough<K, V> {
  if (!(options.ttlMs > 0 && options.ttlMs < Infinity)) throw new RangeError('ttlMs must be above 0');
  if (!Number.isInteger(options.capacity) || options.capacity < 1) throw new RangeError('capacity must be 1 or more');
  const { load, ttlMs, now, capacity } = options;
  const entries = new Map<K, { readonly value: V; readonly until: number }>();
  const locks = new Map<K, Promise<{ readonly value: V } | { readonly error: unknown }>>();

  const fresh = (key: K) => {
    for (const [other, { until }] of entries) if (until <= now()) entries.delete(other);
    const entry = entries.get(key);
    if (entry === undefined) return undefined;
    entries.delete(key);
    entries.set(key, entry);
    return entry;
  };

  /** Holds the key's lock while it loads; whoever finds the lock taken shares what its holder brings. */
  const loadAlone = async (key: K) => {
    await undefined;
    try {
      const value = await load(key);
      fresh(key);
      entries.delete(key);
      if (entries.size >= capacity) entries.delete(entries.keys().next().value as K);
      entries.set(key, { value, until: now() + ttlMs });
      return { value };
    } catch (error) {
      return { error };
    } finally {
      locks.delete(key);
    }
  };

  return {
    get: async (key) => {
      const entry = fresh(key);
      if (entry !== undefined) return entry.value;
      let lock = locks.get(key);
      if (lock === undefined) {
        lock = loadAlone(key);
        locks.set(key, lock);
      }
      const outcome = await lock;
      if ('error' in outcome) throw outcome.error;
      return outcome.value;
    },
  };
}
