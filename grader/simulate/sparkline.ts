const BARS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const;

/** What a row of bars spans. `log` for figures of which ratios matter; bounds above 0 then. */
export interface Scale {
  readonly low: number;
  readonly high: number;
  readonly log: boolean;
}

/** A scale that holds every value of all lanes: whole powers of ten for ratios, from zero otherwise. */
export function scaleFor(values: readonly (number | undefined)[], log: boolean): Scale {
  const known = values.filter((value) => value !== undefined && value > 0) as number[];
  if (known.length === 0) return { low: log ? 1 : 0, high: log ? 10 : 1, log };
  const high = Math.max(...known);
  if (!log) return { low: 0, high, log };
  const low = 10 ** Math.floor(Math.log10(Math.min(...known)));
  return { low, high: Math.max(low * 10, 10 ** Math.ceil(Math.log10(high))), log };
}

/** One bar a value, a blank where there is none. */
export function sparkline(values: readonly (number | undefined)[], { low, high, log }: Scale): string {
  const place = (value: number): number =>
    log ? Math.log(Math.max(value, low) / low) / Math.log(high / low) : (value - low) / (high - low);
  return values
    .map((value) => (value === undefined ? ' ' : BARS[Math.min(7, Math.max(0, Math.floor(place(value) * 8)))]))
    .join('');
}
