import { todo } from '../todo.ts';
import type { WriteInvalidation, WriteInvalidationOptions } from './contract.ts';

/**
 * A cache that all reads and writes of a database go through, and that never serves what a finished write has made old.
 * @param options.db reads answer with value and version, writes with the version that they became; both may fail
 * @param options.capacity largest number of values held, a whole number, 1 or more
 * @throws RangeError naming `capacity` when it is out of range
 */
export function createWriteInvalidation<K, V>(options: WriteInvalidationOptions<K, V>): WriteInvalidation<K, V> {
  return todo('read through the cache, write through to the database, and let no old value back in');
}
