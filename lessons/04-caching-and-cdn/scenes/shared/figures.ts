import type { Scene } from '../../../../simulator/scene.ts';
import type { Trace } from '../../../../simulator/trace.ts';

/** A scene's own measure over a stretch of the run, s; by default all of it. NaN where there is nothing to measure. */
export function measured<Plan, Strategy>(scene: Scene<Plan, Strategy>, id: string) {
  const measure = scene.measures.find((each) => each.id === id);
  if (!measure) throw new RangeError(`id: ${scene.id} has no measure ${id}`);
  return (trace: Trace, fromS = 0, toS = trace.durationUs / 1e6): number =>
    measure.of(trace, fromS * 1e6, toS * 1e6) ?? Number.NaN;
}
