import type { WriteInvalidation, WriteInvalidationOptions } from '../../../../exercises/04-caching-and-cdn/contract.ts';

/** One counter for all keys: a load may store, and be shared, only while no write has been answered since it began. */
export function createWriteInvalidation<K, V>(options: WriteInvalidationOptions<K, V>): WriteInvalidation<K, V> {
  if (!Number.isInteger(options.capacity) || options.capacity <= 0) throw new RangeError('capacity');
  return new GenerationCache(options);
}

class GenerationCache<K, V> implements WriteInvalidation<K, V> {
  private generation = 0;
  private readonly values: [K, V][] = [];
  private readonly loads = new Map<K, { generation: number; promise: Promise<V> }>();

  constructor(private readonly options: WriteInvalidationOptions<K, V>) {}

  read(key: K): Promise<V> {
    const at = this.values.findIndex(([held]) => held === key);
    if (at >= 0) {
      const [pair] = this.values.splice(at, 1) as [[K, V]];
      this.values.push(pair);
      return Promise.resolve(pair[1]);
    }
    const open = this.loads.get(key);
    if (open?.generation === this.generation) return open.promise;
    const load = { generation: this.generation, promise: undefined as unknown as Promise<V> };
    load.promise = this.options.db.read(key).then(
      ({ value }) => {
        if (load.generation === this.generation) this.store(key, value);
        this.end(key, load);
        return value;
      },
      (error) => {
        this.end(key, load);
        throw error;
      },
    );
    this.loads.set(key, load);
    return load.promise;
  }

  async write(key: K, value: V): Promise<void> {
    const answered = () => {
      this.generation++;
      const at = this.values.findIndex(([held]) => held === key);
      if (at >= 0) this.values.splice(at, 1);
    };
    await this.options.db.write(key, value).finally(answered);
  }

  private store(key: K, value: V): void {
    this.values.push([key, value]);
    if (this.values.length > this.options.capacity) this.values.shift();
  }

  private end(key: K, load: object): void {
    if (this.loads.get(key) === load) this.loads.delete(key);
  }
}
