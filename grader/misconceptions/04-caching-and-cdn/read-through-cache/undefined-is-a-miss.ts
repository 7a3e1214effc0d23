import type { ReadThrough, ReadThroughOptions } from '../../../../exercises/04-caching-and-cdn/contract.ts';
import type { Misconception } from '../../../suite.ts';

export const misconception: Misconception = {
  fails: 'keeps-undefined',
  message: {
    en: 'A stored undefined looks like nothing at all to your cache, so every reader loads it again. What does your cache look at to tell whether it holds a key?',
    ko: '저장된 undefined가 아무것도 없는 것처럼 보여서 읽을 때마다 다시 로드합니다. 키가 있는지를 무엇을 보고 판단하는지 살펴보십시오.',
  },
};

export function createReadThrough<K, V>(options: ReadThroughOptions<K, V>): ReadThrough<K, V> {
  if (!(options.ttlMs > 0 && options.ttlMs < Infinity)) throw new RangeError('ttlMs must be above 0');
  if (!Number.isInteger(options.capacity) || options.capacity < 1) throw new RangeError('capacity must be 1 or more');
  const { load, ttlMs, now, capacity } = options;
  const entries = new Map<K, { value: V; until: number }>();
  const loading = new Map<K, Promise<V>>();

  function dropExpired(): void {
    for (const [key, entry] of entries) if (now() >= entry.until) entries.delete(key);
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
      if (entry?.value !== undefined && now() < entry.until) {
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
