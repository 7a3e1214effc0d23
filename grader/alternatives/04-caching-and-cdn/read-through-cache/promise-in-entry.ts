import type { ReadThrough, ReadThroughOptions } from '../../../../exercises/04-caching-and-cdn/contract.ts';

export function createReadThrough<K, V>(options: ReadThroughOptions<K, V>): ReadThrough<K, V> {
  if (!(options.ttlMs > 0 && options.ttlMs < Infinity)) throw new RangeError('ttlMs must be above 0');
  if (!Number.isInteger(options.capacity) || options.capacity < 1) throw new RangeError('capacity must be 1 or more');
  const { load, ttlMs, now, capacity } = options;
  /** One map for both: an entry without a deadline is a load under way and cannot be evicted. */
  const entries = new Map<K, { promise: Promise<V>; until?: number }>();
  const over = (until: number | undefined) => until !== undefined && now() >= until;

  const makeRoom = () => {
    for (const [key, { until }] of entries) if (over(until)) entries.delete(key);
    const settled = [...entries].filter(([, { until }]) => until !== undefined);
    for (const [key] of settled.slice(0, Math.max(0, settled.length - capacity))) entries.delete(key);
  };

  return {
    get(key) {
      const held = entries.get(key);
      if (held && !over(held.until)) {
        entries.delete(key);
        entries.set(key, held);
        return held.promise;
      }
      const entry: { promise: Promise<V>; until?: number } = {
        promise: Promise.resolve(key)
          .then(load)
          .then(
            (value) => {
              entries.delete(key);
              entries.set(key, entry);
              entry.until = now() + ttlMs;
              makeRoom();
              return value;
            },
            (error) => {
              entries.delete(key);
              throw error;
            },
          ),
      };
      entries.set(key, entry);
      return entry.promise;
    },
  };
}
