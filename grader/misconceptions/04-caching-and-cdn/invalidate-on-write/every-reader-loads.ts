import type { WriteInvalidation, WriteInvalidationOptions } from '../../../../exercises/04-caching-and-cdn/contract.ts';
import type { Misconception } from '../../../suite.ts';

export const misconception: Misconception = {
  fails: 'shares-one-load',
  message: {
    en: 'Readers who come while a key is being loaded start loads of their own. One load would have an answer for all of them, but the database gets as many as there are readers. What does the second reader have to find?',
    ko: '어떤 키를 로드하는 동안 온 읽기가 저마다 로드를 시작합니다. 로드 하나로 모두에게 답할 수 있는데도 데이터베이스는 읽기 수만큼 로드를 받습니다. 두 번째로 읽는 쪽이 무엇을 찾을 수 있어야 하는지 생각해 보십시오.',
  },
};

export function createWriteInvalidation<K, V>(options: WriteInvalidationOptions<K, V>): WriteInvalidation<K, V> {
  const { db, capacity } = options;
  if (!Number.isInteger(capacity) || capacity < 1) throw new RangeError('capacity must be 1 or more');
  const held = new Map<K, V>();
  const leases = new Map<K, { outcome?: Promise<V> }>();

  function remember(key: K, value: V): void {
    held.delete(key);
    if (held.size === capacity) held.delete(held.keys().next().value as K);
    held.set(key, value);
  }

  async function load(key: K, lease: { outcome?: Promise<V> }): Promise<V> {
    try {
      const { value } = await db.read(key);
      if (leases.get(key) === lease) remember(key, value);
      return value;
    } finally {
      if (leases.get(key) === lease) leases.delete(key);
    }
  }

  return {
    async read(key) {
      if (held.has(key)) {
        const value = held.get(key) as V;
        remember(key, value);
        return value;
      }
      const lease: { outcome?: Promise<V> } = {};
      leases.set(key, lease);
      lease.outcome = load(key, lease);
      return lease.outcome;
    },

    async write(key, value) {
      try {
        await db.write(key, value);
      } finally {
        held.delete(key);
        leases.delete(key);
      }
    },
  };
}
