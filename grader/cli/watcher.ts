import { basename, dirname } from 'node:path';
import type { Exercise } from '../catalogue.ts';
import type { Verdict } from '../verdict.ts';

/** What a watch tells its surroundings. */
export interface WatchEvents<E extends Exercise> {
  readonly grading: (exercise: E) => void;
  readonly graded: (exercise: E, verdict: Verdict) => void;
  readonly gone: (exercise: E) => void;
  /** What grading itself threw: not the learner's fault. */
  readonly failed: (error: unknown) => void;
}

export interface Watcher<E extends Exercise> {
  readonly current: () => E;
  /** A file was saved or vanished. Saving another exercise's file moves the watch to it. */
  readonly fileChanged: (file: string, what: 'saved' | 'gone') => void;
  /** Turns to another exercise without grading it. */
  readonly moveTo: (exercise: E) => void;
  /** Grades the current exercise now; one that is under way is given up. */
  readonly grade: () => void;
  readonly stop: () => void;
}

/**
 * Decides what to grade when. One grading runs at a time: a save while one runs gives that one up, and only the verdict
 * of what was saved last is told.
 */
export function createWatcher<E extends Exercise>(
  exercises: readonly E[],
  first: E,
  judge: (exercise: E, signal: AbortSignal) => Promise<Verdict>,
  events: WatchEvents<E>,
): Watcher<E> {
  let current = first;
  let running: AbortController | undefined;
  let queue: Promise<void> = Promise.resolve();

  const grade = () => {
    running?.abort();
    const mine = new AbortController();
    running = mine;
    const exercise = current;
    queue = queue.then(async () => {
      if (mine.signal.aborted) return;
      events.grading(exercise);
      try {
        const verdict = await judge(exercise, mine.signal);
        if (!mine.signal.aborted) events.graded(exercise, verdict);
      } catch (error) {
        if (!mine.signal.aborted) events.failed(error);
      }
    });
  };

  return {
    current: () => current,
    grade,
    moveTo: (exercise) => {
      running?.abort();
      current = exercise;
    },
    fileChanged: (file, what) => {
      const saved = exercises.find((exercise) => exercise.files.stub === file);
      if (what === 'gone') {
        if (saved === current) events.gone(current);
        return;
      }
      if (saved !== undefined) current = saved;
      if (saved !== undefined || isShared(file, current)) grade();
    },
    stop: () => running?.abort(),
  };
}

/** The lesson's contract, or another file that the exercise may import. */
function isShared(file: string, exercise: Exercise): boolean {
  return basename(file) === 'todo.ts' || dirname(file) === dirname(exercise.files.stub);
}
