import type { Status, Verdict } from '../verdict.ts';
import { type ExerciseState, stateOf, updateState } from './state.ts';

/** Nothing of the learner's was judged, so nothing is remembered. */
const NO_ATTEMPT: ReadonlySet<Status> = new Set(['not-attempted', 'not-submitted', 'grader-error']);

/** Remembers what grading the learner's own files gave. A worse result never takes back a better one. */
export function recordVerdicts(verdicts: readonly Verdict[], folder?: string): void {
  const attempts = verdicts.filter((verdict) => !NO_ATTEMPT.has(verdict.status));
  if (attempts.length === 0) return;
  updateState((state) => {
    const exercises = { ...state.exercises };
    for (const verdict of attempts) exercises[verdict.exercise] = after(stateOf(state, verdict.exercise), verdict);
    return { ...state, exercises };
  }, folder);
}

function after(before: ExerciseState, verdict: Verdict): ExerciseState {
  const better = before.max === 0 || verdict.score / (verdict.maxScore || 1) >= before.best / before.max;
  const { score, maxScore } = verdict;
  return {
    ...before,
    attempts: before.attempts + 1,
    passed: before.passed || verdict.status === 'passed',
    best: better ? score : before.best,
    max: better ? maxScore : before.max,
  };
}
