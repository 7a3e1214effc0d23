import { describe, expect, it } from 'vitest';
import type { Measure } from '../../simulator/scene.ts';
import type { Trace } from '../../simulator/trace.ts';
import { figureAt, takeFigures } from './figures.ts';

const none = { arrivedUs: [], endedUs: [], outcome: [], class: [] };
const trace = { durationUs: 10_000_000, requests: none as unknown } as Trace;
const label = { en: '', ko: '' };
const span: Measure = { id: 'span', label, unit: 'count', of: (_trace, fromUs, toUs) => toUs - fromUs };
const late: Measure = {
  id: 'late',
  label,
  unit: 'count',
  of: (_trace, _from, toUs) => (toUs > 5_000_000 ? toUs : undefined),
};

describe('figures along a run', () => {
  it('measure from the start, and the chart over the last second only', () => {
    const figures = takeFigures(trace, [span, late], 'span', 20);
    expect(figures.stepUs).toBe(500_000);
    expect([...figures.sinceStart[0]!.slice(0, 3)]).toEqual([500_000, 1_000_000, 1_500_000]);
    expect([...figures.lastSecond.slice(0, 3)]).toEqual([500_000, 1_000_000, 1_000_000]);
    expect(figures.whole[0]).toBe(10_000_000);
  });

  it('have no value where there was nothing to measure', () => {
    const { sinceStart, stepUs } = takeFigures(trace, [span, late], 'span', 20);
    expect(figureAt(sinceStart[1]!, stepUs, 4_000_000)).toBeUndefined();
    expect(figureAt(sinceStart[1]!, stepUs, 5_500_000)).toBe(5_500_000);
  });

  it('hold the last step’s value until the next one, and none before the first', () => {
    const { sinceStart, stepUs } = takeFigures(trace, [span], 'span', 20);
    expect(figureAt(sinceStart[0]!, stepUs, 499_999)).toBeUndefined();
    expect(figureAt(sinceStart[0]!, stepUs, 999_999)).toBe(500_000);
    expect(figureAt(sinceStart[0]!, stepUs, 10_000_000)).toBe(10_000_000);
  });
});
