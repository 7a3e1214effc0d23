import type { WriteInvalidation, WriteInvalidationOptions } from '../../../../exercises/04-caching-and-cdn/contract.ts';
import type { Misconception } from '../../../suite.ts';

export const misconception: Misconception = {
  fails: 'a-late-reader-does-not-join',
  message: {
    en: 'A reader who comes after a write still finds the load that began before it, shares it, and is given the old value. Even if that load stores nothing any more, its answer is too old for this reader. Who may share a load that began before a write?',
    ko: '쓰기 뒤에 온 읽기가 쓰기 전에 시작된 로드를 찾아 함께 기다리고, 예전 값을 받습니다. 그 로드가 더는 아무것도 저장하지 않더라도, 그 답은 이 읽기에는 너무 오래된 것입니다. 쓰기 전에 시작된 로드를 누가 함께 기다려도 되는지 생각해 보십시오.',
  },
};

export function createWriteInvalidation<K, V>(options: WriteInvalidationOptions<K, V>): WriteInvalidation<K, V> {
  const { db, capacity } = options;
  if (!Number.isInteger(capacity) || capacity < 1) throw new RangeError('capacity must be 1 or more');
  const held = new Map<K, V>();
  const leases = new Map<K, { outcome?: Promise<V> }>();
  const writes = new Map<K, number>();
  function remember(key: K, value: V): void {
    held.delete(key);
    if (held.size === capacity) held.delete(held.keys().next().value as K);
    held.set(key, value);
  }

  async function load(key: K, lease: { outcome?: Promise<V> }): Promise<V> {
    try {
      const before = writes.get(key);
      const { value } = await db.read(key);
      if (writes.get(key) === before) remember(key, value);
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
      } finally {
        held.delete(key);
        writes.set(key, (writes.get(key) ?? 0) + 1);
      }
    },
  };
}
