import type { Cache } from '../../../../exercises/04-caching-and-cdn/contract.ts';
import type { Misconception } from '../../../suite.ts';

export const misconception: Misconception = {
  fails: 'deleting-makes-room',
  message: {
    en: 'After delete, the key is gone from the values but still stands in your order of use. When its turn comes, somebody is evicted who is no longer there, and the cache grows. In how many places is a key written down, and which of them does delete reach?',
    ko: 'delete 뒤에 값은 사라지지만 사용 순서에는 키가 그대로 남아 있습니다. 그 차례가 오면 이미 없는 항목을 축출하게 되어 캐시가 커집니다. 키 하나가 몇 군데에 적혀 있는지, delete가 그 가운데 어디까지 지우는지 살펴보십시오.',
  },
};

export class LruCache<K, V> implements Cache<K, V> {
  private readonly values = new Map<K, V>();
  private order: K[] = [];

  constructor(private readonly capacity: number) {
    if (!Number.isInteger(capacity) || capacity < 1) throw new RangeError('capacity must be a whole number, 1 or more');
  }

  get size(): number {
    return this.values.size;
  }

  get(key: K): V | undefined {
    if (!this.values.has(key)) return undefined;
    this.use(key);
    return this.values.get(key);
  }

  has(key: K): boolean {
    return this.values.has(key);
  }

  set(key: K, value: V): void {
    if (this.values.has(key)) {
      this.use(key);
    } else {
      if (this.values.size === this.capacity) this.values.delete(this.order.shift() as K);
      this.order.push(key);
    }
    this.values.set(key, value);
  }

  delete(key: K): boolean {
    return this.values.delete(key);
  }

  private use(key: K): void {
    const at = this.order.findIndex((held) => Object.is(held, key));
    this.order.splice(at, 1);
    this.order.push(key);
  }
}
