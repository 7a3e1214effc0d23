import type { Cache } from '../../../../exercises/04-caching-and-cdn/contract.ts';
import type { Misconception } from '../../../suite.ts';

export const misconception: Misconception = {
  fails: 'counts-end-with-the-entry',
  message: {
    en: 'An entry that leaves and comes back finds its old count waiting for it. Counts of everything that ever was also take more memory than the cache itself. What goes with an entry when it goes?',
    ko: '나갔다가 돌아온 항목에 예전 횟수가 그대로 남아 있습니다. 지금까지 있었던 모든 항목의 횟수를 갖고 있으면 캐시보다 더 많은 메모리를 쓰게 됩니다. 항목이 나갈 때 무엇이 함께 나가야 하는지 생각해 보십시오.',
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
    const entry = this.entries.get(key);
    if (entry === undefined) return undefined;
    entry.count += 1;
    entry.usedAt = ++this.clock;
    this.counts.set(key, entry.count);
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
    this.entries.set(key, { value, count: this.countOf(key), usedAt: ++this.clock });
  }

  delete(key: K): boolean {
    return this.entries.delete(key);
  }

  private countOf(key: K): number {
    const count = (this.counts.get(key) ?? 0) + 1;
    this.counts.set(key, count);
    return count;
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
