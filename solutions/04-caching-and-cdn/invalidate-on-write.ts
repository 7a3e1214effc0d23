import type { WriteInvalidation, WriteInvalidationOptions } from '../../exercises/04-caching-and-cdn/contract.ts';
import { LruCache } from './lru-cache.ts';

/** The right to store what a load brings, and the promise for those who share it. Its identity is all that counts. */
interface Lease<V> {
  outcome?: Promise<V>;
}

/**
 * Commit, then delete; and take away from the loads that are under way the right to store what they bring.
 *
 * Deleting the value is only half of it. A reader who missed before the write may still be holding the old row, and stores
 * it after the deletion: the cache then serves it until somebody writes again. So a load needs more than
 * a place where others find it: it needs a *lease*. Only the load whose lease stands under its key may store. A write, when it is answered,
 * removes the value and the lease together; whoever reads next starts a load of their own.
 *
 * Trade-offs. A write that fails evicts as well, because nobody knows what became of it; that costs at most one load.
 * The lease forbids more than it must (a load that already saw the new row may not store either), where comparing
 * versions would let it. But a comparison needs something to compare with after the deletion, a tombstone for each key
 * that was written, and somebody to sweep those up. Writing the new value into the cache would save the next load; two
 * writers whose confirmations cross then leave the older value behind, unless versions are compared again.
 * Deletions may be repeated, reordered and sent to everybody: they are idempotent.
 *
 * In real systems. Facebook's memcached gives out a 64-bit lease on a miss and voids it on a delete; a set without a
 * valid lease is refused (Nishtala et al., "Scaling Memcache at Facebook", NSDI 2013, §3.2.1; §2 for why delete, not set).
 * Open-source memcached has it as `md … I`: mark stale and raise the CAS (`doc/protocol.txt`). TAO orders its cache
 * messages by version numbers (ATC 2013). It is one bug with many faces: a stale set after a delete, a deposed primary's
 * write, an acknowledgement that comes late. Same cure each time: whoever stores checks that it is still their turn.
 */
export function createWriteInvalidation<K, V>({
  db,
  capacity,
}: WriteInvalidationOptions<K, V>): WriteInvalidation<K, V> {
  const values = new LruCache<K, V>(capacity);
  /** The one load of each key that may store. */
  const leases = new Map<K, Lease<V>>();

  async function load(key: K, lease: Lease<V>): Promise<V> {
    try {
      const { value } = await db.read(key);
      if (leases.get(key) === lease) values.set(key, value);
      return value;
    } finally {
      // Not simply `delete(key)`: a newer load may hold the lease by now.
      if (leases.get(key) === lease) leases.delete(key);
    }
  }

  return {
    async read(key) {
      if (values.has(key)) return values.get(key) as V;
      const shared = leases.get(key);
      if (shared !== undefined) return shared.outcome as Promise<V>;
      const lease: Lease<V> = {};
      leases.set(key, lease);
      lease.outcome = load(key, lease);
      return lease.outcome;
    },

    async write(key, value) {
      try {
        await db.write(key, value);
      } finally {
        values.delete(key);
        leases.delete(key);
      }
    },
  };
}
