import { describe, expect, it } from 'vitest';
import { scaleFor, sparkline } from './sparkline.ts';

describe('sparklines', () => {
  it('span whole powers of ten where ratios matter', () => {
    expect(scaleFor([30, 4500, undefined], true)).toEqual({ low: 10, high: 10_000, log: true });
  });

  it('begin at zero otherwise', () => {
    expect(scaleFor([5, 25], false)).toEqual({ low: 0, high: 25, log: false });
  });

  it('have a scale even when there is nothing to show', () => {
    expect(scaleFor([undefined, 0], true)).toEqual({ low: 1, high: 10, log: true });
    expect(scaleFor([], false)).toEqual({ low: 0, high: 1, log: false });
  });

  it('show a ratio of ten as a third of three decades', () => {
    expect(sparkline([10, 100, 1000, 10_000], { low: 10, high: 10_000, log: true })).toBe('▁▃▆█');
  });

  it('leave a gap where nothing was measured', () => {
    expect(sparkline([0, undefined, 25], { low: 0, high: 25, log: false })).toBe('▁ █');
  });
});
