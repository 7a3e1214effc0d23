import fc from 'fast-check';
import type { Tools } from '../../../suite.ts';
import type { Ending } from './traffic.ts';
import { type FailoverExports, FailoverWorld, type Proxying } from './world.ts';

export const REPEATABLE = ['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE'] as const;
export const ONCE = ['POST', 'PATCH'] as const;

export const failure = fc.constantFrom<Ending>(500, 'breaks', 503, 599);
export const ending = fc.oneof(
  { weight: 3, arbitrary: failure },
  { weight: 4, arbitrary: fc.constantFrom(200, 404, 499) },
);

/** One fixed case in a world of its own. */
export function script(
  subject: FailoverExports,
  tools: Tools,
  options: Proxying,
  body: (world: FailoverWorld) => Promise<unknown>,
): Promise<void> {
  return tools.example(async (story) => {
    await body(new FailoverWorld(story, subject, options));
  });
}
