import fc from 'fast-check';
import type { Check } from '../../suite.ts';
import { type Move, type WriteExports, WriteWorld } from './write-world.ts';

export const read = (key: unknown = 'ana', readers = 1): Move => ({ do: 'read', key, readers });
export const write = (key = 'ana'): Move => ({ do: 'write', key });
/** `ana` is read once and held from then on, by load 1. */
export const HELD: Move = { do: 'hold', key: 'ana' };
/** A load sees the row, then arrives. */
export const load = (number: number): Move => ({ do: 'load', number, fails: false });
/** A write is committed, then confirmed. */
export const commit = (number: number): Move => ({ do: 'commit', number, fails: false });
export const loadFails = (number: number): Move => ({ do: 'load', number, fails: true });
/** Not yet committed: it never will be. Committed: the answer is lost on the way. */
export const writeFails = (number: number): Move => ({ do: 'commit', number, fails: true });

/**
 * A fixed order of events; whatever is left open is finished, and a last reader must see what the database holds.
 * @param mostLoads no more loads than this may be needed on the way
 */
export function race(
  id: string,
  title: { readonly en: string; readonly ko: string },
  points: number,
  scripts: readonly (readonly Move[])[],
  mostLoads = Number.POSITIVE_INFINITY,
): Check<WriteExports> {
  return {
    id,
    title,
    points,
    section: 'invalidate',
    run: async (subject, tools) => {
      for (const order of scripts) {
        await tools.example(async (story) => {
          const world = new WriteWorld(story, subject, { capacity: 5 });
          world.allowLoads(mostLoads);
          await world.play(order);
          await world.finish();
          world.allowLoads(Number.POSITIVE_INFINITY);
          await world.play([read()]);
          await world.finish();
          world.timeline.expectHandled(await tools.unhandled());
        });
      }
    },
  };
}

const key = fc.constantFrom('ana', 'ana', 'ana', 'bo');
const step = (what: 'any-load' | 'any-commit', fails: boolean): fc.Arbitrary<Move> =>
  fc.nat(2).map((which) => ({ do: what, which, fails }));

export const moves = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: key.map((one) => read(one)) },
    { weight: 2, arbitrary: key.map(write) },
    { weight: 5, arbitrary: step('any-load', false) },
    { weight: 6, arbitrary: step('any-commit', false) },
    { weight: 1, arbitrary: step('any-load', true) },
    { weight: 1, arbitrary: step('any-commit', true) },
  ),
  { minLength: 1, maxLength: 30, size: 'max' },
);
