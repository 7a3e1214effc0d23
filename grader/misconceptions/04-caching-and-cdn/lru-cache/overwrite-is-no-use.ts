import type { Cache } from '../../../../exercises/04-caching-and-cdn/contract.ts';
import type { Misconception } from '../../../suite.ts';

export const misconception: Misconception = {
  fails: 'overwriting-evicts-nobody',
  message: {
    en: 'Storing under a key that is already held changes the value but not the entry’s place in the order, so somebody who writes all the time looks idle. Look at what set does with a key that it finds.',
    ko: '이미 있는 키에 저장하면 값은 바뀌지만 순서에서의 자리는 그대로입니다. 그래서 끊임없이 새로 저장되는 항목도 오래 쉰 것처럼 보입니다. set이 이미 있는 키를 만나면 무엇을 하는지 살펴보십시오.',
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
    if (!this.entries.has(key) && this.entries.size === this.capacity) {
      const oldest = this.entries.keys().next();
      if (!oldest.done) this.entries.delete(oldest.value);
    }
    this.entries.set(key, value);
  }

  delete(key: K): boolean {
    return this.entries.delete(key);
  }
}
