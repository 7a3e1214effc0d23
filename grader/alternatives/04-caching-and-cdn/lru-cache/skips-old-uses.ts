import type { Cache } from '../../../../exercises/04-caching-and-cdn/contract.ts';

interface Use<K> {
  readonly key: K;
  readonly number: number;
}

/** Every use is written to the end of a queue; eviction skips uses that a later one has made worthless. */
export class LruCache<K, V> implements Cache<K, V> {
  private readonly entries = new Map<K, { readonly value: V; readonly lastUse: number }>();
  private uses: Use<K>[] = [];
  private front = 0;
  private count = 0;

  constructor(private readonly capacity: number) {
    if (!(Number.isSafeInteger(capacity) && capacity >= 1)) throw new RangeError(`capacity ${capacity}`);
  }

  get size(): number {
    return this.entries.size;
  }

  get(key: K): V | undefined {
    const entry = this.entries.get(key);
    if (entry === undefined) return undefined;
    this.use(key, entry.value);
    return entry.value;
  }

  has(key: K): boolean {
    return this.entries.has(key);
  }

  set(key: K, value: V): void {
    if (!this.entries.has(key) && this.entries.size === this.capacity) this.evict();
    this.use(key, value);
  }

  delete(key: K): boolean {
    return this.entries.delete(key);
  }

  private use(key: K, value: V): void {
    const number = ++this.count;
    this.entries.set(key, { value, lastUse: number });
    this.uses.push({ key, number });
    // Most of a long queue is worthless; throwing that away now and then costs O(1) per use on average.
    if (this.uses.length > 2 * this.capacity + 16) {
      this.uses = this.uses.slice(this.front).filter((use) => this.isLast(use));
      this.front = 0;
    }
  }

  private evict(): void {
    for (;;) {
      const use = this.uses[this.front++] as Use<K>;
      if (this.isLast(use)) {
        this.entries.delete(use.key);
        return;
      }
    }
  }

  private isLast({ key, number }: Use<K>): boolean {
    return this.entries.get(key)?.lastUse === number;
  }
}
