import type { Cache } from '../../../../exercises/04-caching-and-cdn/contract.ts';

/** A node between two sentinels' worth of pointers: `before` is used longer ago, `after` more recently. */
class Node<K, V> {
  before: Node<K, V> = this;
  after: Node<K, V> = this;

  constructor(
    readonly key: K,
    public value: V,
  ) {}

  unlink(): void {
    this.before.after = this.after;
    this.after.before = this.before;
  }

  insertBefore(node: Node<K, V>): void {
    this.before = node.before;
    this.after = node;
    node.before.after = this;
    node.before = this;
  }
}

export class LruCache<K, V> implements Cache<K, V> {
  private readonly table = new Map<K, Node<K, V>>();
  private readonly ring = new Node<K, V>(undefined as K, undefined as V);
  private readonly capacity: number;

  constructor(capacity: number) {
    if (!(capacity >= 1 && Number.isSafeInteger(capacity))) throw new RangeError('bad capacity');
    this.capacity = capacity;
  }

  get size(): number {
    return this.table.size;
  }

  get(key: K): V | undefined {
    const node = this.table.get(key);
    if (!node) return undefined;
    this.touch(node);
    return node.value;
  }

  has(key: K): boolean {
    return this.table.has(key);
  }

  set(key: K, value: V): void {
    const held = this.table.get(key);
    if (held) {
      held.value = value;
      this.touch(held);
      return;
    }
    if (this.table.size === this.capacity) {
      const oldest = this.ring.after;
      oldest.unlink();
      this.table.delete(oldest.key);
    }
    const node = new Node(key, value);
    node.insertBefore(this.ring);
    this.table.set(key, node);
  }

  delete(key: K): boolean {
    this.table.get(key)?.unlink();
    return this.table.delete(key);
  }

  private touch(node: Node<K, V>): void {
    node.unlink();
    node.insertBefore(this.ring);
  }
}
