import type { Exercise } from '../catalogue.ts';
import { readText } from '../progress/backups.ts';
import { readState, stateOf, updateExercise } from '../progress/state.ts';
import { SOLUTION } from '../text/tools.ts';
import { compareLines, renderDiff } from './diff.ts';
import { type Page, say } from './page.ts';

/**
 * The learner's file beside the commented reference; the reference alone while there is no such file. Undefined when
 * the exercise has no reference.
 * @param shown the learner's file as they would type it
 */
export function renderSolution(page: Page, { files }: Exercise, shown: string): string | undefined {
  const reference = readText(files.solution);
  const own = readText(files.stub);
  if (reference === undefined || own === undefined) return reference;
  const rows = compareLines(own, reference);
  const same = rows.every((row) => row.kind === 'same') ? ` ${say(page, SOLUTION.same)}\n\n` : '';
  return `${same}${renderDiff(page, rows, `${say(page, SOLUTION.yours)} ${shown}`, say(page, SOLUTION.reference))}`;
}

/** `renderSolution`, and remembers that it was seen if the exercise has not passed. */
export function revealSolution(page: Page, exercise: Exercise, shown: string): string | undefined {
  const text = renderSolution(page, exercise, shown);
  const { passed, gaveUp } = stateOf(readState(), exercise.id);
  if (text !== undefined && !passed && !gaveUp) updateExercise(exercise.id, (state) => ({ ...state, gaveUp: true }));
  return text;
}
