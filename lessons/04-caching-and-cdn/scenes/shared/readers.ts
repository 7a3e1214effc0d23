import type { MakeReader } from '../../../../simulator/parts/slots/cache.ts';
import type { Lane } from '../../../../simulator/scene.ts';

/** Loads whenever it holds nothing fresh, whoever else is loading the same. */
const everybodyLoads: MakeReader = ({ load, ttlMs, now }) => {
  const held = new Map<string, { readonly value: string; readonly untilMs: number }>();
  return {
    get: async (key) => {
      const entry = held.get(key);
      if (entry && now() < entry.untilMs) return entry.value;
      const value = await load(key);
      held.set(key, { value, untilMs: now() + ttlMs });
      return value;
    },
  };
};

export const everyMissLoads: Lane<MakeReader> = {
  id: 'every-miss-loads',
  label: { en: 'Every miss loads', ko: '미스마다 읽기' },
  make: everybodyLoads,
};
