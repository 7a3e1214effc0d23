import type { ServerPlan } from '../../../../simulator/parts/machines/server.ts';
import type { Command, Params } from '../../../../simulator/scene.ts';
import { STANDARD_SERVER } from '../../../sajin.ts';

/** Length of this lesson's runs, ms. */
export const DURATION_MS = 20_000;

/** `count` servers called server-1, server-2, … */
export function fleet(count: number, cores: number = STANDARD_SERVER.cores): ServerPlan[] {
  return Array.from({ length: count }, (_, index) => ({ id: `server-${index + 1}`, cores }));
}

/** A server at a part of its speed from the start of the run; none at full speed. */
export function slowFromStart(node: string, speed: number): Command[] {
  return speed === 1 ? [] : [{ atMs: 0, kind: 'slow', node, speed }];
}

/** A control's value as a number. @throws RangeError when it is none */
export function numberOf(params: Params, name: string): number {
  const value = Number(params[name]);
  if (!Number.isFinite(value)) throw new RangeError(`${name}: ${params[name]} is not a number`);
  return value;
}
