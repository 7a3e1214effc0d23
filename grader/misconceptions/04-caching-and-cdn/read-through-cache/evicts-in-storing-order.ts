import type { ReadThrough, ReadThroughOptions } from '../../../../exercises/04-caching-and-cdn/contract.ts';
import type { Misconception } from '../../../suite.ts';

export const misconception: Misconception = {
  fails: 'evicts-the-longest-unused',
  message: {
    en: 'Whoever was stored first leaves first, however often it has been read since. A popular feed goes and a feed that nobody reads stays. What should be different after a read?',
    ko: '그동안 얼마나 자주 읽혔는지와 상관없이 먼저 저장된 값부터 내보냅니다. 인기 있는 피드가 나가고 아무도 읽지 않는 피드가 남습니다. 값을 읽은 뒤에 무엇이 달라져야 하는지 살펴보십시오.',
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
      if (entry !== undefined && now() < entry.until) {
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
