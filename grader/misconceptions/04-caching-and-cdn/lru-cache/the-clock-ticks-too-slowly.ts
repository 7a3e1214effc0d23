import type { Cache } from '../../../../exercises/04-caching-and-cdn/contract.ts';
import type { Misconception } from '../../../suite.ts';

export const misconception: Misconception = {
  fails: 'get-counts-as-use',
  message: {
    en: 'You note the time of the last use, and several uses fall into the same millisecond: among those you cannot tell who came first. What could number the uses instead?',
    ko: '마지막으로 쓰인 시각을 적어 두는데, 같은 밀리초에 여러 번 쓰이면 무엇이 먼저인지 알 수 없습니다. 시각 대신 무엇으로 사용 순서를 매길 수 있는지 생각해 보십시오.',
  },
};

export class LruCache<K, V> implements Cache<K, V> {
  private readonly entries = new Map<K, { value: V; usedAt: number }>();

  constructor(private readonly capacity: number) {
    if (!Number.isInteger(capacity) || capacity < 1) throw new RangeError('capacity must be a whole number, 1 or more');
  }

  get size(): number {
    return this.entries.size;
  }

  get(key: K): V | undefined {
    const entry = this.entries.get(key);
    if (entry === undefined) return undefined;
    entry.usedAt = Date.now();
    return entry.value;
  }

  has(key: K): boolean {
    return this.entries.has(key);
  }

  set(key: K, value: V): void {
    if (!this.entries.has(key) && this.entries.size === this.capacity) this.evict();
    this.entries.set(key, { value, usedAt: Date.now() });
  }

  delete(key: K): boolean {
    return this.entries.delete(key);
  }

  private evict(): void {
    let oldest = Number.POSITIVE_INFINITY;
    let victim: K | undefined;
    for (const [key, { usedAt }] of this.entries) if (usedAt < oldest) [oldest, victim] = [usedAt, key];
    this.entries.delete(victim as K);
  }
}
