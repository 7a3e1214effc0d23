import type { WriteInvalidation, WriteInvalidationOptions } from '../../../../exercises/04-caching-and-cdn/contract.ts';
import type { Misconception } from '../../../suite.ts';

export const misconception: Misconception = {
  fails: 'evicts-only-what-it-must',
  message: {
    en: 'Whoever was stored first leaves first, however often it has been read since. A popular feed goes and a feed that nobody reads stays. What should be different after a read?',
    ko: '그동안 얼마나 자주 읽혔는지와 상관없이 먼저 저장된 값부터 내보냅니다. 인기 있는 피드가 나가고 아무도 읽지 않는 피드가 남습니다. 값을 읽은 뒤에 무엇이 달라져야 하는지 살펴보십시오.',
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
      if (held.has(key)) return held.get(key) as V;
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
        leases.delete(key);
      }
    },
  };
}
