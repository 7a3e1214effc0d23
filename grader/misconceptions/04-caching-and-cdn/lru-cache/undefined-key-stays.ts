import type { Cache } from '../../../../exercises/04-caching-and-cdn/contract.ts';
import type { Misconception } from '../../../suite.ts';

export const misconception: Misconception = {
  fails: 'keeps-any-value',
  message: {
    en: 'When it is the turn of an entry under the key undefined to leave, nobody leaves, and the cache grows beyond its capacity. Look at how you decide that there is a victim at all.',
    ko: '키가 undefined인 항목이 나갈 차례가 되면 아무도 나가지 않아서 캐시가 용량보다 커집니다. 내보낼 항목이 있는지를 무엇으로 판단하는지 살펴보십시오.',
  },
};

export class LruCache<K, V> implements Cache<K, V> {
  private readonly entries = new Map<K, V>();

  constructor(private readonly capacity: number) {
    if (!Number.isInteger(capacity) || capacity < 1) throw new RangeError('capacity must be a whole number, 1 or more');
  }

  get size(): number {
    return this.entries.size;
  }

  get(key: K): V | undefined {
    if (!this.entries.has(key)) return undefined;
    const value = this.entries.get(key) as V;
    this.entries.delete(key);
    this.entries.set(key, value);
    return value;
  }

  has(key: K): boolean {
    return this.entries.has(key);
  }

  set(key: K, value: V): void {
    this.entries.delete(key);
    if (this.entries.size >= this.capacity) {
      const oldest = this.entries.keys().next().value;
      if (oldest !== undefined) this.entries.delete(oldest);
    }
    this.entries.set(key, value);
  }

  delete(key: K): boolean {
    return this.entries.delete(key);
  }
}
