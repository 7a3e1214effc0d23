import type { WriteInvalidation, WriteInvalidationOptions } from '../../../../exercises/04-caching-and-cdn/contract.ts';

/** A load that a write has overtaken is not given to its readers at all: they read again. */
export function createWriteInvalidation<K, V>(options: WriteInvalidationOptions<K, V>): WriteInvalidation<K, V> {
  const { db, capacity } = options;
  if (!Number.isInteger(capacity) || capacity < 1) throw new RangeError(`capacity ${capacity}`);
  const values = new Map<K, V>();
  const loading = new Map<K, { overtaken: boolean; promise?: Promise<V> }>();

  async function load(key: K, token: { overtaken: boolean }): Promise<V> {
    try {
      const { value } = await db.read(key);
      if (!token.overtaken) {
        if (values.size === capacity) values.delete(values.keys().next().value as K);
        values.set(key, value);
        return value;
      }
    } finally {
      if (loading.get(key) === token) loading.delete(key);
    }
    return read(key);
  }

  async function read(key: K): Promise<V> {
    if (values.has(key)) {
      const value = values.get(key) as V;
      values.delete(key);
      values.set(key, value);
      return value;
    }
    let token = loading.get(key);
    if (token === undefined) {
      token = { overtaken: false };
      loading.set(key, token);
      token.promise = load(key, token);
    }
    return token.promise as Promise<V>;
  }

  function forget(key: K): void {
    values.delete(key);
    const token = loading.get(key);
    if (token !== undefined) token.overtaken = true;
    loading.delete(key);
  }

  return {
    read,
    async write(key, value) {
      await db.write(key, value).then(
        () => forget(key),
        (error) => {
          forget(key);
          throw error;
        },
      );
    },
  };
}
