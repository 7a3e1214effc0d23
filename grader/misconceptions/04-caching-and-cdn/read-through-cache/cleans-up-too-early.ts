import type { ReadThrough, ReadThroughOptions } from '../../../../exercises/04-caching-and-cdn/contract.ts';
import type { Misconception } from '../../../suite.ts';

export const misconception: Misconception = {
  fails: 'throwing-load-rejects',
  message: {
    en: 'When load throws at once, your clean-up runs before there is anything to clean up, and the failed load is registered afterwards, for ever. Write down the order in which your lines run in that one case.',
    ko: 'load가 바로 예외를 던지면 치울 것이 생기기도 전에 정리 코드가 실행되고, 실패한 로드는 그 뒤에 등록되어 영원히 남습니다. 이 경우에 코드가 어떤 순서로 실행되는지 한 줄씩 적어 보십시오.',
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
    } finally {
      loading.delete(key);
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
      const flight = loadAndStore(key);
      loading.set(key, flight);
      return flight;
    },
  };
}
