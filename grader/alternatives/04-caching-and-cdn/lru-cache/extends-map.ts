import type { Cache } from '../../../../exercises/04-caching-and-cdn/contract.ts';

/** A map that keeps itself in order of use: `size`, `has` and `delete` are the map's own. */
export class LruCache<K, V> extends Map<K, V> implements Cache<K, V> {
  private readonly capacity: number;

  constructor(capacity: number) {
    super();
    if (!Number.isInteger(capacity) || capacity <= 0) throw new RangeError('capacity');
    this.capacity = capacity;
  }

  override get(key: K): V | undefined {
    if (!super.has(key)) return undefined;
    const value = super.get(key) as V;
    super.delete(key);
    super.set(key, value);
    return value;
  }

  override set(key: K, value: V): this {
    super.delete(key);
    super.set(key, value);
    if (this.size > this.capacity) super.delete(this.keys().next().value as K);
    return this;
  }
}
