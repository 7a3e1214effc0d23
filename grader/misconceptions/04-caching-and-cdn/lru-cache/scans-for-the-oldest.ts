import type { Cache } from '../../../../exercises/04-caching-and-cdn/contract.ts';
import type { Misconception } from '../../../suite.ts';

export const misconception: Misconception = {
  fails: 'cost-does-not-grow',
  message: {
    en: 'The answers are right, but each eviction looks at every entry to find the oldest. With a million entries, every miss costs a million steps. What could keep the entries in order as they are used?',
    ko: '답은 맞지만, 축출할 때마다 가장 오래된 항목을 찾으려고 모든 항목을 봅니다. 항목이 백만 개라면 미스 한 번에 백만 단계가 듭니다. 항목이 쓰일 때마다 순서를 지켜 둘 방법을 생각해 보십시오.',
  },
};

export class LruCache<K, V> implements Cache<K, V> {
  private readonly entries = new Map<K, { value: V; usedAt: number }>();
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
    entry.usedAt = ++this.clock;
    return entry.value;
  }

  has(key: K): boolean {
    return this.entries.has(key);
  }

  set(key: K, value: V): void {
    if (!this.entries.has(key) && this.entries.size === this.capacity) {
      let victim: K | undefined;
      let oldest = Number.POSITIVE_INFINITY;
      for (const [candidate, { usedAt }] of this.entries) {
        if (usedAt < oldest) {
          oldest = usedAt;
          victim = candidate;
        }
      }
      this.entries.delete(victim as K);
    }
    this.entries.set(key, { value, usedAt: ++this.clock });
  }

  delete(key: K): boolean {
    return this.entries.delete(key);
  }
}
