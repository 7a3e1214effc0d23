import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Language } from '../../simulator/text.ts';
import { courseRoot } from '../catalogue.ts';

/** What the course remembers of one exercise. */
export interface ExerciseState {
  /** Best score so far, and the maximum it was measured against. */
  readonly best: number;
  readonly max: number;
  readonly passed: boolean;
  /** Gradings that ran the learner's code. */
  readonly attempts: number;
  /** Hints shown so far. */
  readonly hints: number;
  /** Looked at the solution before passing. */
  readonly gaveUp: boolean;
}

export interface CourseState {
  readonly language?: Language;
  readonly exercises: Readonly<Record<string, ExerciseState>>;
}

export const untouched: ExerciseState = { best: 0, max: 0, passed: false, attempts: 0, hints: 0, gaveUp: false };

/** Where a learner's progress is kept; `ZERO_TO_MILLIONS_PROGRESS` moves it (the project's own tests do). */
export function progressFolder(): string {
  return process.env.ZERO_TO_MILLIONS_PROGRESS ?? join(courseRoot, '.progress');
}

/**
 * What is remembered. A file from an older or newer version of the course gives what can be understood of it;
 * one that is no JSON at all counts as empty (and is kept aside by the next `updateState`).
 */
export function readState(folder: string = progressFolder()): CourseState {
  return understand(readRaw(folder).content);
}

/** What is remembered of one exercise. */
export function stateOf(state: CourseState, id: string): ExerciseState {
  return Object.hasOwn(state.exercises, id) ? (state.exercises[id] ?? untouched) : untouched;
}

/**
 * Changes what is remembered and returns it. The file is replaced in one step, so that a kill at any moment leaves
 * either the old or the new one; fields that this version does not know stay in it.
 */
export function updateState(
  change: (state: CourseState) => CourseState,
  folder: string = progressFolder(),
): CourseState {
  mkdirSync(folder, { recursive: true });
  const { content, broken } = readRaw(folder);
  if (broken) renameSync(fileIn(folder), join(folder, `unreadable-${Date.now()}.json`));
  const raw = asRecord(content);
  const rawExercises = asRecord(raw.exercises);
  const after = change(understand(content));
  const exercises = { ...rawExercises };
  for (const [id, state] of Object.entries(after.exercises)) {
    exercises[id] = { ...asRecord(rawExercises[id]), ...state };
  }
  replaceFile(fileIn(folder), `${JSON.stringify({ ...raw, version: 1, ...after, exercises }, null, 2)}\n`);
  return after;
}

/** `updateState` for one exercise. */
export function updateExercise(
  id: string,
  change: (state: ExerciseState) => ExerciseState,
  folder?: string,
): ExerciseState {
  const after = updateState(
    (state) => ({ ...state, exercises: { ...state.exercises, [id]: change(stateOf(state, id)) } }),
    folder,
  );
  return stateOf(after, id);
}

/** Writes a file in one step: whoever reads it sees all of the old text or all of the new. */
export function replaceFile(file: string, text: string): void {
  const draft = `${file}.${process.pid}.tmp`;
  try {
    writeFileSync(draft, text);
    renameSync(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}

function fileIn(folder: string): string {
  for (const name of listDrafts(folder)) rmSync(join(folder, name), { force: true });
  return join(folder, 'state.json');
}

/** Drafts of writers that were killed before the rename; a living one's is left alone. */
function listDrafts(folder: string): string[] {
  return readdirSync(folder).filter((name) => {
    const pid = /^state\.json\.(\d+)\.tmp$/.exec(name)?.[1];
    return pid !== undefined && Number(pid) !== process.pid && !isAlive(Number(pid));
  });
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function readRaw(folder: string): { readonly content: unknown; readonly broken: boolean } {
  let text: string;
  try {
    text = readFileSync(join(folder, 'state.json'), 'utf8');
  } catch {
    return { content: {}, broken: false };
  }
  try {
    return { content: JSON.parse(text) as unknown, broken: false };
  } catch {
    return { content: {}, broken: true };
  }
}

function understand(content: unknown): CourseState {
  const { language, exercises } = asRecord(content);
  return {
    ...(language === 'en' || language === 'ko' ? { language } : {}),
    exercises: Object.fromEntries(
      Object.entries(asRecord(exercises)).map(([id, value]) => [id, understandExercise(asRecord(value))]),
    ),
  };
}

function understandExercise(value: Readonly<Record<string, unknown>>): ExerciseState {
  const count = (field: unknown) => (typeof field === 'number' && Number.isFinite(field) && field > 0 ? field : 0);
  return {
    best: count(value.best),
    max: count(value.max),
    passed: value.passed === true,
    attempts: Math.floor(count(value.attempts)),
    hints: Math.floor(count(value.hints)),
    gaveUp: value.gaveUp === true,
  };
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}
