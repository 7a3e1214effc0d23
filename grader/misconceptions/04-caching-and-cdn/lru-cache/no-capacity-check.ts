import type { Cache } from '../../../../exercises/04-caching-and-cdn/contract.ts';
import type { Misconception } from '../../../suite.ts';

export const misconception: Misconception = {
  fails: 'refuses-bad-capacity',
  message: {
    en: 'A capacity of 0 is accepted, and perhaps other numbers that make no capacity. Whoever asks for a cache that cannot hold anything has made a mistake and does not hear of it. Which capacities does the brief allow, and where do you look at the number?',
    ko: '용량 0을 그대로 받아들이며, 용량이 될 수 없는 다른 수도 받아들일지 모릅니다. 아무것도 담을 수 없는 캐시를 만들려는 것은 실수인데, 만든 쪽은 그 사실을 알지 못합니다. 실습 설명이 어떤 용량을 허용하는지, 그 수를 어디에서 확인하는지 살펴보십시오.',
  },
};

export class LruCache<K, V> implements Cache<K, V> {
  private readonly entries = new Map<K, V>();

  constructor(private readonly capacity: number) {}

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
