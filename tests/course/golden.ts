import type { Scene } from '../../simulator/scene.ts';
import type { Trace } from '../../simulator/trace.ts';
import { traceHash } from '../../simulator/trace-hash.ts';

/** A scene whatever its plan and strategy. */
// biome-ignore lint/suspicious/noExplicitAny: the two type parameters belong to the scene alone and are existential here
export type AnyScene = Scene<any, any>;

/** What the course's solutions export, by exercise. */
export type Solutions = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** The seed of the golden runs. */
export const GOLDEN_SEED = 20_261_123;

/**
 * Fingerprints of every lane of every preset, by `scene/preset/lane`: baselines, and the solutions of those exercises
 * that have one. Needs nothing of Node, so that a browser can be asked the same.
 */
export async function goldenHashes(
  scenes: readonly AnyScene[],
  solutions: Solutions,
): Promise<Readonly<Record<string, string>>> {
  const hashes: Record<string, string> = {};
  for (const scene of scenes) {
    const lanes = [
      ...scene.baselines.map(({ id, make }) => [id, make] as const),
      ...Object.entries(scene.exercises).flatMap(([id, { adapt }]) =>
        solutions[id] ? [[id, adapt(solutions[id])] as const] : [],
      ),
    ];
    for (const preset of scene.presets) {
      for (const [lane, strategy] of lanes) {
        const trace: Trace = await scene.run(scene.plan(preset.params), strategy, { seed: GOLDEN_SEED });
        hashes[`${scene.id}/${preset.id}/${lane}`] = trace.failure
          ? `failed: ${trace.failure.message}`
          : traceHash(trace);
      }
    }
  }
  return Object.fromEntries(Object.entries(hashes).sort(([one], [other]) => (one < other ? -1 : 1)));
}
