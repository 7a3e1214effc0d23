import type { Cache } from '../../../../exercises/04-caching-and-cdn/contract.ts';
import type { Misconception } from '../../../suite.ts';

export const misconception: Misconception = {
  fails: 'has-is-not-a-use',
  message: {
    en: 'Asking has counts as a use in your cache. A monitoring script that asks for every key would then decide who stays. What does your has do besides looking?',
    ko: '지금 캐시에서는 has로 물어보는 것도 사용으로 칩니다. 그러면 모든 키를 확인하는 모니터링 스크립트가 누가 남을지를 정하게 됩니다. has가 키를 찾아보는 것 말고 무엇을 더 하는지 살펴보십시오.',
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
    if (!this.entries.has(key)) return undefined;
    const value = this.entries.get(key) as V;
    this.entries.delete(key);
    this.entries.set(key, value);
    return value;
  }

  has(key: K): boolean {
    if (!this.entries.has(key)) return false;
    this.get(key);
    return true;
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
