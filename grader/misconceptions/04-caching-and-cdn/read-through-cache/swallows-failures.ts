import type { ReadThrough, ReadThroughOptions } from '../../../../exercises/04-caching-and-cdn/contract.ts';
import type { Misconception } from '../../../suite.ts';

export const misconception: Misconception = {
  fails: 'failure-reaches-everybody',
  message: {
    en: 'A failed load is turned into undefined on the way. The reader sees an empty feed and believes it. Whoever asked has to hear that it did not work. Where does the error end in your code?',
    ko: '실패한 로드가 도중에 undefined로 바뀝니다. 읽는 쪽은 빈 피드를 보고 그대로 믿게 됩니다. 요청한 쪽이 실패했다는 사실을 알 수 있어야 합니다. 오류가 코드의 어디에서 끝나 버리는지 찾아보십시오.',
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
    try {
      const value = await load(key);
      dropExpired();
      entries.delete(key);
      if (entries.size === capacity) entries.delete(entries.keys().next().value as K);
      entries.set(key, { value, until: now() + ttlMs });
      return value;
    } catch {
      return undefined as V;
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
