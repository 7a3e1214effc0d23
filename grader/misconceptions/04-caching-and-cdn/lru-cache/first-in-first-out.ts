import type { Cache } from '../../../../exercises/04-caching-and-cdn/contract.ts';
import type { Misconception } from '../../../suite.ts';

export const misconception: Misconception = {
  fails: 'get-counts-as-use',
  message: {
    en: 'Entries leave in the order in which they first came in: neither reading an entry nor storing its key again changes its turn. That is first in, first out, and a queue does not know who is still wanted. Look at how get and set note that an entry has just been used, and whether two uses right after each other can be told apart by it.',
    ko: '항목이 처음 들어온 순서대로 나갑니다. 읽어도, 같은 키에 다시 저장해도 차례가 바뀌지 않습니다. 이것은 선입선출이며, 이런 순서는 누가 아직 쓰이는지 모릅니다. get과 set이 방금 쓰인 항목을 어떻게 적어 두는지, 바로 이어진 두 번의 사용을 그것으로 구별할 수 있는지 살펴보십시오.',
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
    return this.entries.get(key);
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
