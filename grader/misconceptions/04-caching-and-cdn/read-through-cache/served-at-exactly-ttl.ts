import type { ReadThrough, ReadThroughOptions } from '../../../../exercises/04-caching-and-cdn/contract.ts';
import type { Misconception } from '../../../suite.ts';

export const misconception: Misconception = {
  fails: 'expires-at-ttl',
  message: {
    en: 'A value that is exactly ttlMs old is still served. In this course, whatever has a deadline is over when the deadline is reached, not one tick later. Look at your comparison with the deadline.',
    ko: '나이가 정확히 ttlMs인 값을 아직 제공하고 있습니다. 이 과정에서는 기한이 있는 것은 무엇이든 기한을 지난 뒤가 아니라 기한에 이르는 순간 끝납니다. 기한과 비교하는 부분을 살펴보십시오.',
  },
};

export function createReadThrough<K, V>(options: ReadThroughOptions<K, V>): ReadThrough<K, V> {
  if (!(options.ttlMs > 0 && options.ttlMs < Infinity)) throw new RangeError('ttlMs must be above 0');
  if (!Number.isInteger(options.capacity) || options.capacity < 1) throw new RangeError('capacity must be 1 or more');
  const { load, ttlMs, now, capacity } = options;
  const entries = new Map<K, { value: V; until: number }>();
  const loading = new Map<K, Promise<V>>();

  function dropExpired(): void {
    for (const [key, entry] of entries) if (now() > entry.until) entries.delete(key);
  }

  async function loadAndStore(key: K): Promise<V> {
    const value = await load(key);
    dropExpired();
    entries.delete(key);
    if (entries.size === capacity) entries.delete(entries.keys().next().value as K);
    entries.set(key, { value, until: now() + ttlMs });
    return value;
  }

  return {
    async get(key) {
      const entry = entries.get(key);
      if (entry !== undefined && now() <= entry.until) {
        entries.delete(key);
        entries.set(key, entry);
        return entry.value;
      }
      const underWay = loading.get(key);
      if (underWay !== undefined) return underWay;
      const flight = loadAndStore(key).finally(() => loading.delete(key));
      loading.set(key, flight);
      return flight;
    },
  };
}
