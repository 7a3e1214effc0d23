import type { Cache } from '../../../../exercises/04-caching-and-cdn/contract.ts';

interface Use<K> {
  readonly tick: number;
  readonly key: K;
}

/** Remembers when each key was used last, and every use in a heap; uses that are out of date are skipped. */
export class LruCache<K, V> implements Cache<K, V> {
  readonly #entries = new Map<K, { value: V; tick: number }>();
  #heap: Use<K>[] = [];
  #tick = 0;
  readonly #capacity: number;

  constructor(capacity: number) {
    if (typeof capacity !== 'number' || capacity < 1 || Math.floor(capacity) !== capacity || capacity === Infinity) {
      throw new RangeError(`capacity ${capacity} is not possible`);
    }
    this.#capacity = capacity;
  }

  get size() {
    return this.#entries.size;
  }

  get(key: K) {
    const entry = this.#entries.get(key);
    if (entry) this.#use(key, entry);
    return entry?.value;
  }

  has(key: K) {
    return this.#entries.has(key);
  }

  set(key: K, value: V) {
    const held = this.#entries.get(key);
    if (held) {
      held.value = value;
      this.#use(key, held);
      return;
    }
    if (this.#entries.size === this.#capacity) this.#evict();
    const entry = { value, tick: 0 };
    this.#entries.set(key, entry);
    this.#use(key, entry);
  }

  delete(key: K) {
    return this.#entries.delete(key);
  }

  #use(key: K, entry: { tick: number }) {
    entry.tick = ++this.#tick;
    if (this.#heap.length > 2 * this.#capacity + 16) this.#rebuild();
    else push(this.#heap, { tick: entry.tick, key });
  }

  #evict() {
    for (;;) {
      const { tick, key } = pop(this.#heap);
      if (this.#entries.get(key)?.tick === tick) {
        this.#entries.delete(key);
        return;
      }
    }
  }

  /** A sorted array is a heap. */
  #rebuild() {
    this.#heap = [...this.#entries].map(([key, { tick }]) => ({ key, tick })).sort((a, b) => a.tick - b.tick);
  }
}

function push<K>(heap: Use<K>[], use: Use<K>) {
  let at = heap.push(use) - 1;
  while (at > 0) {
    const parent = (at - 1) >> 1;
    if (heap[parent]!.tick <= use.tick) break;
    heap[at] = heap[parent]!;
    at = parent;
  }
  heap[at] = use;
}

function pop<K>(heap: Use<K>[]): Use<K> {
  const top = heap[0]!;
  const last = heap.pop()!;
  if (heap.length === 0) return top;
  let at = 0;
  for (;;) {
    let child = 2 * at + 1;
    if (child >= heap.length) break;
    if (child + 1 < heap.length && heap[child + 1]!.tick < heap[child]!.tick) child++;
    if (heap[child]!.tick >= last.tick) break;
    heap[at] = heap[child]!;
    at = child;
  }
  heap[at] = last;
  return top;
}
