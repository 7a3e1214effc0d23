import type { Cache } from '../../../../exercises/04-caching-and-cdn/contract.ts';
import type { Misconception } from '../../../suite.ts';

export const misconception: Misconception = {
  fails: 'refuses-bad-capacity',
  message: {
    en: 'Capacities below 1 are refused, but 2.5 gets through, and perhaps NaN or Infinity with it: none of them is below 1. Instead of what a capacity must not be, what must it be?',
    ko: '1보다 작은 용량은 거부하지만 2.5는 그대로 통과하며, NaN이나 Infinity도 통과할지 모릅니다. 이 값들은 1보다 작지 않기 때문입니다. 용량이 무엇이 아니어야 하는지가 아니라 무엇이어야 하는지 생각해 보십시오.',
  },
};

export class LruCache<K, V> implements Cache<K, V> {
  private readonly entries = new Map<K, V>();

  constructor(private readonly capacity: number) {
    if (capacity < 1) throw new RangeError('capacity must be a whole number, 1 or more');
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
    if (this.entries.size === this.capacity) {
      const oldest = this.entries.keys().next();
      if (!oldest.done) this.entries.delete(oldest.value);
    }
    this.entries.set(key, value);
  }

  delete(key: K): boolean {
    return this.entries.delete(key);
  }
}
