import type { MakeStore } from '../../../../simulator/parts/slots/cache.ts';
import type { Lane } from '../../../../simulator/scene.ts';

/** Remembers nothing, so that everything goes to the database. */
const forgetAll: MakeStore = () => ({ get: () => undefined, set: () => {} });

/** Lets go of whatever was stored first, used or not. */
const firstInFirstOut: MakeStore = (capacity) => {
  const held = new Map<string, number>();
  return {
    get: (key) => held.get(key),
    set: (key, storedUs) => {
      if (!held.has(key) && held.size >= capacity) held.delete(held.keys().next().value!);
      held.set(key, storedUs);
    },
  };
};

export const noCache: Lane<MakeStore> = {
  id: 'no-cache',
  label: { en: 'No cache', ko: '캐시 없음' },
  make: forgetAll,
};

export const fifo: Lane<MakeStore> = {
  id: 'first-in-first-out',
  label: { en: 'First in, first out', ko: '먼저 온 것부터 축출' },
  make: firstInFirstOut,
};
