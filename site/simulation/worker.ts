/// <reference lib="webworker" />
import { solutions } from 'virtual:course/solutions';
import type { Scene } from '../../simulator/scene.ts';
import { takeFigures } from './figures.ts';
import type { LaneSource, PrepareRequest, RunRequest, WorkerAnswer } from './protocol.ts';

/** Runs lanes away from the page: one request, then its trace, then its figures. */
const modules = import.meta.glob<{ scene: Scene<unknown, unknown> }>([
  '../../lessons/*/scenes/*.ts',
  '!../../lessons/*/scenes/*.spec.ts',
]);

addEventListener('message', ({ data }: MessageEvent<RunRequest | PrepareRequest>) => {
  if (data.kind === 'run') void answer(data);
  else void sceneOf(data.scene).then(() => send({ kind: 'ready' }));
});

async function answer(request: RunRequest): Promise<void> {
  const { run } = request;
  try {
    const scene = await sceneOf(request.scene);
    const strategy = await strategyOf(scene, request.source);
    const { seed, commands } = request;
    const trace = await scene.run(scene.plan(request.params), strategy, { seed, commands });
    send({ kind: 'trace', run, trace });
    send({ kind: 'figures', run, figures: takeFigures(trace, scene.measures, scene.chart) });
  } catch (thrown) {
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    send({ kind: 'threw', run, thrown: { name: error.name, message: error.message, stack: error.stack ?? '' } });
  }
}

async function sceneOf(id: string): Promise<Scene<unknown, unknown>> {
  const load = Object.entries(modules).find(([path]) => path.endsWith(`/scenes/${id}.ts`))?.[1];
  if (!load) throw new Error(`no scene "${id}"`);
  return (await load()).scene;
}

async function strategyOf(scene: Scene<unknown, unknown>, source: LaneSource): Promise<unknown> {
  if (source.kind === 'baseline') {
    const baseline = scene.baselines.find(({ id }) => id === source.id);
    if (!baseline) throw new Error(`scene "${scene.id}" has no baseline "${source.id}"`);
    return baseline.make;
  }
  const exercise = scene.exercises[source.exercise];
  if (!exercise) throw new Error(`scene "${scene.id}" does not know the exercise "${source.exercise}"`);
  return exercise.adapt(source.kind === 'code' ? await evaluate(source.code) : await solution(source.exercise));
}

async function evaluate(code: string): Promise<Readonly<Record<string, unknown>>> {
  const url = URL.createObjectURL(new Blob([code], { type: 'text/javascript' }));
  try {
    return (await import(/* @vite-ignore */ url)) as Record<string, unknown>;
  } finally {
    URL.revokeObjectURL(url);
  }
}

async function solution(exercise: string): Promise<Readonly<Record<string, unknown>>> {
  const load = Object.entries(solutions).find(([path]) => path.endsWith(`/${exercise}.ts`))?.[1];
  if (!load) throw new Error(`there is no solution of "${exercise}" here`);
  return load();
}

function send(message: WorkerAnswer): void {
  postMessage(message);
}
