import { todo } from '../todo.ts';
import type { ReadThrough, ReadThroughOptions } from './contract.ts';

/**
 * A cache that fetches what it does not have.
 * @param options.load reads a value from where it lives; may reject, and may throw before it returns a promise
 * @param options.ttlMs how long a value may be served, from the moment it is stored; more than 0, finite
 * @param options.now time in milliseconds
 * @param options.capacity largest number of unexpired values held, a whole number, 1 or more
 * @throws RangeError naming `ttlMs` or `capacity` when it is out of range
 */
export function createReadThrough<K, V>(options: ReadThroughOptions<K, V>): ReadThrough<K, V> {
  return todo('answer from memory while a value is good, and let everybody share one load when it is not');
}
