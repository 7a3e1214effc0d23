import type { Params, Scene } from '../../simulator/scene.ts';
import type { Trace } from '../../simulator/trace.ts';

/** A scene whatever its plan and strategy: the pages never look inside either. */
// biome-ignore lint/suspicious/noExplicitAny: the two type parameters belong to the scene alone and are existential here
export type AnyScene = Scene<any, any>;

const modules = import.meta.glob<{ scene: AnyScene }>('../../lessons/*/scenes/*.ts', { eager: true });

const byId = new Map(
  Object.entries(modules)
    .filter(([path, module]) => !path.endsWith('.spec.ts') && module.scene !== undefined)
    .map(([, module]) => [module.scene.id, module.scene]),
);

/** @throws Error naming the known scenes when there is none of this id */
export function sceneById(id: string): AnyScene {
  const scene = byId.get(id);
  if (!scene) throw new Error(`No scene "${id}". Scenes: ${[...byId.keys()].join(', ') || 'none'}.`);
  return scene;
}

/** Control values of a preset, over the controls' own initial ones. */
export function presetParams(scene: AnyScene, preset: string | undefined): Params {
  const chosen = scene.presets.find(({ id }) => id === preset) ?? scene.presets[0];
  if (preset !== undefined && chosen?.id !== preset) throw new Error(`Scene "${scene.id}" has no preset "${preset}".`);
  return { ...Object.fromEntries(scene.controls.map(({ name, initial }) => [name, initial])), ...chosen?.params };
}

const runs = new Map<string, Trace>();

/** A baseline lane's whole run, for the still that the server draws; remembered, since both languages need it. */
export function baselineRun(scene: AnyScene, lane: number, params: Params, seed: number): Trace {
  const key = JSON.stringify([scene.id, lane, params, seed]);
  const known = runs.get(key);
  if (known) return known;
  const strategy = scene.baselines[lane]?.make;
  const trace = scene.run(scene.plan(params), strategy, { seed });
  runs.set(key, trace);
  return trace;
}
