import type { Cache } from '../../../../exercises/04-caching-and-cdn/contract.ts';
import type { Misconception } from '../../../suite.ts';

export const misconception: Misconception = {
  fails: 'memory-does-not-grow',
  message: {
    en: 'Your cache notes down every use and only looks at a note when somebody has to go. While nobody has to, the notes pile up: a cache that is read all day grows all day. Note a use where the last one stood, or throw out the notes that are out of date before there are too many.',
    ko: '지금 캐시는 사용할 때마다 기록을 남기고, 누군가 나가야 할 때만 그 기록을 확인합니다. 나갈 항목이 없는 동안에는 기록이 계속 쌓이므로, 하루 종일 읽기만 해도 캐시가 하루 종일 커집니다. 이전 기록이 있던 자리를 바꾸거나, 너무 많아지기 전에 지난 기록을 버리십시오.',
  },
};

export class LruCache<K, V> implements Cache<K, V> {
  private readonly entries = new Map<K, { value: V; uses: number }>();
  /** Every use in the order in which it happened. */
  private readonly history: K[] = [];
  private next = 0;

  constructor(private readonly capacity: number) {
    if (!Number.isInteger(capacity) || capacity < 1) throw new RangeError('capacity must be a whole number, 1 or more');
  }

  get size(): number {
    return this.entries.size;
  }

  get(key: K): V | undefined {
    const entry = this.entries.get(key);
    if (entry === undefined) return undefined;
    this.use(key, entry);
    return entry.value;
  }

  has(key: K): boolean {
    return this.entries.has(key);
  }

  set(key: K, value: V): void {
    let entry = this.entries.get(key);
    if (entry === undefined) {
      if (this.entries.size === this.capacity) this.evict();
      entry = { value, uses: 0 };
      this.entries.set(key, entry);
    }
    entry.value = value;
    this.use(key, entry);
  }

  delete(key: K): boolean {
    return this.entries.delete(key);
  }

  private use(key: K, entry: { uses: number }): void {
    this.history.push(key);
    entry.uses = this.history.length;
  }

  private evict(): void {
    for (;;) {
      const key = this.history[this.next++] as K;
      if (this.entries.get(key)?.uses !== this.next) continue;
      this.entries.delete(key);
      return;
    }
  }
}
