import type { ReadThrough, ReadThroughOptions } from '../../../../exercises/04-caching-and-cdn/contract.ts';
import type { Misconception } from '../../../suite.ts';

export const misconception: Misconception = {
  fails: 'shares-one-load',
  message: {
    en: 'Every reader who finds nothing starts a load of their own. At the moment a popular key expires, that is every reader at once, and the database gets all of them. What does the second reader need to know?',
    ko: '값을 찾지 못한 읽기가 저마다 로드를 시작합니다. 인기 있는 키가 만료되는 순간에는 모든 읽기가 한꺼번에 그렇게 하고, 그 부하를 모두 데이터베이스가 받습니다. 두 번째로 읽는 쪽이 무엇을 알아야 하는지 생각해 보십시오.',
  },
};

export function createReadThrough<K, V>(options: ReadThroughOptions<K, V>): ReadThrough<K, V> {
  if (!(options.ttlMs > 0 && options.ttlMs < Infinity)) throw new RangeError('ttlMs must be above 0');
  if (!Number.isInteger(options.capacity) || options.capacity < 1) throw new RangeError('capacity must be 1 or more');
  const { load, ttlMs, now, capacity } = options;
  const entries = new Map<K, { value: V; until: number }>();

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
        entries.delete(key);
        entries.set(key, entry);
        return entry.value;
      }
      return loadAndStore(key);
    },
  };
}
