import type { Cache } from '../../../../exercises/04-caching-and-cdn/contract.ts';
import type { Misconception } from '../../../suite.ts';

export const misconception: Misconception = {
  fails: 'memory-does-not-grow',
  message: {
    en: 'The answers are right, but the memory grows with the number of calls although the cache holds a handful of entries. Something stays behind that nobody will need again: a place for a count that no entry has any more, perhaps, or a note of each use, or keys that left long ago. When an entry moves from one count to the next, or leaves, what of it remains where it was?',
    ko: '답은 맞지만, 캐시가 가진 항목은 몇 개뿐인데도 호출이 늘수록 메모리가 늘어납니다. 다시는 필요하지 않을 것이 남기 때문입니다. 이제 어떤 항목도 갖지 않은 횟수의 자리일 수도 있고, 사용할 때마다 남긴 기록이나 오래전에 나간 키일 수도 있습니다. 항목의 횟수가 하나 늘거나 항목이 나갈 때, 원래 있던 자리에 무엇이 남는지 살펴보십시오.',
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
    this.bucket(entry.count).delete(key);
    return this.entries.delete(key);
  }

  private use(key: K, entry: Entry<V>): void {
    this.bucket(entry.count).delete(key);
    if (entry.count === this.least && this.bucket(entry.count).size === 0) this.least += 1;
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
}
