import type { Cache } from '../../../../exercises/04-caching-and-cdn/contract.ts';
import type { Misconception } from '../../../suite.ts';

export const misconception: Misconception = {
  fails: 'refuses-bad-capacity',
  message: {
    en: 'A capacity of 0 is accepted, and perhaps other numbers that make no capacity. Whoever asks for a cache that cannot hold anything has made a mistake and does not hear of it. Which capacities does the brief allow, and where do you look at the number?',
    ko: '용량 0을 그대로 받아들이며, 용량이 될 수 없는 다른 수도 받아들일지 모릅니다. 아무것도 담을 수 없는 캐시를 만들려는 것은 실수인데, 만든 쪽은 그 사실을 알지 못합니다. 실습 설명이 어떤 용량을 허용하는지, 그 수를 어디에서 확인하는지 살펴보십시오.',
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
    if (Number.isNaN(capacity)) throw new RangeError('capacity must be a number');
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
