import type { Cache } from '../../../../exercises/04-caching-and-cdn/contract.ts';
import type { Misconception } from '../../../suite.ts';

export const misconception: Misconception = {
  fails: 'ties-by-last-use',
  message: {
    en: 'Among entries with the same count you let go of the one that came in first. It may have been read a moment ago. What else do you have to know of an entry to break the tie?',
    ko: '횟수가 같으면 먼저 들어온 항목을 내보냅니다. 그 항목은 방금 읽혔을 수도 있습니다. 동점을 가르려면 항목에 대해 무엇을 더 알아야 하는지 생각해 보십시오.',
  },
};

interface Entry<V> {
  value: V;
  count: number;
  usedAt: number;
}

export class LfuCache<K, V> implements Cache<K, V> {
  private readonly entries = new Map<K, Entry<V>>();
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
    this.entries.set(key, { value, count: 1, usedAt: ++this.clock });
  }

  delete(key: K): boolean {
    return this.entries.delete(key);
  }

  private evict(): void {
    let victim: K | undefined;
    let least: Entry<V> | undefined;
    for (const [key, entry] of this.entries) {
      if (least === undefined || entry.count < least.count) {
        victim = key;
        least = entry;
      }
    }
    this.entries.delete(victim as K);
  }
}
