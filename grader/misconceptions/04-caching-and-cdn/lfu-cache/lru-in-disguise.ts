import type { Cache } from '../../../../exercises/04-caching-and-cdn/contract.ts';
import type { Misconception } from '../../../suite.ts';

export const misconception: Misconception = {
  fails: 'evicts-the-least-used',
  message: {
    en: 'The one unused for longest goes, however often it was used before. That is LRU. Here it only breaks ties. Compare what you look at when you choose the victim with what the brief names first.',
    ko: '전에 얼마나 자주 쓰였든 가장 오랫동안 쓰이지 않은 항목이 나갑니다. 그것은 LRU의 정책입니다. 여기서는 동점일 때만 씁니다. 내보낼 항목을 고를 때 무엇을 보는지, 실습 설명이 먼저 꼽는 것과 비교해 보십시오.',
  },
};

export class LfuCache<K, V> implements Cache<K, V> {
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
    if (this.entries.size === this.capacity) this.entries.delete(this.entries.keys().next().value as K);
    this.entries.set(key, value);
  }

  delete(key: K): boolean {
    return this.entries.delete(key);
  }
}
