import type { ReadThrough, ReadThroughOptions } from '../../../../exercises/04-caching-and-cdn/contract.ts';
import type { Misconception } from '../../../suite.ts';

export const misconception: Misconception = {
  fails: 'refuses-bad-options',
  message: {
    en: 'A ttlMs of 0 is accepted, and perhaps other numbers that make no sense as a lifetime or as a capacity. A value that is over as soon as it is stored makes the database do all the work, and whoever mistyped the number never hears of it. Which numbers does the brief allow for ttlMs and for capacity, and where do you look at them?',
    ko: 'ttlMs로 0을 그대로 받아들이며, 수명이나 용량이 될 수 없는 다른 수도 받아들일지 모릅니다. 저장하자마자 만료되는 값이라면 모든 일을 데이터베이스가 하게 되는데, 수를 잘못 적은 쪽은 그 사실을 알지 못합니다. 실습 설명이 ttlMs와 capacity에 각각 어떤 수를 허용하는지, 그 수를 어디에서 확인하는지 살펴보십시오.',
  },
};

export function createReadThrough<K, V>(options: ReadThroughOptions<K, V>): ReadThrough<K, V> {
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
