import type { ReadThrough, ReadThroughOptions } from '../../../../exercises/04-caching-and-cdn/contract.ts';
import type { Misconception } from '../../../suite.ts';

export const misconception: Misconception = {
  fails: 'evicts-the-longest-unused',
  message: {
    en: 'A load takes a place in the cache as soon as it begins, and can lose it again before it ends. The next reader of that key then starts a second load. When something has to leave, what does your cache choose from?',
    ko: '로드가 시작되자마자 캐시의 자리를 차지하고, 끝나기 전에 그 자리를 잃을 수도 있습니다. 그러면 그 키를 다음에 읽는 쪽이 두 번째 로드를 시작합니다. 내보낼 것을 무엇 가운데에서 고르는지 살펴보십시오.',
  },
};

export function createReadThrough<K, V>(options: ReadThroughOptions<K, V>): ReadThrough<K, V> {
  if (!(options.ttlMs > 0 && options.ttlMs < Infinity)) throw new RangeError('ttlMs must be above 0');
  if (!Number.isInteger(options.capacity) || options.capacity < 1) throw new RangeError('capacity must be 1 or more');
  const { load, ttlMs, now, capacity } = options;
  const entries = new Map<K, { promise: Promise<V>; until: number }>();
  const dropExpired = () => {
    for (const [key, { until }] of entries) if (now() >= until) entries.delete(key);
  };

  return {
    async get(key) {
      dropExpired();
      const held = entries.get(key);
      if (held !== undefined) {
        entries.delete(key);
        entries.set(key, held);
        return held.promise;
      }
      if (entries.size === capacity) entries.delete(entries.keys().next().value as K);
      const entry = { promise: (async () => load(key))(), until: Infinity };
      entries.set(key, entry);
      entry.promise.then(
        () => {
          entry.until = now() + ttlMs;
        },
        () => {
          if (entries.get(key) === entry) entries.delete(key);
        },
      );
      return entry.promise;
    },
  };
}
