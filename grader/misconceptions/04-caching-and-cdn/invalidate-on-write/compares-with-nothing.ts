import type {
  Versioned,
  WriteInvalidation,
  WriteInvalidationOptions,
} from '../../../../exercises/04-caching-and-cdn/contract.ts';
import type { Misconception } from '../../../suite.ts';

export const misconception: Misconception = {
  fails: 'a-slow-reader-stores-nothing-old',
  message: {
    en: 'A late load does not replace a newer value that is held. But the write has just removed its entry, so there is nothing to compare with, and the old value comes in. What is left after the deletion to tell a load that there was a write?',
    ko: '늦게 도착한 로드가 캐시에 있는 더 새로운 값을 덮어쓰지는 않습니다. 하지만 방금 쓰기가 항목을 지웠기 때문에 비교할 대상이 없어 예전 값이 들어옵니다. 항목을 지운 뒤에 쓰기가 있었다는 것을 로드가 무엇으로 알 수 있는지 생각해 보십시오.',
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
