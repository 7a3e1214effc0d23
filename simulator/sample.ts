import type { Stream } from './stream.ts';
import table from './tables/exponential/quantiles.json' with { type: 'json' };

const CELLS = table.exponential.length - 1;
const KNOTS = Float64Array.from(table.exponential);
const LN2 = table.ln2;

/**
 * One draw of the exponential distribution with mean 1. The upper tail is halved once per leading zero of one
 * draw (memorylessness: each halving adds ln 2), the rest is read from a table of quantiles by linear
 * interpolation: same bits in every engine, mean within 0.002 % of 1.
 */
export function exponential(source: Stream): number {
  const halvings = Math.clz32(source.bits());
  const place = source.unit() * CELLS;
  const cell = Math.floor(place);
  const low = KNOTS[cell]!;
  return halvings * LN2 + low + (KNOTS[cell + 1]! - low) * (place - cell);
}

/**
 * One draw from a table of quantiles by octaves of the upper tail (see `tables/make-quantiles.mjs`): the octave
 * by leading zeros of one draw, the place in it by another.
 */
export function fromOctaves(knots: ArrayLike<number>, octaves: number, source: Stream): number {
  const cells = (knots.length - 1) / octaves;
  const octave = Math.min(Math.clz32(source.bits()), octaves - 1);
  const place = source.unit() * cells;
  const cell = Math.floor(place);
  const low = knots[octave * cells + cell]!;
  return low + (knots[octave * cells + cell + 1]! - low) * (place - cell);
}
