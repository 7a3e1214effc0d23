import type { Effect } from '../../simulator/effect.ts';
import type { Trace } from '../../simulator/trace.ts';
import type { AnyScene } from './scenes.ts';
import { loadEffects, loadScenes, loadSolution, paramsOf } from './scenes.ts';

/** How one effect came out over many seeds. */
export interface EffectResult {
  readonly effect: Effect;
  readonly seeds: number;
  /** Seeds on which it does not hold. */
  readonly missed: readonly number[];
  /** Median and extremes of each figure. */
  readonly figures: Readonly<Record<string, { readonly median: number; readonly min: number; readonly max: number }>>;
}

/** Runs every effect of the course (or of some scenes) on seeds 1 … `seeds`, one effect after another. */
export async function* runEffects(seeds: number, only: readonly string[] = []): AsyncGenerator<EffectResult> {
  const scenes = new Map((await loadScenes()).map(({ scene }) => [scene.id, scene]));
  const strategies = new Map<string, Map<string, unknown>>();
  for (const effect of await loadEffects()) {
    if (only.length > 0 && !only.includes(effect.scene)) continue;
    const scene = scenes.get(effect.scene);
    if (!scene) throw new RangeError(`${effect.claim} speaks of a scene ${effect.scene} that does not exist`);
    if (!strategies.has(scene.id)) strategies.set(scene.id, await lanesOf(scene));
    yield await runEffect(effect, scene, strategies.get(scene.id)!, seeds);
  }
}

async function runEffect(
  effect: Effect,
  scene: AnyScene,
  strategies: ReadonlyMap<string, unknown>,
  seeds: number,
): Promise<EffectResult> {
  const preset = scene.presets.find(({ id }) => id === effect.preset);
  if (!preset) throw new RangeError(`the scene ${scene.id} has no preset ${effect.preset}`);
  const params = paramsOf(scene, preset);
  const missed: number[] = [];
  const all: Record<string, number[]> = {};
  for (let seed = 1; seed <= seeds; seed++) {
    const figures = await figuresOf(effect, scene, strategies, params, seed);
    for (const [name, value] of Object.entries(figures)) {
      all[name] ??= [];
      all[name].push(value);
    }
    if (!effect.holds(figures)) missed.push(seed);
  }
  const figures = Object.fromEntries(
    Object.entries(all).map(([name, values]) => {
      const sorted = [...values].sort((one, other) => one - other);
      return [name, { median: sorted[sorted.length >> 1]!, min: sorted[0]!, max: sorted.at(-1)! }];
    }),
  );
  return { effect, seeds, missed, figures };
}

/** Figures may ask for any lane; runs may be promises, so lanes that were asked for are run and the figures redone. */
async function figuresOf(
  effect: Effect,
  scene: AnyScene,
  strategies: ReadonlyMap<string, unknown>,
  params: ReturnType<typeof paramsOf>,
  seed: number,
): Promise<Readonly<Record<string, number>>> {
  const traces = new Map<string, Trace>();
  for (;;) {
    try {
      return effect.figures((lane) => {
        const trace = traces.get(lane);
        if (!trace) throw new Wanted(lane);
        return trace;
      });
    } catch (wanted) {
      if (!(wanted instanceof Wanted)) throw wanted;
      if (!strategies.has(wanted.lane)) throw new RangeError(`the scene ${scene.id} has no lane ${wanted.lane}`);
      traces.set(wanted.lane, await scene.run(scene.plan(params), strategies.get(wanted.lane), { seed }));
    }
  }
}

class Wanted extends Error {
  constructor(readonly lane: string) {
    super(`lane ${lane} has not run yet`);
  }
}

async function lanesOf(scene: AnyScene): Promise<Map<string, unknown>> {
  const lanes = new Map<string, unknown>(scene.baselines.map(({ id, make }) => [id, make]));
  for (const [exercise, { adapt }] of Object.entries(scene.exercises)) {
    const solution = await loadSolution(scene.lesson, exercise);
    if (solution) lanes.set(exercise, adapt(solution));
  }
  return lanes;
}
