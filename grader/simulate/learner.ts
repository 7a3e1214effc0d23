import { Worker } from 'node:worker_threads';
import { build } from 'esbuild';
import type { Params } from '../../simulator/scene.ts';
import type { Text } from '../../simulator/text.ts';
import type { Trace } from '../../simulator/trace.ts';
import { courseRoot, type Exercise } from '../catalogue.ts';
import { bundle, isBundle } from '../judge/bundle.ts';
import { COURSE } from '../judge/course.ts';
import { SourceLines } from '../judge/source-line.ts';
import { SIMULATE } from '../text/simulate.ts';
import type { Reply, Task } from './in-worker.ts';
import type { SceneFile } from './scenes.ts';

/** How the learner's lane went: a whole run, or why there is none (with what there is of one). */
export type LearnerRun =
  | { readonly status: 'ran'; readonly trace: Trace }
  | { readonly status: 'not-written' }
  | { readonly status: 'failed'; readonly message: Text; readonly line?: number; readonly trace?: Trace };

/** A lane takes some milliseconds; what takes this long never ends. */
const PATIENCE_MS = 5_000;

/** Runs the learner's file as a lane. It runs in a thread that is ended when it takes too long. */
export async function runLearner(
  { path }: SceneFile,
  exercise: Exercise,
  params: Params,
  seed: number,
  patienceMs = PATIENCE_MS,
): Promise<LearnerRun> {
  const bundled = await bundle(exercise.files.stub, exercise, COURSE);
  if (!isBundle(bundled)) return { status: 'failed', message: bundled.message, line: bundled.line };
  const reply = await ask(
    await workerCode(path),
    { code: bundled.code, exercise: exercise.id, params, seed },
    patienceMs,
  );
  if (reply === 'too-long') return { status: 'failed', message: SIMULATE.tooLong(patienceMs / 1000) };
  const failure = 'failure' in reply ? reply.failure : reply.trace.failure;
  const trace = 'trace' in reply ? reply.trace : undefined;
  if (!failure) return { status: 'ran', trace: trace! };
  if (failure.name === 'TodoError') return { status: 'not-written' };
  const line = failure.stack === undefined ? undefined : new SourceLines(bundled.sourceMap).find(failure.stack);
  return { status: 'failed', message: { en: failure.message, ko: failure.message }, line, trace };
}

/** One script that runs the scene of this path with whatever code it is handed. */
async function workerCode(scenePath: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: {
      contents: `import { scene } from './${scenePath}';\nimport { runTask } from './grader/simulate/in-worker.ts';\nrunTask(scene);`,
      resolveDir: courseRoot,
      loader: 'ts',
    },
    bundle: true,
    write: false,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    logLevel: 'silent',
  });
  return outputFiles[0]!.text;
}

function ask(code: string, task: Task, patienceMs: number): Promise<Reply | 'too-long'> {
  return new Promise((resolve, reject) => {
    // What the learner prints is for the learner, never part of the command's own output.
    const worker = new Worker(code, { eval: true, workerData: task, stdout: true, env: {}, execArgv: [] });
    worker.stdout.pipe(process.stderr);
    const patience = setTimeout(() => end(() => resolve('too-long')), patienceMs);
    const end = (settle: () => void): void => {
      clearTimeout(patience);
      void worker.terminate();
      settle();
    };
    worker.once('message', (reply: Reply) => end(() => resolve(reply)));
    worker.once('error', (error) => end(() => reject(error)));
    worker.once('exit', (exitCode) => end(() => reject(new Error(`the lane's thread ended with ${exitCode}`))));
  });
}
