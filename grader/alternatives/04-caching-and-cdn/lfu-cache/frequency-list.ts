import type { Cache } from '../../../../exercises/04-caching-and-cdn/contract.ts';

/** A node of the list of counts, in ascending order; every node holds at least one key (Shah, Mitra and Matani 2010). */
interface Frequency<K> {
  readonly count: number;
  readonly keys: Set<K>;
  previous: Frequency<K>;
  next: Frequency<K>;
}

export class LfuCache<K, V> implements Cache<K, V> {
  readonly #items = new Map<K, { value: V; at: Frequency<K> }>();
  readonly #head: Frequency<K>;
  readonly #capacity: number;

  constructor(capacity: number) {
    if (!Number.isSafeInteger(capacity) || capacity <= 0) throw new RangeError('capacity');
    this.#capacity = capacity;
    const head = { count: 0, keys: new Set<K>() } as Frequency<K>;
    head.previous = head;
    head.next = head;
    this.#head = head;
  }

  get size() {
    return this.#items.size;
  }

  get(key: K) {
    if (!this.#items.has(key)) return undefined;
    const item = this.#items.get(key)!;
    const to = this.#after(item.at);
    this.#leave(key, item.at);
    to.keys.add(key);
    item.at = to;
    return item.value;
  }

  has(key: K) {
    return this.#items.has(key);
  }

  set(key: K, value: V) {
    const held = this.#items.get(key);
    if (held) {
      held.value = value;
      this.get(key);
      return;
    }
    if (this.#items.size >= this.#capacity) {
      const [victim] = this.#head.next.keys;
      this.delete(victim as K);
    }
    const first = this.#after(this.#head);
    first.keys.add(key);
    this.#items.set(key, { value, at: first });
  }

  delete(key: K) {
    const item = this.#items.get(key);
    if (item) this.#leave(key, item.at);
    return this.#items.delete(key);
  }

  /** The node of the next higher count, made if it is not there. */
  #after(node: Frequency<K>): Frequency<K> {
    if (node.next.count === node.count + 1) return node.next;
    const made = { count: node.count + 1, keys: new Set<K>(), previous: node, next: node.next };
    node.next.previous = made;
    node.next = made;
    return made;
  }

  #leave(key: K, node: Frequency<K>) {
    node.keys.delete(key);
    if (node.keys.size > 0) return;
    node.previous.next = node.next;
    node.next.previous = node.previous;
  }
}
