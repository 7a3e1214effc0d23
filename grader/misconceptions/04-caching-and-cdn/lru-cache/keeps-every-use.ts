import type { Cache } from '../../../../exercises/04-caching-and-cdn/contract.ts';
import type { Misconception } from '../../../suite.ts';

export const misconception: Misconception = {
  fails: 'memory-does-not-grow',
  message: {
    en: 'The answers are right, but calls leave something behind that nobody ever throws away: a note of each use, perhaps, or keys that left long ago. A cache that is busy all day then grows all day. Go through everything that your cache remembers: when does each of these become smaller again?',
    ko: '답은 맞지만, 호출할 때마다 무언가가 남고 아무도 그것을 버리지 않습니다. 사용할 때마다 남긴 기록일 수도 있고, 오래전에 나간 키일 수도 있습니다. 그러면 하루 종일 쓰는 캐시는 하루 종일 커집니다. 캐시가 기억하는 것을 하나씩 짚으며, 각각이 언제 다시 줄어드는지 살펴보십시오.',
  },
};

export class LruCache<K, V> implements Cache<K, V> {
  private readonly entries = new Map<K, { value: V; uses: number }>();
  /** Every use in the order in which it happened. */
  private readonly history: K[] = [];
  private next = 0;

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
    let entry = this.entries.get(key);
    if (entry === undefined) {
      if (this.entries.size === this.capacity) this.evict();
      entry = { value, uses: 0 };
      this.entries.set(key, entry);
    }
    entry.value = value;
    this.use(key, entry);
  }

  delete(key: K): boolean {
    return this.entries.delete(key);
  }

  private use(key: K, entry: { uses: number }): void {
    this.history.push(key);
    entry.uses = this.history.length;
  }

  private evict(): void {
    for (;;) {
      const key = this.history[this.next++] as K;
      if (this.entries.get(key)?.uses !== this.next) continue;
      this.entries.delete(key);
      return;
    }
  }
}
