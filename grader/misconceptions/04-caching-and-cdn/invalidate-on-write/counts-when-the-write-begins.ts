import type { WriteInvalidation, WriteInvalidationOptions } from '../../../../exercises/04-caching-and-cdn/contract.ts';
import type { Misconception } from '../../../suite.ts';

export const misconception: Misconception = {
  fails: 'a-slow-reader-stores-nothing-old',
  message: {
    en: 'You take note of a write when it begins. A load that begins after that, while the write is still under way, sees the old row, and nothing stops it from storing that row when it arrives. At which moment do the values from before become old?',
    ko: '쓰기가 시작될 때 그 사실을 적어 둡니다. 그 뒤, 쓰기가 아직 진행 중일 때 시작된 로드는 예전 행을 보며, 도착해서 그 행을 저장해도 막는 것이 없습니다. 이전 값이 낡은 값이 되는 순간이 언제인지 생각해 보십시오.',
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
      writes.set(key, (writes.get(key) ?? 0) + 1);
      try {
        await db.write(key, value);
      } finally {
        held.delete(key);
        leases.delete(key);
      }
    },
  };
}
