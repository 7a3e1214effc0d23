import type { Cache } from '../../../../exercises/04-caching-and-cdn/contract.ts';
import type { Misconception } from '../../../suite.ts';

export const misconception: Misconception = {
  fails: 'cost-does-not-grow',
  message: {
    en: 'The answers are right, but somewhere in a call all entries are looked at, or moved along: in a loop of your own, or inside find, indexOf, splice, sort and the like. With a million entries that is a million steps. What could keep the entries in order as they are used?',
    ko: '답은 맞지만, 호출 어딘가에서 모든 항목을 보거나 옮깁니다. 직접 쓴 반복문일 수도 있고 find, indexOf, splice, sort 같은 것의 안일 수도 있습니다. 항목이 백만 개라면 백만 단계가 듭니다. 항목이 쓰일 때마다 순서를 지켜 둘 방법을 생각해 보십시오.',
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
