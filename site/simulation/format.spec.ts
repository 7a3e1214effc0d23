import { describe, expect, it } from 'vitest';
import { formatClock, formatFigure, formatSeconds } from './format.ts';

describe('a figure', () => {
  it.each([
    [0.26, '0.3 ms'],
    [9.96, '10 ms'],
    [134.4, '134 ms'],
    [999.6, '1.0 s'],
    [3789, '3.8 s'],
    [14_685, '14.7 s'],
  ])('of %d ms reads %s', (value, text) => {
    expect(formatFigure(value, 'ms', 'en')).toBe(text);
  });

  it('is written the Korean way on Korean pages', () => {
    expect(formatFigure(3789, 'ms', 'ko')).toBe('3.8초');
    expect(formatFigure(134, 'ms', 'ko')).toBe('134 ms');
    expect(formatSeconds(20e6, 'ko')).toBe('20초');
  });

  it('keeps one decimal of a percentage, none of all or nothing counted', () => {
    expect(formatFigure(24.16, '%', 'en')).toBe('24.2 %');
    expect(formatFigure(100, '%', 'en')).toBe('100 %');
    expect(formatFigure(12_345.6, 'count', 'en')).toBe('12,346');
    expect(formatFigure(1.6, 'ratio', 'en')).toBe('1.60');
  });

  it('shows hundredths on the clock and no needless ones in a length', () => {
    expect(formatClock(8e6)).toBe('8.00');
    expect(formatSeconds(2.5e6, 'en')).toBe('2.5 s');
  });
});
