import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Effect } from '../../simulator/effect.ts';
import type { Params, Scene } from '../../simulator/scene.ts';
import { courseRoot } from '../catalogue.ts';

/** A scene whatever its plan and strategy. */
// biome-ignore lint/suspicious/noExplicitAny: the two type parameters belong to the scene alone and are existential here
export type AnyScene = Scene<any, any>;

export interface SceneFile {
  readonly scene: AnyScene;
  /** Path from the course's folder, with forward slashes. */
  readonly path: string;
}

/** Every scene of the course, by lesson and file name. */
export async function loadScenes(): Promise<SceneFile[]> {
  const files = modulesIn('scenes');
  const modules = await Promise.all(files.map(async (path) => ({ path, ...(await load<{ scene?: AnyScene }>(path)) })));
  return modules.flatMap(({ path, scene }) => (scene ? [{ scene, path }] : []));
}

/** What the scenes claim to show. */
export async function loadEffects(): Promise<Effect[]> {
  const modules = await Promise.all(
    modulesIn('scenes/effects').map((path) => load<{ effects?: readonly Effect[] }>(path)),
  );
  return modules.flatMap(({ effects }) => effects ?? []);
}

/** A scene's control values: its own, those of a preset, and the ones set by hand. */
export function paramsOf(scene: AnyScene, preset: AnyScene['presets'][number], settings: Params = {}): Params {
  return {
    ...Object.fromEntries(scene.controls.map(({ name, initial }) => [name, initial])),
    ...preset.params,
    ...settings,
  };
}

/** What the course's solution to an exercise exports; undefined when there is none. */
export async function loadSolution(lesson: string, exercise: string): Promise<Record<string, unknown> | undefined> {
  const path = `solutions/${lesson}/${exercise}.ts`;
  return existsSync(join(courseRoot, path)) ? load(path) : undefined;
}

function modulesIn(folder: string): string[] {
  const lessons = readdirSync(join(courseRoot, 'lessons'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(courseRoot, 'lessons', entry.name, folder)))
    .map(({ name }) => name)
    .sort();
  return lessons.flatMap((lesson) =>
    readdirSync(join(courseRoot, 'lessons', lesson, folder))
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'))
      .sort()
      .map((file) => `lessons/${lesson}/${folder}/${file}`),
  );
}

async function load<Module>(path: string): Promise<Module> {
  return (await import(/* @vite-ignore */ pathToFileURL(join(courseRoot, path)).href)) as Module;
}
