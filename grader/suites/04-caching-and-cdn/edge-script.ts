import type { Text } from '../../../simulator/text.ts';
import type { Check } from '../../suite.ts';
import { type EdgeExports, EdgeWorld, type Policy } from './edge-world.ts';

export const DOWN = 'origin is down';

/** A case: what happens to one edge server, told by a clock that only the case moves. */
export type Play = (world: EdgeWorld, at: (timeMs: number) => void) => Promise<void>;

/** Fixed cases, each with an edge server of its own: a play, or one whose origin has a policy of its own. */
export function scripts(
  id: string,
  title: Text,
  points: number,
  cases: readonly (Play | { readonly policy: Policy; readonly play: Play })[],
): Check<EdgeExports> {
  return {
    id,
    title,
    points,
    section: 'cdn',
    run: async (subject, tools) => {
      for (const one of cases) {
        const { policy, play } = typeof one === 'function' ? { policy: {}, play: one } : one;
        await tools.example(async (story) => {
          const world = new EdgeWorld(story, subject, policy);
          await play(world, (timeMs) => world.timeline.at(timeMs));
          world.timeline.expectHandled(await tools.unhandled());
        });
      }
    },
  };
}
