import { describe, expect, it } from 'vitest';
import { drawChart, plotOf } from './chart.ts';

const line = (values: readonly number[], role = 'yours') => ({
  label: `<${role}>`,
  role,
  values: Float64Array.from(values),
  stepUs: 1_000_000,
});
const chart = (atUs: number, values: readonly number[], unit: 'ms' | '%' = 'ms') =>
  drawChart({ width: 600, durationUs: 4_000_000, atUs, unit, lines: [line(values)], marks: [], language: 'en' });
const path = (svg: string) => /class="line yours" d="([^"]*)"/.exec(svg)?.[1] ?? '';
const heights = (svg: string) => [...path(svg).matchAll(/[ML][\d.]+ ([\d.]+)/g)].map(([, y]) => Number(y));

describe('a chart', () => {
  it('gives away nothing after the playhead', () => {
    expect(heights(chart(2_000_000, [10, 20, 30, 40]))).toHaveLength(2);
    expect(heights(chart(4_000_000, [10, 20, 30, 40]))).toHaveLength(4);
    expect(path(chart(500_000, [10, 20, 30, 40]))).toBe('');
  });

  it('gives each factor of ten of a time the same height', () => {
    const [first, second, third] = heights(chart(4_000_000, [10, 100, 1_000, 10_000]));
    expect(first! - second!).toBeCloseTo(second! - third!, 0);
  });

  it('breaks a line where there was nothing to measure', () => {
    expect(path(chart(4_000_000, [10, Number.NaN, 30, 40])).match(/M/g)).toHaveLength(2);
  });

  it('writes a lane’s name as text, never as markup', () => {
    expect(chart(4_000_000, [10, 20, 30, 40])).toContain('&#60;yours&#62;');
  });

  it('leaves room for the names beside the plot, and on a phone gives it to the plot', () => {
    expect(600 - plotOf(600).right).toBeGreaterThan(100);
    expect(360 - plotOf(360).right).toBeLessThan(30);
  });
});
