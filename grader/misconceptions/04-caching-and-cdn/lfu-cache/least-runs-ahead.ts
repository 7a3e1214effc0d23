import type { Cache } from '../../../../exercises/04-caching-and-cdn/contract.ts';
import type { Misconception } from '../../../suite.ts';

export const misconception: Misconception = {
  fails: 'evicts-the-least-used',
  message: {
    en: 'Once the smallest count has moved on, a newcomer with a count of 1 does not always bring it back, and the wrong entry leaves. Which event makes the smallest count certain again?',
    ko: '가장 작은 횟수가 한번 올라간 뒤에는, 횟수가 1인 새 항목이 들어와도 다시 내려오지 않을 때가 있어서 엉뚱한 항목이 나갑니다. 어떤 일이 일어나면 가장 작은 횟수를 다시 확실히 알 수 있는지 생각해 보십시오.',
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
    if (!this.buckets.has(1)) this.least = 1;
    this.bucket(1).add(key);
  }

  delete(key: K): boolean {
    const entry = this.entries.get(key);
    if (entry === undefined) return false;
    this.leave(key, entry.count);
    return this.entries.delete(key);
  }

  private use(key: K, entry: Entry<V>): void {
    this.leave(key, entry.count);
    if (this.bucket(this.least).size === 0) this.least += 1;
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
  }
}
