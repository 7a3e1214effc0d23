import type { Cache } from '../../../../exercises/04-caching-and-cdn/contract.ts';
import type { Misconception } from '../../../suite.ts';

export const misconception: Misconception = {
  fails: 'evicts-the-longest-unused',
  message: {
    en: 'To make room, your cache lets go of the entry that was used last, and those that have gone unused for longest stay. Look at which end of your order you take the victim from.',
    ko: '지금 캐시는 자리를 마련할 때 마지막으로 쓰인 항목을 내보내고, 가장 오랫동안 쓰이지 않은 항목을 남깁니다. 순서의 어느 쪽 끝에서 내보낼 항목을 고르는지 살펴보십시오.',
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
    if (this.entries.size === this.capacity) {
      const newest = [...this.entries.keys()].pop() as K;
      this.entries.delete(newest);
    }
    this.entries.set(key, value);
  }

  delete(key: K): boolean {
    return this.entries.delete(key);
  }
}
