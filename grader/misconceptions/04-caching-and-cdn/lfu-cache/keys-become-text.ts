import type { Cache } from '../../../../exercises/04-caching-and-cdn/contract.ts';
import type { Misconception } from '../../../suite.ts';

export const misconception: Misconception = {
  fails: 'keeps-any-value',
  message: {
    en: "Keys are turned into text on the way in, so 1 and '1' end up as one key. An object’s property names do that, and so do template strings. What keeps keys as they are?",
    ko: "키가 들어올 때 글자로 바뀌어 1과 '1'이 같은 키가 됩니다. 객체의 속성 이름이나 템플릿 문자열이 그렇게 합니다. 키를 있는 그대로 두는 것이 무엇인지 찾아보십시오.",
  },
};

interface Entry<V> {
  value: V;
  count: number;
}

export class LfuCache<K, V> implements Cache<K, V> {
  private readonly entries = new Map<string, Entry<V>>();
  private readonly buckets = new Map<number, Set<string>>();
  private least = 1;

  constructor(private readonly capacity: number) {
    if (!Number.isInteger(capacity) || capacity < 1) throw new RangeError('capacity must be a whole number, 1 or more');
  }

  get size(): number {
    return this.entries.size;
  }

  get(key: K): V | undefined {
    const entry = this.entries.get(`${key}`);
    if (entry === undefined) return undefined;
    this.use(`${key}`, entry);
    return entry.value;
  }

  has(key: K): boolean {
    return this.entries.has(`${key}`);
  }

  set(key: K, value: V): void {
    const name = `${key}`;
    const entry = this.entries.get(name);
    if (entry !== undefined) {
      entry.value = value;
      this.use(name, entry);
      return;
    }
    if (this.entries.size === this.capacity) this.evict();
    this.entries.set(name, { value, count: 1 });
    this.bucket(1).add(name);
    this.least = 1;
  }

  delete(key: K): boolean {
    return this.drop(`${key}`);
  }

  private drop(name: string): boolean {
    const entry = this.entries.get(name);
    if (entry === undefined) return false;
    this.leave(name, entry.count);
    return this.entries.delete(name);
  }

  private use(key: string, entry: Entry<V>): void {
    this.leave(key, entry.count);
    if (entry.count === this.least && !this.buckets.has(entry.count)) this.least += 1;
    entry.count += 1;
    this.bucket(entry.count).add(key);
  }

  private evict(): void {
    for (const victim of this.bucket(this.least)) {
      this.drop(victim);
      return;
    }
  }

  private bucket(count: number): Set<string> {
    const bucket = this.buckets.get(count) ?? new Set<string>();
    this.buckets.set(count, bucket);
    return bucket;
  }

  private leave(key: string, count: number): void {
    const bucket = this.bucket(count);
    bucket.delete(key);
    if (bucket.size === 0) this.buckets.delete(count);
  }
}
