import type { ReadThrough, ReadThroughOptions } from '../../../../exercises/04-caching-and-cdn/contract.ts';
import type { Misconception } from '../../../suite.ts';

export const misconception: Misconception = {
  fails: 'throwing-load-rejects',
  message: {
    en: 'When load throws instead of returning a promise, get throws as well. Its callers wrote .catch, not try. Where do you call load, and what catches there?',
    ko: 'load가 프로미스를 반환하지 않고 바로 예외를 던지면 get도 예외를 던집니다. get을 부르는 쪽은 try가 아니라 .catch를 씁니다. load를 어디에서 부르는지, 그 자리에서 예외를 무엇이 받는지 살펴보십시오.',
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

  function keep(key: K, value: V): V {
    dropExpired();
    entries.delete(key);
    if (entries.size === capacity) entries.delete(entries.keys().next().value as K);
    entries.set(key, { value, until: now() + ttlMs });
    return value;
  }

  return {
    get(key) {
      const entry = entries.get(key);
      if (entry !== undefined && now() < entry.until) {
        entries.delete(key);
        entries.set(key, entry);
        return Promise.resolve(entry.value);
      }
      const underWay = loading.get(key);
      if (underWay !== undefined) return underWay;
      const flight = load(key)
        .then((value) => keep(key, value))
        .finally(() => loading.delete(key));
      loading.set(key, flight);
      return flight;
    },
  };
}
