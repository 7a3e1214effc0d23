import type { Cache } from '../../../../exercises/04-caching-and-cdn/contract.ts';
import type { Misconception } from '../../../suite.ts';

export const misconception: Misconception = {
  fails: 'cost-does-not-grow',
  message: {
    en: 'The answers are right, but somewhere in a call all entries are looked at, or moved along: in a loop of your own, or inside find, splice, sort and the like. Counts only ever grow by one: what does that say about where the smallest one can be?',
    ko: '답은 맞지만, 호출 어딘가에서 모든 항목을 보거나 옮깁니다. 직접 쓴 반복문일 수도 있고 find, splice, sort 같은 것의 안일 수도 있습니다. 횟수는 언제나 하나씩만 늘어납니다. 그렇다면 가장 작은 횟수가 어디에 있을 수 있는지 생각해 보십시오.',
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
