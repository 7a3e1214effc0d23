import type { WriteInvalidation, WriteInvalidationOptions } from '../../../../exercises/04-caching-and-cdn/contract.ts';
import type { Misconception } from '../../../suite.ts';

export const misconception: Misconception = {
  fails: 'a-late-reader-does-not-join',
  message: {
    en: 'A write removes the value that is held, and nothing else. A load that was already under way goes on as if nothing had happened: a reader who comes after the write shares it and is given the old value, and what it brings is kept as well. What did your cache know about this key at the moment of the write, besides the value?',
    ko: '쓰기가 캐시에 있는 값만 지우고 다른 것은 그대로 둡니다. 이미 진행 중이던 로드는 아무 일도 없었던 것처럼 계속됩니다. 쓰기 뒤에 온 읽기가 그 로드를 함께 기다려 예전 값을 받고, 그 로드가 가져온 값은 캐시에 남기까지 합니다. 쓰기가 끝난 순간에 캐시가 이 키에 대해 값 말고 무엇을 더 알고 있었는지 살펴보십시오.',
  },
};

export function createWriteInvalidation<K, V>(options: WriteInvalidationOptions<K, V>): WriteInvalidation<K, V> {
  const { db, capacity } = options;
  if (!Number.isInteger(capacity) || capacity < 1) throw new RangeError('capacity must be 1 or more');
  const held = new Map<K, V>();
  const loading = new Map<K, Promise<V>>();

  function remember(key: K, value: V): void {
    held.delete(key);
    if (held.size === capacity) held.delete(held.keys().next().value as K);
    held.set(key, value);
  }

  async function loadAndStore(key: K): Promise<V> {
    const { value } = await db.read(key);
    remember(key, value);
    return value;
  }

  return {
    async read(key) {
      if (held.has(key)) {
        const value = held.get(key) as V;
        remember(key, value);
        return value;
      }
      const underWay = loading.get(key);
      if (underWay !== undefined) return underWay;
      const flight = loadAndStore(key).finally(() => loading.delete(key));
      loading.set(key, flight);
      return flight;
    },

    async write(key, value) {
      await db.write(key, value);
      held.delete(key);
    },
  };
}
