import type { Cache } from '../../../../exercises/04-caching-and-cdn/contract.ts';
import type { Misconception } from '../../../suite.ts';

export const misconception: Misconception = {
  fails: 'keeps-any-value',
  message: {
    en: "Keys are turned into text on the way in, so 1 and '1' end up as one key. An object’s property names do that, and so do template strings. What keeps keys as they are?",
    ko: "키가 들어올 때 글자로 바뀌어 1과 '1'이 같은 키가 됩니다. 객체의 속성 이름이나 템플릿 문자열이 그렇게 합니다. 키를 있는 그대로 두는 것이 무엇인지 찾아보십시오.",
  },
};

export class LruCache<K, V> implements Cache<K, V> {
  private readonly entries = new Map<string, V>();

  constructor(private readonly capacity: number) {
    if (!Number.isInteger(capacity) || capacity < 1) throw new RangeError('capacity must be a whole number, 1 or more');
  }

  get size(): number {
    return this.entries.size;
  }

  get(key: K): V | undefined {
    if (!this.entries.has(`${key}`)) return undefined;
    const value = this.entries.get(`${key}`) as V;
    this.entries.delete(`${key}`);
    this.entries.set(`${key}`, value);
    return value;
  }

  has(key: K): boolean {
    return this.entries.has(`${key}`);
  }

  set(key: K, value: V): void {
    this.entries.delete(`${key}`);
    if (this.entries.size === this.capacity) {
      const oldest = this.entries.keys().next();
      if (!oldest.done) this.entries.delete(oldest.value);
    }
    this.entries.set(`${key}`, value);
  }

  delete(key: K): boolean {
    return this.entries.delete(`${key}`);
  }
}
