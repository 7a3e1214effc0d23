import type { Cache } from '../../exercises/04-caching-and-cdn/contract.ts';

interface Entry<V> {
  value: V;
  count: number;
}

/** The keys of one count, from the least to the most recently used; `oldest` stands in front of the first of them. */
interface Bucket<K> {
  readonly keys: Set<K>;
  readonly oldest: Iterator<K>;
}

/**
 * LFU in O(1): entries by key, and keys by count.
 *
 * Counts only ever grow by one, so an entry moves to the next bucket and nowhere else, and the smallest count is either
 * where it was or one further. That is why no heap is needed. Inside a bucket, a `Set` keeps its keys in the order in
 * which they reached this count, which is the order of last use: the tie-break costs nothing. Each bucket keeps one
 * iterator for its evictions, since a fresh one would walk over the gaps that earlier evictions left (see `lru-cache.ts`).
 *
 * Trade-offs. A bucket that is empty is thrown away at once; kept, a single popular entry would leave one behind for each
 * of its reads. Two hash tables are touched per read where LRU touches one. And counting for ever has a price that no data
 * structure mends: yesterday's viral photo keeps its million hits and its place, while the photos of today push each other
 * out.
 *
 * In real systems. The buckets are those of Shah, Mitra and Matani, "An O(1) algorithm for implementing the LFU cache
 * eviction scheme" (2010). Nobody counts exactly for ever: Redis keeps a counter of 8 bits that starts at 5, grows by chance
 * ever more slowly (255 stands for about a million hits) and shrinks with every minute of idleness (`evict.c`,
 * `LFULogIncr`). Caffeine's TinyLFU halves all counters after each sample of requests and puts a small LRU window in
 * front, so that newcomers get a chance (`FrequencySketch.java`; Einziger, Friedman and Manes, ACM TOS 13(4), 2017).
 */
export class LfuCache<K, V> implements Cache<K, V> {
  readonly #capacity: number;
  readonly #entries = new Map<K, Entry<V>>();
  /** By count; never an empty one. */
  readonly #buckets = new Map<number, Bucket<K>>();
  /**
   * The smallest count, as long as the cache is full. A deletion may leave it behind, but then there is room, and only a
   * new entry, whose count is the smallest possible, can fill it.
   */
  #least = 1;

  constructor(capacity: number) {
    if (!Number.isInteger(capacity) || capacity < 1) {
      throw new RangeError(`capacity must be a whole number, 1 or more: ${capacity}`);
    }
    this.#capacity = capacity;
  }

  get size(): number {
    return this.#entries.size;
  }

  get(key: K): V | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined) return undefined;
    this.#use(key, entry);
    return entry.value;
  }

  has(key: K): boolean {
    return this.#entries.has(key);
  }

  set(key: K, value: V): void {
    const entry = this.#entries.get(key);
    if (entry !== undefined) {
      entry.value = value;
      this.#use(key, entry);
      return;
    }
    // Before the newcomer is in: with a count of 1 it would usually be the victim itself.
    if (this.#entries.size === this.#capacity) this.#evict();
    this.#entries.set(key, { value, count: 1 });
    this.#bucket(1).keys.add(key);
    this.#least = 1;
  }

  delete(key: K): boolean {
    const entry = this.#entries.get(key);
    if (entry === undefined) return false;
    this.#leaveBucket(key, entry.count);
    return this.#entries.delete(key);
  }

  #use(key: K, entry: Entry<V>): void {
    this.#leaveBucket(key, entry.count);
    if (entry.count === this.#least && !this.#buckets.has(entry.count)) this.#least += 1;
    entry.count += 1;
    this.#bucket(entry.count).keys.add(key);
  }

  #evict(): void {
    this.delete(this.#bucket(this.#least).oldest.next().value as K);
  }

  #bucket(count: number): Bucket<K> {
    let bucket = this.#buckets.get(count);
    if (bucket === undefined) {
      const keys = new Set<K>();
      bucket = { keys, oldest: keys.values() };
      this.#buckets.set(count, bucket);
    }
    return bucket;
  }

  #leaveBucket(key: K, count: number): void {
    const bucket = this.#bucket(count);
    bucket.keys.delete(key);
    if (bucket.keys.size === 0) this.#buckets.delete(count);
  }
}
