import { exponential, fromOctaves } from '../sample.ts';
import type { Stream } from '../stream.ts';

/** CPU time that a request needs of one core at full speed, ms. */
export type Cost =
  | { readonly kind: 'constant'; readonly ms: number }
  | { readonly kind: 'exponential'; readonly meanMs: number }
  /** Most requests are small and a few enormous; `pareto` and `lognormal` of heavy-tailed.ts make such costs. */
  | { readonly kind: 'heavy-tailed'; readonly meanMs: number; readonly quantiles: Quantiles }
  /** Each request has the cost of one part, chosen with a probability proportional to the part's share. */
  | { readonly kind: 'mixed'; readonly parts: readonly CostPart[] };

export interface CostPart {
  /** Weight relative to the other parts', at least 0. */
  readonly share: number;
  readonly cost: Cost;
}

/** Quantiles of a distribution with mean 1, by octaves of its upper tail (see `tables/make-quantiles.mjs`). */
export interface Quantiles {
  readonly octaves: number;
  readonly knots: readonly number[];
}

/** @throws RangeError when a mixture's shares are negative or all 0 */
export function meanMs(cost: Cost): number {
  if (cost.kind === 'constant') return cost.ms;
  if (cost.kind !== 'mixed') return cost.meanMs;
  const total = totalShare(cost.parts);
  return cost.parts.reduce((sum, part) => sum + (part.share / total) * meanMs(part.cost), 0);
}

/**
 * One draw, in integer µs, at least 1. Takes the same number of draws from `source` whatever the kind: one of `bits` and
 * then one of `unit`. A mixture chooses its part by that unit and hands on where in the part's stretch it lies, which
 * is uniform again and tells nothing of the choice (to 2⁻³² ÷ the part's share).
 * @throws RangeError when a mixture's shares are negative or all 0
 */
export function drawCostUs(cost: Cost, source: Stream): number {
  if (cost.kind === 'mixed') return drawMixedUs(cost.parts, source);
  const factor =
    cost.kind === 'heavy-tailed'
      ? fromOctaves(cost.quantiles.knots, cost.quantiles.octaves, source)
      : exponential(source);
  const ms = cost.kind === 'constant' ? cost.ms : cost.meanMs * factor;
  return Math.max(1, Math.round(ms * 1000));
}

function drawMixedUs(parts: readonly CostPart[], source: Stream): number {
  const total = totalShare(parts);
  const bits = source.bits();
  let place = source.unit() * total;
  let index = 0;
  while (place >= parts[index]!.share && index < parts.length - 1) place -= parts[index++]!.share;
  const { cost, share } = parts[index]!;
  const unit = place / share;
  return drawCostUs(cost, { bits: () => bits, unit: () => unit, below: (limit) => Math.floor(unit * limit) });
}

function totalShare(parts: readonly CostPart[]): number {
  const total = parts.reduce((sum, { share }) => sum + share, 0);
  if (!(total > 0) || parts.some(({ share }) => !(share >= 0))) {
    throw new RangeError(`share: ${parts.map(({ share }) => share).join(', ')} are no weights`);
  }
  return total;
}
