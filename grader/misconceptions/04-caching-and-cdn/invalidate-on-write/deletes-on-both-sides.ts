import type { WriteInvalidation, WriteInvalidationOptions } from '../../../../exercises/04-caching-and-cdn/contract.ts';
import type { Misconception } from '../../../suite.ts';

export const misconception: Misconception = {
  fails: 'a-slow-reader-stores-nothing-old',
  message: {
    en: 'You evict before and after the commit. That catches many readers, but not the one who saw the old row and arrives after your second deletion. However long you wait, somebody can be slower. Do not ask when to delete; ask who may still store.',
    ko: '커밋 앞뒤로 두 번 축출합니다. 많은 경우를 막지만, 예전 행을 보고 두 번째 삭제보다 늦게 도착하는 읽기는 막지 못합니다. 아무리 기다려도 그보다 느린 쪽이 있을 수 있습니다. 언제 지울지가 아니라, 누가 아직 저장해도 되는지를 물어보십시오.',
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
      remember(key, value);
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
      const forget = () => {
        held.delete(key);
        leases.delete(key);
      };
      forget();
      await db.write(key, value);
      forget();
    },
  };
}
