import { percentile, sample, shareOver } from '../../../../simulator/measures/measures.ts';
import { SLOW_MS } from '../../../../simulator/measures/web-measures.ts';
import type { Scene } from '../../../../simulator/scene.ts';
import type { Trace } from '../../../../simulator/trace.ts';

/** p99 of a whole run, ms. */
export function p99Of(trace: Trace, only?: number): number {
  return percentile(sample(trace, 0, trace.durationUs, only), 99) ?? Number.NaN;
}

/** Percent of a whole run's requests over 200 ms. */
export function slowOf(trace: Trace): number {
  return shareOver(sample(trace, 0, trace.durationUs), SLOW_MS) ?? Number.NaN;
}

/** A scene's own measure over a stretch of the run, s; by default all of it. */
export function measured<Plan, Strategy>(scene: Scene<Plan, Strategy>, id: string) {
  const measure = scene.measures.find((each) => each.id === id);
  if (!measure) throw new RangeError(`id: ${scene.id} has no measure ${id}`);
  return (trace: Trace, fromS = 0, toS = trace.durationUs / 1e6): number =>
    measure.of(trace, fromS * 1e6, toS * 1e6) ?? Number.NaN;
}
