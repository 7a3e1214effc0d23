import { runInThisContext } from 'node:vm';
import { parentPort, workerData } from 'node:worker_threads';
import type { Params } from '../../simulator/scene.ts';
import type { Trace } from '../../simulator/trace.ts';
import { SCRIPT } from '../judge/source-line.ts';
import type { AnyScene } from './scenes.ts';

export interface Task {
  /** The learner's bundled file: a script that sets `__learner` to its exports. */
  readonly code: string;
  readonly exercise: string;
  readonly params: Params;
  readonly seed: number;
}

/** The run, or what was thrown before one could begin. */
export type Reply = { readonly trace: Trace } | { readonly failure: NonNullable<Trace['failure']> };

/** Runs the learner's lane of `scene` in the thread that this is, and posts the reply. */
export async function runTask(scene: AnyScene): Promise<void> {
  parentPort!.postMessage(await reply(scene, workerData as Task));
}

async function reply(scene: AnyScene, { code, exercise, params, seed }: Task): Promise<Reply> {
  const plan = scene.plan(params);
  try {
    const exports = runInThisContext(`${code}\n;__learner`, { filename: SCRIPT });
    return { trace: await scene.run(plan, scene.exercises[exercise]!.adapt(exports), { seed }) };
  } catch (thrown) {
    const { message, name, stack } = thrown instanceof Error ? thrown : new Error(String(thrown));
    return { failure: { atUs: 0, message, name, stack } };
  }
}
