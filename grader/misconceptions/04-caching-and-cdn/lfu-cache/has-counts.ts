import type { Cache } from '../../../../exercises/04-caching-and-cdn/contract.ts';
import type { Misconception } from '../../../suite.ts';

export const misconception: Misconception = {
  fails: 'has-and-misses-are-no-use',
  message: {
    en: 'Asking has counts as a use in your cache. What does your has do besides looking?',
    ko: '지금 캐시에서는 has로 물어보는 것도 횟수에 넣습니다. has가 키를 찾아보는 것 말고 무엇을 더 하는지 살펴보십시오.',
  },
};

interface Entry<V> {
  value: V;
  count: number;
}

export class LfuCache<K, V> implements Cache<K, V> {
  private readonly entries = new Map<K, Entry<V>>();
  private readonly buckets = new Map<number, Set<K>>();
  private least = 1;

  constructor(private readonly capacity: number) {
    if (!Number.isInteger(capacity) || capacity < 1) throw new RangeError('capacity must be a whole number, 1 or more');
  }

  get size(): number {
    return this.entries.size;
  }

  get(key: K): V | undefined {
    const entry = this.entries.get(key);
    if (entry === undefined) return undefined;
    this.use(key, entry);
    return entry.value;
  }

  has(key: K): boolean {
    const entry = this.entries.get(key);
    if (entry !== undefined) this.use(key, entry);
    return entry !== undefined;
  }

  set(key: K, value: V): void {
    const entry = this.entries.get(key);
    if (entry !== undefined) {
      entry.value = value;
      this.use(key, entry);
      return;
    }
    if (this.entries.size === this.capacity) this.evict();
    this.entries.set(key, { value, count: 1 });
    this.bucket(1).add(key);
    this.least = 1;
  }

  delete(key: K): boolean {
    const entry = this.entries.get(key);
    if (entry === undefined) return false;
    this.leave(key, entry.count);
    return this.entries.delete(key);
  }

  private use(key: K, entry: Entry<V>): void {
    this.leave(key, entry.count);
    if (entry.count === this.least && !this.buckets.has(entry.count)) this.least += 1;
    entry.count += 1;
    this.bucket(entry.count).add(key);
  }

  private evict(): void {
    for (const victim of this.bucket(this.least)) {
      this.delete(victim);
      return;
    }
  }

  private bucket(count: number): Set<K> {
    const bucket = this.buckets.get(count) ?? new Set<K>();
    this.buckets.set(count, bucket);
    return bucket;
  }

  private leave(key: K, count: number): void {
    const bucket = this.bucket(count);
    bucket.delete(key);
    if (bucket.size === 0) this.buckets.delete(count);
  }
}
