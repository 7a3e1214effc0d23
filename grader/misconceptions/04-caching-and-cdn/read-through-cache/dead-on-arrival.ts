import type { ReadThrough, ReadThroughOptions } from '../../../../exercises/04-caching-and-cdn/contract.ts';
import type { Misconception } from '../../../suite.ts';

export const misconception: Misconception = {
  fails: 'expires-at-ttl',
  message: {
    en: 'A renewed value inherits the deadline of the one it replaces, so it has expired before anybody reads it, and every reader loads again. Look at when a deadline is written down.',
    ko: '새로 로드한 값이 이전 값의 기한을 물려받아, 누가 읽기도 전에 이미 만료되어 있습니다. 그래서 읽을 때마다 다시 로드합니다. 기한을 언제 기록하는지 살펴보십시오.',
  },
};

export function createReadThrough<K, V>(options: ReadThroughOptions<K, V>): ReadThrough<K, V> {
  if (!(options.ttlMs > 0 && options.ttlMs < Infinity)) throw new RangeError('ttlMs must be above 0');
  if (!Number.isInteger(options.capacity) || options.capacity < 1) throw new RangeError('capacity must be 1 or more');
  const { load, ttlMs, now, capacity } = options;
  const values = new Map<K, V>();
  const deadlines = new Map<K, number>();
  const loading = new Map<K, Promise<V>>();

  async function loadAndStore(key: K): Promise<V> {
    const value = await load(key);
    values.delete(key);
    if (values.size === capacity) {
      const oldest = values.keys().next().value as K;
      values.delete(oldest);
      deadlines.delete(oldest);
    }
    values.set(key, value);
    if (!deadlines.has(key)) deadlines.set(key, now() + ttlMs);
    return value;
  }

  return {
    async get(key) {
      const deadline = deadlines.get(key);
      if (deadline !== undefined && now() < deadline) {
        const value = values.get(key) as V;
        values.delete(key);
        values.set(key, value);
        return value;
      }
      const underWay = loading.get(key);
      if (underWay !== undefined) return underWay;
      const flight = loadAndStore(key).finally(() => loading.delete(key));
      loading.set(key, flight);
      return flight;
    },
  };
}
