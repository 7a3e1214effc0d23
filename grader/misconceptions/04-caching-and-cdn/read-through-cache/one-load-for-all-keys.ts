import type { ReadThrough, ReadThroughOptions } from '../../../../exercises/04-caching-and-cdn/contract.ts';
import type { Misconception } from '../../../suite.ts';

export const misconception: Misconception = {
  fails: 'shares-one-load',
  message: {
    en: 'While one key is being loaded, readers of every other key wait for it, or get its value. What two readers may share depends on what they asked for. By what do you find the load that is under way?',
    ko: '한 키를 로드하는 동안 다른 키를 읽는 쪽까지 모두 그 로드를 기다리거나 그 값을 받습니다. 두 읽기가 무엇을 함께 기다려도 되는지는 무엇을 요청했는지에 달려 있습니다. 진행 중인 로드를 무엇으로 찾는지 살펴보십시오.',
  },
};

export function createReadThrough<K, V>(options: ReadThroughOptions<K, V>): ReadThrough<K, V> {
  if (!(options.ttlMs > 0 && options.ttlMs < Infinity)) throw new RangeError('ttlMs must be above 0');
  if (!Number.isInteger(options.capacity) || options.capacity < 1) throw new RangeError('capacity must be 1 or more');
  const { load, ttlMs, now, capacity } = options;
  const entries = new Map<K, { value: V; until: number }>();
  let loading: Promise<V> | undefined;

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
      if (loading !== undefined) return loading;
      const flight = loadAndStore(key).finally(() => {
        loading = undefined;
      });
      loading = flight;
      return flight;
    },
  };
}
