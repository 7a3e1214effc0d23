import type { ReadThrough, ReadThroughOptions } from '../../../../exercises/04-caching-and-cdn/contract.ts';
import type { Misconception } from '../../../suite.ts';

export const misconception: Misconception = {
  fails: 'failure-reaches-everybody',
  message: {
    en: 'You keep the promise, and a promise that is rejected is kept like any other: one failure is served for a whole ttl. What should be left of a load that failed?',
    ko: '프로미스를 그대로 보관하는데, 거부된 프로미스도 똑같이 보관됩니다. 한 번의 실패를 TTL 내내 제공하는 셈입니다. 실패한 로드가 무엇을 남겨야 하는지 생각해 보십시오.',
  },
};

export function createReadThrough<K, V>(options: ReadThroughOptions<K, V>): ReadThrough<K, V> {
  if (!(options.ttlMs > 0 && options.ttlMs < Infinity)) throw new RangeError('ttlMs must be above 0');
  if (!Number.isInteger(options.capacity) || options.capacity < 1) throw new RangeError('capacity must be 1 or more');
  const { load, ttlMs, now, capacity } = options;
  const entries = new Map<K, { promise: Promise<V>; until: number }>();
  const evict = () => {
    for (const [key, { until }] of entries) if (now() >= until) entries.delete(key);
    for (const [key, { until }] of entries) {
      if (entries.size <= capacity) return;
      if (until !== Infinity) entries.delete(key);
    }
  };

  return {
    async get(key) {
      const held = entries.get(key);
      if (held !== undefined && now() < held.until) {
        entries.delete(key);
        entries.set(key, held);
        return held.promise;
      }
      const entry = { promise: (async () => load(key))(), until: Infinity };
      entries.set(key, entry);
      const settled = () => {
        entry.until = now() + ttlMs;
        entries.delete(key);
        entries.set(key, entry);
        evict();
      };
      entry.promise.then(settled, settled);
      return entry.promise;
    },
  };
}
