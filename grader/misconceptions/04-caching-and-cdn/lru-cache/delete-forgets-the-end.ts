import type { Cache } from '../../../../exercises/04-caching-and-cdn/contract.ts';
import type { Misconception } from '../../../suite.ts';

export const misconception: Misconception = {
  fails: 'deleting-makes-room',
  message: {
    en: 'When the last entry of your list is deleted, the pointer to the end still names it, and the next entry is hung onto somebody who has left. Which four pointers can change when an entry is taken out?',
    ko: '목록의 마지막 항목을 삭제해도 끝을 가리키는 포인터는 그 항목을 계속 가리키고, 다음 항목은 이미 나간 항목에 매달립니다. 항목 하나를 빼낼 때 바뀔 수 있는 포인터 네 개가 무엇인지 적어 보십시오.',
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
    this.use(node);
    return node.value;
  }

  has(key: K): boolean {
    return this.nodes.has(key);
  }

  set(key: K, value: V): void {
    const held = this.nodes.get(key);
    if (held !== undefined) {
      held.value = value;
      this.use(held);
      return;
    }
    if (this.nodes.size >= this.capacity && this.oldest !== undefined) {
      this.nodes.delete(this.oldest.key);
      this.unlink(this.oldest);
      if (this.oldest === undefined) this.newest = undefined;
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

  private use(node: Node<K, V>): void {
    if (node === this.newest) return;
    this.unlink(node);
    this.append(node);
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
    if (node.newer !== undefined) node.newer.older = node.older;
    if (this.oldest === node) this.oldest = node.newer;
  }
}
