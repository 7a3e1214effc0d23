import type { Cache } from '../../../../exercises/04-caching-and-cdn/contract.ts';
import type { Misconception } from '../../../suite.ts';

export const misconception: Misconception = {
  fails: 'newcomer-gets-in',
  message: {
    en: 'The newcomer is put in first and the smallest count is looked for afterwards. As soon as everybody else has been used twice, that count is the newcomer’s own, and nobody new ever gets in. In which order do the two steps have to happen?',
    ko: '새 항목을 먼저 넣은 다음 가장 작은 횟수를 찾습니다. 다른 항목이 모두 두 번 이상 쓰인 뒤에는 그것이 바로 새 항목의 횟수이므로, 새로 들어올 수 있는 항목이 없습니다. 두 단계가 어떤 순서로 일어나야 하는지 생각해 보십시오.',
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
    this.entries.set(key, { value, count: 1 });
    this.bucket(1).add(key);
    this.least = 1;
    if (this.entries.size > this.capacity) this.evict();
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
