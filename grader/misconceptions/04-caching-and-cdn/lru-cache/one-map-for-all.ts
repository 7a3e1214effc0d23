import type { Cache } from '../../../../exercises/04-caching-and-cdn/contract.ts';
import type { Misconception } from '../../../suite.ts';

export const misconception: Misconception = {
  fails: 'caches-are-separate',
  message: {
    en: 'All caches share one map: it is made when the file is loaded, not when a cache is. Whose entries are they? Look at where the map is created.',
    ko: '모든 캐시가 map 하나를 함께 씁니다. 캐시를 만들 때가 아니라 파일을 불러올 때 만들어지기 때문입니다. 그 항목들이 누구의 것인지, map을 어디에서 만드는지 살펴보십시오.',
  },
};

const shared = new Map<unknown, unknown>();

export class LruCache<K, V> implements Cache<K, V> {
  private readonly entries = shared as Map<K, V>;

  constructor(private readonly capacity: number) {
    if (!Number.isInteger(capacity) || capacity < 1) throw new RangeError('capacity must be a whole number, 1 or more');
    shared.clear();
  }

  get size(): number {
    return this.entries.size;
  }

  get(key: K): V | undefined {
    if (!this.entries.has(key)) return undefined;
    const value = this.entries.get(key) as V;
    this.entries.delete(key);
    this.entries.set(key, value);
    return value;
  }

  has(key: K): boolean {
    return this.entries.has(key);
  }

  set(key: K, value: V): void {
    this.entries.delete(key);
    if (this.entries.size === this.capacity) {
      const oldest = this.entries.keys().next();
      if (!oldest.done) this.entries.delete(oldest.value);
    }
    this.entries.set(key, value);
  }

  delete(key: K): boolean {
    return this.entries.delete(key);
  }
}
