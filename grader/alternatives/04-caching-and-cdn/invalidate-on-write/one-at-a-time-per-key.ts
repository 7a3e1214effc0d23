import type { WriteInvalidation, WriteInvalidationOptions } from '../../../../exercises/04-caching-and-cdn/contract.ts';

/** A queue for each key: loads and writes of one key never overlap, so nothing old can arrive late. */
export function createWriteInvalidation<K, V>(options: WriteInvalidationOptions<K, V>): WriteInvalidation<K, V> {
  const { db, capacity } = options;
  if (capacity < 1 || !Number.isSafeInteger(capacity)) throw new RangeError('capacity');
  const values = new Map<K, V>();
  const tails = new Map<K, Promise<unknown>>();

  function inTurn<R>(key: K, task: () => Promise<R>): Promise<R> {
    const before = tails.get(key) ?? Promise.resolve();
    const mine = before.then(task, task);
    tails.set(key, mine);
    const leave = () => {
      if (tails.get(key) === mine) tails.delete(key);
    };
    mine.then(leave, leave);
    return mine;
  }

  function hit(key: K): V {
    const value = values.get(key) as V;
    values.delete(key);
    values.set(key, value);
    return value;
  }

  return {
    async read(key) {
      if (values.has(key)) return hit(key);
      return inTurn(key, async () => {
        if (values.has(key)) return hit(key);
        const { value } = await db.read(key);
        if (values.size >= capacity) {
          const [first] = values.keys();
          values.delete(first as K);
        }
        values.set(key, value);
        return value;
      });
    },
    write: (key, value) =>
      inTurn(key, async () => {
        try {
          await db.write(key, value);
        } finally {
          values.delete(key);
        }
      }),
  };
}
