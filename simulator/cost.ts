import { exponential } from './sample.ts';
import type { Stream } from './stream.ts';

/** CPU time that a request needs of one core at full speed, ms. */
export type Cost =
  | { readonly kind: 'constant'; readonly ms: number }
  | { readonly kind: 'exponential'; readonly meanMs: number };

export function meanMs(cost: Cost): number {
  return cost.kind === 'constant' ? cost.ms : cost.meanMs;
}

/** One draw, in integer µs, at least 1. Takes the same number of draws from `source` whatever the kind. */
export function drawCostUs(cost: Cost, source: Stream): number {
  const factor = exponential(source);
  const ms = cost.kind === 'constant' ? cost.ms : cost.meanMs * factor;
  return Math.max(1, Math.round(ms * 1000));
}
