import type { Cache } from '../../../../exercises/04-caching-and-cdn/contract.ts';
import type { Misconception } from '../../../suite.ts';

export const misconception: Misconception = {
  fails: 'keeps-any-value',
  message: {
    en: 'Your cache takes an entry whose value is 0 or empty for one that is not there. "No photos yet" is an answer, too, and often an expensive one. How else can you tell whether a key is held?',
    ko: "값이 0이거나 비어 있으면 항목이 없는 것으로 여깁니다. '아직 사진이 없음'도 하나의 답이고, 구하는 비용이 큰 답일 때도 많습니다. 키가 있는지를 값이 아닌 다른 방법으로 알아낼 수 있는지 생각해 보십시오.",
  },
};

export class LruCache<K, V> implements Cache<K, V> {
  private readonly entries = new Map<K, V>();

  constructor(private readonly capacity: number) {
    if (!Number.isInteger(capacity) || capacity < 1) throw new RangeError('capacity must be a whole number, 1 or more');
  }

  get size(): number {
    return this.entries.size;
  }

  get(key: K): V | undefined {
    const value = this.entries.get(key);
    if (!value) return undefined;
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
