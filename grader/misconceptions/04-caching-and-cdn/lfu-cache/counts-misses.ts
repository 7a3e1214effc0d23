import type { Cache } from '../../../../exercises/04-caching-and-cdn/contract.ts';
import type { Misconception } from '../../../suite.ts';

export const misconception: Misconception = {
  fails: 'has-and-misses-are-no-use',
  message: {
    en: 'Asking for something that is not there is counted too, and the count is waiting when it comes in. Only what is held can be used. Where do you count, and what do you know about the key by then?',
    ko: '없는 것을 요청해도 횟수에 넣고, 나중에 그 항목이 들어오면 그 횟수부터 시작합니다. 사용할 수 있는 것은 갖고 있는 항목뿐입니다. 어디에서 횟수를 세는지, 그때 그 키에 대해 무엇을 아는지 살펴보십시오.',
  },
};

interface Entry<V> {
  value: V;
  count: number;
  usedAt: number;
}

export class LfuCache<K, V> implements Cache<K, V> {
  private readonly entries = new Map<K, Entry<V>>();
  private readonly counts = new Map<K, number>();
  private clock = 0;

  constructor(private readonly capacity: number) {
    if (!Number.isInteger(capacity) || capacity < 1) throw new RangeError('capacity must be a whole number, 1 or more');
  }

  get size(): number {
    return this.entries.size;
  }

  get(key: K): V | undefined {
    if (!this.entries.has(key)) this.counts.set(key, (this.counts.get(key) ?? 0) + 1);
    const entry = this.entries.get(key);
    if (entry === undefined) return undefined;
    entry.count += 1;
    entry.usedAt = ++this.clock;
    return entry.value;
  }

  has(key: K): boolean {
    return this.entries.has(key);
  }

  set(key: K, value: V): void {
    const entry = this.entries.get(key);
    if (entry !== undefined) {
      entry.value = value;
      this.get(key);
      return;
    }
    if (this.entries.size === this.capacity) this.evict();
    this.entries.set(key, { value, count: (this.counts.get(key) ?? 0) + 1, usedAt: ++this.clock });
    this.counts.delete(key);
  }

  delete(key: K): boolean {
    return this.entries.delete(key);
  }

  private evict(): void {
    let victim: K | undefined;
    let least: Entry<V> | undefined;
    for (const [key, entry] of this.entries) {
      if (
        least === undefined ||
        entry.count < least.count ||
        (entry.count === least.count && entry.usedAt < least.usedAt)
      ) {
        victim = key;
        least = entry;
      }
    }
    this.entries.delete(victim as K);
  }
}
