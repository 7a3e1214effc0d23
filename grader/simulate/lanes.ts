import type { Params } from '../../simulator/scene.ts';
import type { Text } from '../../simulator/text.ts';
import type { Trace } from '../../simulator/trace.ts';
import type { Exercise } from '../catalogue.ts';
import { SIMULATE } from '../text/simulate.ts';
import { runLearner } from './learner.ts';
import type { SceneFile } from './scenes.ts';
import { loadSolution } from './scenes.ts';

export interface LaneResult {
  readonly id: string;
  readonly kind: 'baseline' | 'yours' | 'reference';
  readonly label: Text;
  readonly status: 'ran' | 'not-written' | 'failed';
  /** The run, also one that stopped early. */
  readonly trace?: Trace;
  readonly message?: Text;
  /** Line of the learner's file. */
  readonly line?: number;
}

/** Runs every lane of a scene on identical traffic: the course's own, the learner's, the solution's. */
export async function runLanes(
  file: SceneFile,
  exercise: Exercise | undefined,
  params: Params,
  seed: number,
): Promise<LaneResult[]> {
  const { scene } = file;
  const lanes: LaneResult[] = [];
  for (const { id, label, make } of scene.baselines) {
    lanes.push({ id, kind: 'baseline', label, ...ranOrStopped(await scene.run(scene.plan(params), make, { seed })) });
  }
  const slot = exercise && scene.exercises[exercise.id];
  if (!exercise || !slot) return lanes;
  lanes.push({
    id: exercise.id,
    kind: 'yours',
    label: SIMULATE.yours,
    ...(await runLearner(file, exercise, params, seed)),
  });
  const solution = await loadSolution(exercise.lesson, exercise.id);
  if (solution) {
    const trace = await scene.run(scene.plan(params), slot.adapt(solution), { seed });
    lanes.push({ id: `${exercise.id}-reference`, kind: 'reference', label: slot.label, ...ranOrStopped(trace) });
  }
  return lanes;
}

function ranOrStopped(trace: Trace): Pick<LaneResult, 'status' | 'trace' | 'message'> {
  if (!trace.failure) return { status: 'ran', trace };
  const { message } = trace.failure;
  return { status: 'failed', trace, message: { en: message, ko: message } };
}
