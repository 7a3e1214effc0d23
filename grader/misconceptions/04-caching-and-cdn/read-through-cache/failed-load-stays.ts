import type { ReadThrough, ReadThroughOptions } from '../../../../exercises/04-caching-and-cdn/contract.ts';
import type { Misconception } from '../../../suite.ts';

export const misconception: Misconception = {
  fails: 'failure-reaches-everybody',
  message: {
    en: 'After a load has failed, its promise stays where readers look for a load under way, so everybody who comes later is handed the old failure. A database that was down for a second is down for ever. When is a load over?',
    ko: '로드가 실패한 뒤에도 그 프로미스가 진행 중인 로드를 찾는 자리에 남아 있어서, 나중에 읽는 쪽도 모두 예전의 실패를 받습니다. 일 초 동안 멈췄던 데이터베이스가 영원히 멈춘 것이 됩니다. 로드는 언제 끝난 것인지 생각해 보십시오.',
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
    loading.delete(key);
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
      const underWay = loading.get(key);
      if (underWay !== undefined) return underWay;
      const flight = loadAndStore(key);
      loading.set(key, flight);
      return flight;
    },
  };
}
