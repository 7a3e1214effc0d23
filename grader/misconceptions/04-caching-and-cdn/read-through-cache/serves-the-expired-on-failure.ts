import type { ReadThrough, ReadThroughOptions } from '../../../../exercises/04-caching-and-cdn/contract.ts';
import type { Misconception } from '../../../suite.ts';

export const misconception: Misconception = {
  fails: 'failure-reaches-everybody',
  message: {
    en: 'When a load fails, your cache falls back to the value that has expired, and the reader never hears of the failure. That can be a fine policy, but it is not the one asked for here. What does the brief say of an expired value whose reload fails?',
    ko: '로드가 실패하면 이미 만료된 값을 대신 제공하고, 읽는 쪽은 실패를 알지 못합니다. 좋은 정책일 수도 있지만 여기서 요구하는 정책은 아닙니다. 만료된 값을 다시 로드하다 실패하면 어떻게 하라고 하는지 실습 설명을 살펴보십시오.',
  },
};

export function createReadThrough<K, V>(options: ReadThroughOptions<K, V>): ReadThrough<K, V> {
  if (!(options.ttlMs > 0 && options.ttlMs < Infinity)) throw new RangeError('ttlMs must be above 0');
  if (!Number.isInteger(options.capacity) || options.capacity < 1) throw new RangeError('capacity must be 1 or more');
  const { load, ttlMs, now, capacity } = options;
  const entries = new Map<K, { value: V; until: number }>();
  const loading = new Map<K, Promise<V>>();

  async function loadAndStore(key: K): Promise<V> {
    const old = entries.get(key);
    try {
      const value = await load(key);
      for (const [other, entry] of entries) if (now() >= entry.until) entries.delete(other);
      entries.delete(key);
      if (entries.size === capacity) entries.delete(entries.keys().next().value as K);
      entries.set(key, { value, until: now() + ttlMs });
      return value;
    } catch (error) {
      if (old !== undefined) return old.value;
      throw error;
    }
  }

  return {
    async get(key) {
      const entry = entries.get(key);
      if (entry !== undefined && now() < entry.until) {
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
