import type { WriteInvalidation, WriteInvalidationOptions } from '../../../../exercises/04-caching-and-cdn/contract.ts';
import type { Misconception } from '../../../suite.ts';

export const misconception: Misconception = {
  fails: 'refuses-bad-capacity',
  message: {
    en: 'A capacity of 0 is accepted, and perhaps other numbers that make no capacity. Whoever asks for a cache that cannot hold anything has made a mistake and does not hear of it. Which capacities does the brief allow, and where do you look at the number?',
    ko: '용량 0을 그대로 받아들이며, 용량이 될 수 없는 다른 수도 받아들일지 모릅니다. 아무것도 담을 수 없는 캐시를 만들려는 것은 실수인데, 만든 쪽은 그 사실을 알지 못합니다. 실습 설명이 어떤 용량을 허용하는지, 그 수를 어디에서 확인하는지 살펴보십시오.',
  },
};

export function createWriteInvalidation<K, V>(options: WriteInvalidationOptions<K, V>): WriteInvalidation<K, V> {
  const { db, capacity } = options;
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
      } finally {
        held.delete(key);
        leases.delete(key);
      }
    },
  };
}
