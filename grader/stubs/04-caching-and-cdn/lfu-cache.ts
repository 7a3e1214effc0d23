import { todo } from '../todo.ts';
import type { Cache } from './contract.ts';

/**
 * A cache that, when it is full, lets go of the entry that has been used the fewest times; among several, of the one
 * that has gone unused for longest.
 */
export class LfuCache<K, V> implements Cache<K, V> {
  /**
   * @param capacity largest number of entries, a whole number, 1 or more
   * @throws RangeError naming `capacity` when it is anything else
   */
  constructor(capacity: number) {
    todo('check the capacity and remember it');
  }

  /** Number of entries held now, 0 … capacity. */
  get size(): number {
    return todo('count the entries');
  }

  /**
   * @returns the value, or `undefined` when the key is not held; counts as a use
   */
  get(key: K): V | undefined {
    return todo('find the value, and count the use');
  }

  /**
   * @returns whether the key is held; does not count as a use
   */
  has(key: K): boolean {
    return todo('tell whether the key is held');
  }

  /** Stores a value, new (its first use) or in place of the old one (one more use). */
  set(key: K, value: V): void {
    todo('store the value, and make room for it where that is needed');
  }

  /**
   * @returns false when the key was not held
   */
  delete(key: K): boolean {
    return todo('forget the key');
  }
}
