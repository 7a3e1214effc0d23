import type { Cache } from '../../../../exercises/04-caching-and-cdn/contract.ts';
import type { Misconception } from '../../../suite.ts';

export const misconception: Misconception = {
  fails: 'evicts-the-longest-unused',
  message: {
    en: 'Your list works until its only entry is evicted: then the pointer to the oldest entry still names somebody who has left. Follow a cache of capacity 1 through three stores on paper.',
    ko: '하나뿐인 항목을 축출하기 전까지는 잘 동작하지만, 그다음에는 가장 오래된 항목을 가리키는 포인터가 이미 나간 항목을 가리킵니다. 용량 1인 캐시에 세 번 저장하는 과정을 종이에 따라가 보십시오.',
  },
};

interface Node<K, V> {
  readonly key: K;
  value: V;
  older: Node<K, V> | undefined;
  newer: Node<K, V> | undefined;
}

export class LruCache<K, V> implements Cache<K, V> {
  private readonly nodes = new Map<K, Node<K, V>>();
  private oldest: Node<K, V> | undefined;
  private newest: Node<K, V> | undefined;

  constructor(private readonly capacity: number) {
    if (!Number.isInteger(capacity) || capacity < 1) throw new RangeError('capacity must be a whole number, 1 or more');
  }

  get size(): number {
    return this.nodes.size;
  }

  get(key: K): V | undefined {
    const node = this.nodes.get(key);
    if (node === undefined) return undefined;
    this.unlink(node);
    this.append(node);
    return node.value;
  }

  has(key: K): boolean {
    return this.nodes.has(key);
  }

  set(key: K, value: V): void {
    const held = this.nodes.get(key);
    if (held !== undefined) {
      held.value = value;
      this.unlink(held);
      this.append(held);
      return;
    }
    if (this.nodes.size >= this.capacity && this.oldest !== undefined) {
      this.nodes.delete(this.oldest.key);
      this.unlink(this.oldest);
    }
    const node: Node<K, V> = { key, value, older: undefined, newer: undefined };
    this.nodes.set(key, node);
    this.append(node);
  }

  delete(key: K): boolean {
    const node = this.nodes.get(key);
    if (node === undefined) return false;
    this.unlink(node);
    return this.nodes.delete(key);
  }

  private append(node: Node<K, V>): void {
    node.older = this.newest;
    node.newer = undefined;
    if (this.newest !== undefined) this.newest.newer = node;
    this.newest = node;
    this.oldest ??= node;
  }

  private unlink(node: Node<K, V>): void {
    if (node.older !== undefined) node.older.newer = node.newer;
    if (node.newer !== undefined) {
      node.newer.older = node.older;
      if (this.oldest === node) this.oldest = node.newer;
    }
    if (this.newest === node) this.newest = node.older;
  }
}
