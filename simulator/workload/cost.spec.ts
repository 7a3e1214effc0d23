import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Stream } from '../stream.ts';
import { stream } from '../stream.ts';
import type { Cost } from './cost.ts';
import { drawCostUs, meanMs } from './cost.ts';
import { lognormal, pareto } from './heavy-tailed.ts';

const DRAWS = 100_000;

function drawsMs(cost: Cost, seed = 1): number[] {
  const source = stream(seed, 'costs');
  return Array.from({ length: DRAWS }, () => drawCostUs(cost, source) / 1000);
}

const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const partOver = (values: readonly number[], limit: number): number =>
  values.filter((value) => value > limit).length / values.length;
/** Largest distance of a right sample's share from `share`, but for one of two million. */
const near = (share: number, draws = DRAWS): number => 5 * Math.sqrt((share * (1 - share)) / draws);

const PHOTOS: Cost = {
  kind: 'mixed',
  parts: [
    { share: 1, cost: { kind: 'constant', ms: 1500 } },
    { share: 99, cost: { kind: 'exponential', meanMs: 20 } },
  ],
};

const { cost: anyCost } = fc.letrec<{ cost: Cost }>((tie) => ({
  cost: fc.oneof(
    { depthSize: 'small' },
    fc.record({ kind: fc.constant('constant' as const), ms: fc.integer({ min: 1, max: 50 }) }),
    fc.record({ kind: fc.constant('exponential' as const), meanMs: fc.integer({ min: 1, max: 50 }) }),
    fc.integer({ min: 1, max: 50 }).map(pareto),
    fc.integer({ min: 1, max: 50 }).map(lognormal),
    fc.record({
      kind: fc.constant('mixed' as const),
      parts: fc.array(fc.record({ share: fc.integer({ min: 1, max: 9 }), cost: tie('cost') }), {
        minLength: 1,
        maxLength: 3,
      }),
    }),
  ),
}));

describe('a cost', () => {
  it('takes the same draws from its source whatever its kind', () => {
    fc.assert(
      fc.property(anyCost, fc.nat(1000), (cost, seed) => {
        const source = stream(seed, 'costs');
        const taken: string[] = [];
        const counting = (name: 'bits' | 'unit') => () => {
          taken.push(name);
          return source[name]();
        };
        const counted: Stream = {
          bits: counting('bits'),
          unit: counting('unit'),
          below: () => expect.unreachable('costs never ask for a limited integer'),
        };
        expect(drawCostUs(cost, counted)).toBeGreaterThanOrEqual(1);
        expect(taken).toEqual(['bits', 'unit']);
      }),
    );
  });

  it.each<[string, Cost]>([
    ['constant', { kind: 'constant', ms: 20 }],
    ['exponential', { kind: 'exponential', meanMs: 20 }],
    ['lognormal', lognormal(20)],
    ['mixed', PHOTOS],
  ])('has its mean: %s', (_, cost) => {
    expect(Math.abs(meanOf(drawsMs(cost)) / meanMs(cost) - 1)).toBeLessThan(0.03);
  });

  it('is never 0, however small its mean', () => {
    expect(drawCostUs({ kind: 'constant', ms: 0 }, stream(1, 'costs'))).toBe(1);
  });
});

describe('a heavy tail', () => {
  it.each([
    [10, 20],
    [100, 20],
    [1000, 5],
  ])('of Pareto passes %i times the mean as often as its law says', (times, mean) => {
    const share = (1 / (3 * times)) ** 1.5;
    expect(Math.abs(partOver(drawsMs(pareto(mean)), times * mean) - share)).toBeLessThan(near(share));
  });

  it('of Pareto starts at a third of the mean and gives the largest hundredth a fifth of all work', () => {
    const costs = drawsMs(pareto(30), 3).sort((one, other) => other - one);
    expect(costs.at(-1)).toBeGreaterThanOrEqual(9.999);
    const largest = costs.slice(0, DRAWS / 100).reduce((sum, ms) => sum + ms, 0) / (meanOf(costs) * DRAWS);
    expect(largest).toBeGreaterThan(0.17);
    expect(largest).toBeLessThan(0.35);
  });

  it('of the lognormal distribution passes 6.21 times the mean once in a hundred', () => {
    const costs = drawsMs(lognormal(20));
    expect(Math.abs(partOver(costs, 20 * 6.21) - 0.01)).toBeLessThan(near(0.01));
    expect(Math.abs(partOver(costs, 20 * 0.6065) - 0.5)).toBeLessThan(near(0.5));
  });

  it('is far beyond the exponential one of the same mean', () => {
    const far = (cost: Cost) => partOver(drawsMs(cost), 20 * 15);
    expect(far({ kind: 'exponential', meanMs: 20 })).toBeLessThan(2e-5);
    expect(far(lognormal(20))).toBeGreaterThan(2e-4);
    expect(far(pareto(20))).toBeGreaterThan(2e-3);
  });
});

describe('a mixture', () => {
  it('is the mean of its parts, weighted', () => {
    expect(meanMs(PHOTOS)).toBeCloseTo(0.99 * 20 + 15, 9);
  });

  it('takes each part as often as its share says, and the part’s own cost is not bent by the choice', () => {
    const costs = drawsMs(PHOTOS);
    const photos = costs.filter((ms) => ms === 1500).length;
    expect(Math.abs(photos / DRAWS - 0.01)).toBeLessThan(near(0.01));
    const pages = costs.filter((ms) => ms !== 1500);
    for (const times of [0.5, 1, 3]) {
      const share = Math.exp(-times);
      expect(Math.abs(partOver(pages, 20 * times) - share)).toBeLessThan(near(share, pages.length));
    }
  });

  it('never takes a part without a share, at both ends of the unit interval', () => {
    const parts = [0, 1, 1, 0].map((share, index) => ({ share, cost: { kind: 'constant', ms: index } as const }));
    const at = (unit: number) =>
      drawCostUs({ kind: 'mixed', parts }, { bits: () => 1, unit: () => unit, below: () => 0 });
    expect([0, 0.49, 0.5, 1 - 2 ** -32].map(at)).toEqual([1000, 1000, 2000, 2000]);
  });

  it('refuses shares that are no weights', () => {
    const mixed = (...shares: number[]): Cost => ({
      kind: 'mixed',
      parts: shares.map((share) => ({ share, cost: { kind: 'constant', ms: 1 } })),
    });
    for (const cost of [mixed(), mixed(0), mixed(2, -1), mixed(Number.NaN)]) {
      expect(() => drawCostUs(cost, stream(1, 'costs'))).toThrow(RangeError);
      expect(() => meanMs(cost)).toThrow(RangeError);
    }
  });
});
