import type { Cache } from '../../../../exercises/04-caching-and-cdn/contract.ts';
import type { Misconception } from '../../../suite.ts';

export const misconception: Misconception = {
  fails: 'overwriting-evicts-nobody',
  message: {
    en: 'A full cache pushes somebody out even when the key is already inside and only its value changes. Which question has to come before "am I full"?',
    ko: '키가 이미 안에 있고 값만 바뀌는데도, 가득 찬 캐시가 다른 항목을 내보냅니다. 가득 찼는지 묻기 전에 먼저 물어야 할 것이 무엇인지 생각해 보십시오.',
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
    if (this.entries.size >= this.capacity) {
      const oldest = this.entries.keys().next();
      if (!oldest.done) this.entries.delete(oldest.value);
    }
    this.entries.delete(key);
    this.entries.set(key, value);
  }

  delete(key: K): boolean {
    return this.entries.delete(key);
  }
}
