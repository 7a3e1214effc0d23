import type { Cache } from '../../../../exercises/04-caching-and-cdn/contract.ts';
import type { Misconception } from '../../../suite.ts';

export const misconception: Misconception = {
  fails: 'evicts-the-longest-unused',
  message: {
    en: 'The victim’s name is cut to its first letter on the way, so nothing is deleted unless names have one letter. Look at the square brackets around what next() gives you.',
    ko: '내보낼 키의 이름이 첫 글자만 남아서, 이름이 한 글자가 아니면 아무것도 지워지지 않습니다. next()가 준 것을 대괄호로 받고 있지 않은지 살펴보십시오.',
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
    return this.entries.has(key);
  }

  set(key: K, value: V): void {
    this.entries.delete(key);
    if (this.entries.size >= this.capacity) {
      const [oldest] = this.entries.keys().next().value as Iterable<K>;
      this.entries.delete(oldest as K);
    }
    this.entries.set(key, value);
  }

  delete(key: K): boolean {
    return this.entries.delete(key);
  }
}
