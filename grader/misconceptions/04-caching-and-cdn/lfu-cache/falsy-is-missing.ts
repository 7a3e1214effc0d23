import type { Cache } from '../../../../exercises/04-caching-and-cdn/contract.ts';
import type { Misconception } from '../../../suite.ts';

export const misconception: Misconception = {
  fails: 'keeps-any-value',
  message: {
    en: 'Reading an entry whose value is 0 or empty gives the value, but does not count as a use. How does your get tell that it has found something?',
    ko: '값이 0이거나 비어 있는 항목은 읽으면 값이 나오지만 횟수가 늘지 않습니다. get이 무엇을 보고 항목을 찾았다고 판단하는지 살펴보십시오.',
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
    if (!entry?.value) return entry?.value;
    this.use(key, entry);
    return entry.value;
  }

  has(key: K): boolean {
    return this.entries.has(key);
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
