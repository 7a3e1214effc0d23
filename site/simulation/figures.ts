import type { Measure } from '../../simulator/scene.ts';
import type { Trace } from '../../simulator/trace.ts';
import { LatencyTaker } from './latencies.ts';
import type { Figures } from './protocol.ts';

const SECOND_US = 1_000_000;

/**
 * Takes every measure along a run.
 * @param steps number of moments, evenly spread, the last one the end of the run
 */
export function takeFigures(trace: Trace, measures: readonly Measure[], chart: string, steps = 100): Figures {
  const stepUs = trace.durationUs / steps;
  const moments = Array.from({ length: steps }, (_, step) => (step + 1) * stepUs);
  const charted = measures.find(({ id }) => id === chart) ?? measures[0];
  const take = (measure: Measure | undefined, fromUs: number, toUs: number) =>
    measure?.of(trace, fromUs, toUs) ?? Number.NaN;
  const sinceStart = measures.map(() => new Float64Array(steps));
  const taker = new LatencyTaker(trace, steps);
  // Moment by moment: figures of one window share the work of drawing its sample.
  for (const [moment, toUs] of moments.entries()) {
    taker.take(moment, toUs);
    for (const [place, measure] of measures.entries()) sinceStart[place]![moment] = take(measure, 0, toUs);
  }
  return {
    stepUs,
    sinceStart,
    latencies: taker.latencies,
    lastSecond: Float64Array.from(moments, (toUs) => take(charted, Math.max(0, toUs - SECOND_US), toUs)),
    whole: Float64Array.from(measures, (measure) => take(measure, 0, trace.durationUs)),
  };
}

/** Place of the last step at or before a moment; −1 before the first. */
export function stepAt(stepUs: number, atUs: number): number {
  return Math.floor(atUs / stepUs + 1e-9) - 1;
}

/** A column's value at a moment: that of the last step at or before it; undefined where there is none. */
export function figureAt(column: Float64Array, stepUs: number, atUs: number): number | undefined {
  const value = column[stepAt(stepUs, atUs)];
  return value === undefined || Number.isNaN(value) ? undefined : value;
}
