import type { WriteInvalidation, WriteInvalidationOptions } from '../../../../exercises/04-caching-and-cdn/contract.ts';
import type { Misconception } from '../../../suite.ts';

export const misconception: Misconception = {
  fails: 'two-writers-at-once',
  message: {
    en: 'When a write is confirmed you put its value into the cache. When two writes overlap, their confirmations may arrive in another order than their commits, and the older value stays. What could you do at each confirmation that comes to the same in any order?',
    ko: '쓰기가 확인되면 그 값을 캐시에 넣습니다. 두 쓰기가 겹치면 확인 응답이 커밋과 다른 순서로 도착할 수 있고, 그러면 더 오래된 값이 남습니다. 확인 응답이 올 때마다 무엇을 하면 순서가 어떻든 결과가 같은지 생각해 보십시오.',
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
      const shared = leases.get(key);
      if (shared !== undefined) return shared.outcome as Promise<V>;
      const lease: { outcome?: Promise<V> } = {};
      leases.set(key, lease);
      lease.outcome = load(key, lease);
      return lease.outcome;
    },

    async write(key, value) {
      try {
        await db.write(key, value);
      } catch (error) {
        held.delete(key);
        leases.delete(key);
        throw error;
      }
      leases.delete(key);
      remember(key, value);
    },
  };
}
