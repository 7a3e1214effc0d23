import type { Cache } from '../../../../exercises/04-caching-and-cdn/contract.ts';

/** All state lives in a closure; the class is only the door. */
function createLru<K, V>(capacity: number): Cache<K, V> {
  const values = new Map<K, V>();
  const recent = new Set<K>();
  const use = (key: K) => {
    recent.delete(key);
    recent.add(key);
  };
  return {
    get size() {
      return values.size;
    },
    get: (key) => {
      if (values.has(key)) use(key);
      return values.get(key);
    },
    has: (key) => recent.has(key),
    set: (key, value) => {
      values.set(key, value);
      use(key);
      if (values.size <= capacity) return;
      const [oldest] = recent;
      recent.delete(oldest as K);
      values.delete(oldest as K);
    },
    delete: (key) => recent.delete(key) && values.delete(key),
  };
}

export class LruCache<K, V> implements Cache<K, V> {
  readonly #cache: Cache<K, V>;

  constructor(capacity: number) {
    const possible = Number.isInteger(capacity) && capacity > 0;
    if (!possible) throw new RangeError('capacity has to be a positive whole number');
    this.#cache = createLru(capacity);
  }

  get size(): number {
    return this.#cache.size;
  }

  get(key: K): V | undefined {
    return this.#cache.get(key);
  }

  has(key: K): boolean {
    return this.#cache.has(key);
  }

  set(key: K, value: V): void {
    this.#cache.set(key, value);
  }

  delete(key: K): boolean {
    return this.#cache.delete(key);
  }
}
