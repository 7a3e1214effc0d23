import type { ReadThrough, ReadThroughOptions } from '../../../../exercises/04-caching-and-cdn/contract.ts';
import type { Misconception } from '../../../suite.ts';

export const misconception: Misconception = {
  fails: 'loads-then-remembers',
  message: {
    en: "Keys are turned into text on the way in, so 1 and '1' end up as one key. An object’s property names do that, and so do template strings. What keeps keys as they are?",
    ko: "키가 들어올 때 글자로 바뀌어 1과 '1'이 같은 키가 됩니다. 객체의 속성 이름이나 템플릿 문자열이 그렇게 합니다. 키를 있는 그대로 두는 것이 무엇인지 찾아보십시오.",
  },
};

export function createReadThrough<K, V>(options: ReadThroughOptions<K, V>): ReadThrough<K, V> {
  if (!(options.ttlMs > 0 && options.ttlMs < Infinity)) throw new RangeError('ttlMs must be above 0');
  if (!Number.isInteger(options.capacity) || options.capacity < 1) throw new RangeError('capacity must be 1 or more');
  const { load, ttlMs, now, capacity } = options;
  const entries = new Map<string, { value: V; until: number }>();
  const loading = new Map<string, Promise<V>>();

  function dropExpired(): void {
    for (const [key, entry] of entries) if (now() >= entry.until) entries.delete(key);
  }

  async function loadAndStore(asked: K): Promise<V> {
    const key = `${asked}`;
    const value = await load(asked);
    dropExpired();
    entries.delete(key);
    if (entries.size === capacity) entries.delete(entries.keys().next().value as string);
    entries.set(key, { value, until: now() + ttlMs });
    return value;
  }

  return {
    async get(asked) {
      const key = `${asked}`;
      const entry = entries.get(key);
      if (entry !== undefined && now() < entry.until) {
        entries.delete(key);
        entries.set(key, entry);
        return entry.value;
      }
      const underWay = loading.get(key);
      if (underWay !== undefined) return underWay;
      const flight = Promise.resolve(asked)
        .then(loadAndStore)
        .finally(() => loading.delete(key));
      loading.set(key, flight);
      return flight;
    },
  };
}
