import type { WriteInvalidation, WriteInvalidationOptions } from '../../../../exercises/04-caching-and-cdn/contract.ts';
import type { Misconception } from '../../../suite.ts';

export const misconception: Misconception = {
  fails: 'a-reader-before-the-commit',
  message: {
    en: 'You evict first and commit afterwards. In between, a reader misses, reads the row as it still is, and puts the old value back, where it stays. Put the two steps side by side with such a reader and ask which of them must come last.',
    ko: '먼저 축출하고 나중에 커밋합니다. 그 사이에 읽는 쪽은 캐시에서 값을 찾지 못하고, 아직 바뀌지 않은 행을 읽어 예전 값을 다시 넣습니다. 그 값은 그대로 남습니다. 두 단계 옆에 그런 읽기를 나란히 놓고, 어느 단계가 마지막이어야 하는지 생각해 보십시오.',
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
      held.delete(key);
      leases.delete(key);
      await db.write(key, value);
    },
  };
}
