import table from '../tables/heavy-tailed/quantiles.json' with { type: 'json' };
import type { Cost } from './cost.ts';

/** The tables stand here and not beside `Cost`, so that a page without heavy tails does not load them. */
const OCTAVES = 32;

/**
 * Pareto's distribution with exponent 1.5: P(cost > x) = (meanMs ÷ 3x)^1.5 for x ≥ meanMs ÷ 3. Its variance is
 * infinite: the largest of n requests grows like n^(2/3), and the largest hundredth of all are 0.01^(1/3) = 22 % of the
 * work. Cut off at 880,749 × the mean, where one draw of four thousand million lies; mean of what is drawn within
 * 0.03 % of `meanMs`.
 */
export function pareto(meanMs: number): Cost {
  return { kind: 'heavy-tailed', meanMs, quantiles: { octaves: OCTAVES, knots: table.pareto } };
}

/**
 * The lognormal distribution whose logarithm has standard deviation 1: half of all costs are below 0.61 × the mean,
 * one in a hundred is above 6.2 ×. Variance (e − 1) × meanMs². Cut off at 308 × the mean; mean of what is drawn within
 * 0.05 % of `meanMs`.
 */
export function lognormal(meanMs: number): Cost {
  return { kind: 'heavy-tailed', meanMs, quantiles: { octaves: OCTAVES, knots: table.lognormal } };
}
