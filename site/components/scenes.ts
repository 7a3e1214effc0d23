import type { Params, Scene } from '../../simulator/scene.ts';
import type { Trace } from '../../simulator/trace.ts';

/** A scene whatever its plan and strategy: the pages never look inside either. */
// biome-ignore lint/suspicious/noExplicitAny: the two type parameters belong to the scene alone and are existential here
export type AnyScene = Scene<any, any>;

const modules = import.meta.glob<{ scene: AnyScene }>(
  ['../../lessons/*/scenes/*.ts', '!../../lessons/*/scenes/*.spec.ts'],
  { eager: true },
);

const byId = new Map(
  Object.values(modules)
    .filter(({ scene }) => scene !== undefined)
    .map(({ scene }) => [scene.id, scene]),
);

/** @throws Error naming the known scenes when there is none of this id */
export function sceneById(id: string): AnyScene {
  const scene = byId.get(id);
  if (!scene) throw new Error(`No scene "${id}". Scenes: ${[...byId.keys()].join(', ') || 'none'}.`);
  return scene;
}

const runs = new Map<string, Promise<Trace>>();

/** A baseline lane's whole run, for the still that the server draws; remembered, since both languages need it. */
export function baselineRun(scene: AnyScene, lane: number, params: Params, seed: number): Promise<Trace> {
  const key = JSON.stringify([scene.id, lane, params, seed]);
  const known = runs.get(key);
  if (known) return known;
  const trace = Promise.resolve(scene.run(scene.plan(params), scene.baselines[lane]?.make, { seed }));
  runs.set(key, trace);
  return trace;
}

const counts = new WeakMap<object, Map<string, number>>();

/** How many simulations of a scene a page has so far, this one included: its elements need names of their own. */
export function ordinal(page: object, scene: string): number {
  const ofPage = counts.get(page) ?? new Map<string, number>();
  counts.set(page, ofPage);
  const place = (ofPage.get(scene) ?? 0) + 1;
  ofPage.set(scene, place);
  return place;
}
