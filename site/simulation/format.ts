import type { Measure } from '../../simulator/scene.ts';
import type { Language } from '../../simulator/text.ts';

/** A figure as pages write it: with its unit and no more digits than mean something. Percentages come as 0 … 100. */
export function formatFigure(value: number, unit: Measure['unit'], language: Language): string {
  switch (unit) {
    case 'ms':
      return formatMs(value, language);
    case '%':
      return `${value === 100 ? '100' : value.toFixed(1)} %`;
    case '/s':
      return `${group(value)}/s`;
    case 'count':
      return group(value);
    case 'ratio':
      return value.toFixed(2);
  }
}

/** A time: `0.5 ms`, `134 ms`, `3.8 s` (Korean `3.8초`). */
export function formatMs(ms: number, language: Language): string {
  if (ms < 9.95) return `${ms.toFixed(1)} ms`;
  if (ms < 999.5) return `${ms.toFixed(0)} ms`;
  return seconds((ms / 1000).toFixed(ms < 99_950 ? 1 : 0), language);
}

/** A moment on the clock, in seconds: `8.00`. */
export function formatClock(us: number): string {
  return (us / 1e6).toFixed(2);
}

/** A length of simulated time in as few digits as are exact: `20 s`, `2.5초`. */
export function formatSeconds(us: number, language: Language): string {
  return seconds(String(Number((us / 1e6).toFixed(2))), language);
}

function seconds(number: string, language: Language): string {
  return language === 'ko' ? `${number}초` : `${number} s`;
}

function group(value: number): string {
  return Math.round(value)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, ',');
}
