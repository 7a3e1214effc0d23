import type { Cache } from '../../../../exercises/04-caching-and-cdn/contract.ts';
import type { Misconception } from '../../../suite.ts';

export const misconception: Misconception = {
  fails: 'newcomer-gets-in',
  message: {
    en: 'When the last entry with the smallest count is used, your smallest count still points to the place it has left. There is nobody there to evict, and the cache grows. What happens to the smallest count at that moment?',
    ko: '횟수가 가장 작은 마지막 항목이 쓰이고 나서도, 기억해 둔 가장 작은 횟수는 여전히 그 항목이 떠난 자리를 가리킵니다. 그 자리에는 내보낼 항목이 없어서 캐시가 커집니다. 그 순간 가장 작은 횟수가 어떻게 되는지 생각해 보십시오.',
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
