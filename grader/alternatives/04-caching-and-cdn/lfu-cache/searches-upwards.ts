import type { Cache } from '../../../../exercises/04-caching-and-cdn/contract.ts';

/** Keeps no smallest count: an eviction walks up from 1. Each step was paid for by a read that had emptied the bucket. */
export class LfuCache<K, V> implements Cache<K, V> {
  readonly #values = new Map<K, V>();
  readonly #counts = new Map<K, number>();
  readonly #levels: Map<number, Set<K>> = new Map();
  #lowest = 1;

  constructor(readonly capacity: number) {
    if (!(Number.isInteger(capacity) && capacity >= 1)) throw new RangeError('capacity');
  }

  get size() {
    return this.#values.size;
  }

  has = (key: K) => this.#values.has(key);

  get = (key: K) => {
    if (this.has(key)) this.#raise(key);
    return this.#values.get(key);
  };

  set = (key: K, value: V) => {
    if (!this.has(key) && this.size === this.capacity) {
      while (!this.#levels.has(this.#lowest)) this.#lowest++;
      const victim = this.#levels.get(this.#lowest)!.values().next();
      this.delete(victim.value as K);
    }
    this.#values.set(key, value);
    this.#raise(key);
  };

  delete = (key: K) => {
    this.#lower(key);
    this.#counts.delete(key);
    return this.#values.delete(key);
  };

  #raise(key: K) {
    const count = (this.#counts.get(key) ?? 0) + 1;
    this.#lower(key);
    this.#counts.set(key, count);
    this.#levels.set(count, (this.#levels.get(count) ?? new Set()).add(key));
    this.#lowest = Math.min(this.#lowest, count);
  }

  #lower(key: K) {
    const count = this.#counts.get(key) ?? 0;
    const level = this.#levels.get(count);
    level?.delete(key);
    if (level?.size === 0) this.#levels.delete(count);
  }
}
