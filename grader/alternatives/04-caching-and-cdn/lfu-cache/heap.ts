import type { Cache } from '../../../../exercises/04-caching-and-cdn/contract.ts';

interface Item<K, V> {
  readonly key: K;
  value: V;
  count: number;
  usedAt: number;
  /** Where it stands in the heap. */
  at: number;
}

/** A binary heap on (count, last use) that knows where each item stands: O(log n) a call. */
export class LfuCache<K, V> implements Cache<K, V> {
  private readonly items = new Map<K, Item<K, V>>();
  private readonly heap: Item<K, V>[] = [];
  private clock = 0;

  constructor(private readonly capacity: number) {
    if (capacity % 1 !== 0 || capacity < 1) throw new RangeError(`impossible capacity ${capacity}`);
  }

  get size(): number {
    return this.heap.length;
  }

  get(key: K): V | undefined {
    const item = this.items.get(key);
    if (!item) return;
    item.count++;
    item.usedAt = this.clock++;
    this.sink(item);
    return item.value;
  }

  has(key: K): boolean {
    return this.items.has(key);
  }

  set(key: K, value: V): void {
    const held = this.items.get(key);
    if (held) {
      held.value = value;
      this.get(key);
      return;
    }
    if (this.heap.length === this.capacity) this.delete(this.heap[0]!.key);
    const item = { key, value, count: 1, usedAt: this.clock++, at: this.heap.length };
    this.heap.push(item);
    this.items.set(key, item);
    this.rise(item);
  }

  delete(key: K): boolean {
    const item = this.items.get(key);
    if (!item) return false;
    const last = this.heap.pop()!;
    if (last !== item) {
      this.put(last, item.at);
      this.rise(last);
      this.sink(last);
    }
    return this.items.delete(key);
  }

  private before(a: Item<K, V>, b: Item<K, V>): boolean {
    return a.count === b.count ? a.usedAt < b.usedAt : a.count < b.count;
  }

  private put(item: Item<K, V>, at: number): void {
    this.heap[at] = item;
    item.at = at;
  }

  private rise(item: Item<K, V>): void {
    while (item.at > 0) {
      const parent = this.heap[(item.at - 1) >> 1]!;
      if (!this.before(item, parent)) return;
      this.swap(item, parent);
    }
  }

  private sink(item: Item<K, V>): void {
    for (;;) {
      const left = this.heap[2 * item.at + 1];
      const right = this.heap[2 * item.at + 2];
      const child = left && right && this.before(right, left) ? right : left;
      if (!child || !this.before(child, item)) return;
      this.swap(item, child);
    }
  }

  private swap(a: Item<K, V>, b: Item<K, V>): void {
    const at = a.at;
    this.put(a, b.at);
    this.put(b, at);
  }
}
