import type { ReadThrough, ReadThroughOptions } from '../../../../exercises/04-caching-and-cdn/contract.ts';

interface Waiter<V> {
  readonly resolve: (value: V) => void;
  readonly reject: (error: unknown) => void;
}

/** No promise is shared: each reader has their own, kept in a list until the load calls back. */
class WaitingList<K, V> implements ReadThrough<K, V> {
  private readonly waiting = new Map<K, Waiter<V>[]>();
  private stored: { readonly key: K; readonly value: V; readonly storedAt: number }[] = [];

  constructor(private readonly options: ReadThroughOptions<K, V>) {}

  get(key: K): Promise<V> {
    const { now, ttlMs, load } = this.options;
    this.stored = this.stored.filter(({ storedAt }) => now() - storedAt < ttlMs);
    const at = this.stored.findIndex((entry) => Object.is(entry.key, key));
    if (at >= 0) {
      const [entry] = this.stored.splice(at, 1);
      this.stored.push(entry!);
      return Promise.resolve(entry!.value);
    }
    return new Promise((resolve, reject) => {
      const list = this.waiting.get(key);
      if (list) {
        list.push({ resolve, reject });
        return;
      }
      this.waiting.set(key, [{ resolve, reject }]);
      try {
        load(key).then(
          (value) => this.arrived(key, value),
          (error) => this.end(key, (waiter) => waiter.reject(error)),
        );
      } catch (error) {
        this.end(key, (waiter) => waiter.reject(error));
      }
    });
  }

  private arrived(key: K, value: V): void {
    const { now, ttlMs, capacity } = this.options;
    const others = this.stored.filter((entry) => !Object.is(entry.key, key) && now() - entry.storedAt < ttlMs);
    this.stored = [...others, { key, value, storedAt: now() }].slice(-capacity);
    this.end(key, (waiter) => waiter.resolve(value));
  }

  private end(key: K, tell: (waiter: Waiter<V>) => void): void {
    const list = this.waiting.get(key) ?? [];
    this.waiting.delete(key);
    list.forEach(tell);
  }
}

export function createReadThrough<K, V>(options: ReadThroughOptions<K, V>): ReadThrough<K, V> {
  if (!Number.isFinite(options.ttlMs) || options.ttlMs <= 0) throw new RangeError('ttlMs');
  if (!Number.isInteger(options.capacity) || options.capacity < 1) throw new RangeError('capacity');
  return new WaitingList(options);
}
