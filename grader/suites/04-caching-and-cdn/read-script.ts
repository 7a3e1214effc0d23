import type { Text } from '../../../simulator/text.ts';
import type { Check, Tools } from '../../suite.ts';
import { type ReadExports, ReadWorld } from './read-world.ts';

export const DOWN = 'database is down';

/** A case: readers and loads, by a clock that only the case moves. */
export type Play = (world: ReadWorld, at: (timeMs: number) => void) => Promise<void>;

export interface Options {
  readonly ttlMs: number;
  readonly capacity: number;
}

export const ROOMY: Options = { ttlMs: 10, capacity: 5 };

/** One fixed case in a world of its own. */
export function script(subject: ReadExports, tools: Tools, options: Options, play: Play): Promise<void> {
  return tools.example(async (story) => {
    const world = new ReadWorld(story, subject, options);
    await play(world, (timeMs) => world.timeline.at(timeMs));
    world.timeline.expectHandled(await tools.unhandled());
  });
}

/** Fixed cases, one after another: a function, or one with options of its own. */
export function scripts(
  id: string,
  title: Text,
  points: number,
  section: 'read-through' | 'stampede',
  cases: readonly (Play | (Options & { readonly play: Play }))[],
): Check<ReadExports> {
  return {
    id,
    title,
    points,
    section,
    run: async (subject, tools) => {
      for (const one of cases) {
        if (typeof one === 'function') await script(subject, tools, ROOMY, one);
        else await script(subject, tools, one, one.play);
      }
    },
  };
}
