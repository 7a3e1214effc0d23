import { describe, expect, it } from 'vitest';
import { exponential, fromOctaves } from './sample.ts';
import { stream } from './stream.ts';
import heavy from './tables/heavy-tailed/quantiles.json' with { type: 'json' };

const DRAWS = 200_000;

function draws(draw: () => number): number[] {
  return Array.from({ length: DRAWS }, draw);
}

const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Largest distance between the sample's distribution and `cdf` (Kolmogorov and Smirnov), scaled by √n. */
function distance(values: readonly number[], cdf: (x: number) => number): number {
  const sorted = [...values].sort((left, right) => left - right);
  const largest = sorted.reduce(
    (gap, value, index) => Math.max(gap, Math.abs(cdf(value) - (index + 0.5) / sorted.length)),
    0,
  );
  return largest * Math.sqrt(sorted.length);
}

/** Exceeded by a right sample in one of four hundred million: 2·exp(−2x²). */
const FAR = 3.27;

describe('streams', () => {
  it('repeat for the same seed and name, and differ for another of either', () => {
    const first = (seed: number, name: string) => {
      const source = stream(seed, name);
      return Array.from({ length: 8 }, () => source.bits());
    };
    expect(first(7, 'costs')).toEqual(first(7, 'costs'));
    expect(first(7, 'costs')).not.toEqual(first(8, 'costs'));
    expect(first(7, 'costs')).not.toEqual(first(7, 'arrivals'));
  });

  it('give 32-bit integers, fractions below 1 and integers below a limit', () => {
    const source = stream(1, 'ranges');
    for (let draw = 0; draw < 1000; draw++) {
      expect(Number.isInteger(source.bits())).toBe(true);
      expect(source.unit()).toBeLessThan(1);
      expect(source.below(3)).toBeLessThan(3);
    }
  });

  it('are uniform from the first draw of neighbouring seeds on', () => {
    const firsts = Array.from({ length: 20_000 }, (_, seed) => stream(seed, 'first').unit());
    expect(distance(firsts, (x) => x)).toBeLessThan(FAR);
  });
});

describe('sampling from tables of quantiles', () => {
  it('draws the exponential distribution', () => {
    const source = stream(3, 'exponential');
    const values = draws(() => exponential(source));
    expect(distance(values, (x) => 1 - Math.exp(-x))).toBeLessThan(FAR);
    expect(meanOf(values)).toBeCloseTo(1, 1);
  });

  it('reaches far into the tail of the exponential distribution', () => {
    const source = stream(4, 'tail');
    const beyond = draws(() => exponential(source)).filter((value) => value > 6).length;
    expect(Math.abs(beyond - DRAWS * Math.exp(-6))).toBeLessThan(6 * Math.sqrt(DRAWS * Math.exp(-6)));
  });

  it('draws the Pareto distribution with mean 1 and exponent 1.5', () => {
    const source = stream(5, 'pareto');
    const values = draws(() => fromOctaves(heavy.pareto, 32, source));
    expect(distance(values, (x) => (x <= 1 / 3 ? 0 : 1 - (1 / 3 / x) ** 1.5))).toBeLessThan(FAR);
  });

  it('draws the lognormal distribution with mean 1 and median exp(−1/2)', () => {
    const source = stream(6, 'lognormal');
    const values = draws(() => fromOctaves(heavy.lognormal, 32, source));
    const below = values.filter((value) => value < Math.exp(-0.5)).length;
    expect(Math.abs(below / DRAWS - 0.5)).toBeLessThan(0.007);
    expect(Math.abs(meanOf(values) - 1)).toBeLessThan(0.02);
  });
});
