import type {
  Versioned,
  WriteInvalidation,
  WriteInvalidationOptions,
} from '../../../../exercises/04-caching-and-cdn/contract.ts';
import type { Misconception } from '../../../suite.ts';

export const misconception: Misconception = {
  fails: 'a-slow-reader-stores-nothing-old',
  message: {
    en: 'You compare versions before you store, but the write has just removed the entry, so there is nothing to compare with and anything may come in. Whatever keeps the old value out has to outlive the deletion.',
    ko: '저장하기 전에 버전을 비교하지만, 방금 쓰기가 항목을 지웠기 때문에 비교할 대상이 없어 무엇이든 들어옵니다. 예전 값을 막아 주는 것은 삭제한 뒤에도 남아 있어야 합니다.',
  },
};

export function createWriteInvalidation<K, V>(options: WriteInvalidationOptions<K, V>): WriteInvalidation<K, V> {
  const { db, capacity } = options;
  if (!Number.isInteger(capacity) || capacity < 1) throw new RangeError('capacity must be 1 or more');
  const held = new Map<K, Versioned<V>>();
  const leases = new Map<K, { outcome?: Promise<V> }>();

  function remember(key: K, row: Versioned<V>): void {
    held.delete(key);
    if (held.size === capacity) held.delete(held.keys().next().value as K);
    held.set(key, row);
  }

  async function load(key: K, lease: { outcome?: Promise<V> }): Promise<V> {
    try {
      const row = await db.read(key);
      const { value } = row;
      const known = held.get(key);
      if (known === undefined || known.version < row.version) remember(key, row);
      return value;
    } finally {
      if (leases.get(key) === lease) leases.delete(key);
    }
  }

  return {
    async read(key) {
      if (held.has(key)) {
        const value = (held.get(key) as Versioned<V>).value;
        remember(key, held.get(key) as Versioned<V>);
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
        leases.delete(key);
      }
    },
  };
}
