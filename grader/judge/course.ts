import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Suite } from '../suite.ts';
import type { PlannedCheck } from './protocol.ts';

/** Where the parts of a course stand. Tests of the judge bring a course of their own. */
export interface Course {
  /** Folders `<lesson>/<exercise>.ts` of what a learner edits. */
  readonly exercises: string;
  readonly suites: string;
  readonly stubs: string;
  readonly misconceptions: string;
  /** Other right answers; the first one stands in where an answer builds on one that does not pass. */
  readonly alternatives: string;
}

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

/** The folder that holds everything: vitest's root. */
export const ROOT = path('../../');

export const COURSE: Course = {
  exercises: path('../../exercises'),
  suites: path('../suites'),
  stubs: path('../stubs'),
  misconceptions: path('../misconceptions'),
  alternatives: path('../alternatives'),
};

interface Place {
  readonly lesson: string;
  readonly id: string;
}

/** The lesson that an exercise belongs to; empty where there is none. */
export function lessonOf({ suites }: Course, id: string): string {
  return readdirSync(suites).find((lesson) => existsSync(join(suites, lesson, `${id}.ts`))) ?? '';
}

/** Whether a file says what the stub said when it was handed out; line endings are nobody's doing. */
export function isStub({ stubs }: Course, file: string, { lesson, id }: Place): boolean {
  const text = (path: string) => (isReadable(path) ? readFileSync(path, 'utf8').replaceAll('\r\n', '\n') : undefined);
  const stub = text(join(stubs, lesson, `${id}.ts`));
  return stub !== undefined && text(file) === stub;
}

/** The checks of a suite that was not run; none where it does not load. */
export async function planOf({ suites }: Course, { lesson, id }: Place): Promise<readonly PlannedCheck[]> {
  try {
    const url = pathToFileURL(join(suites, lesson, `${id}.ts`)).href;
    const { suite } = (await import(/* @vite-ignore */ url)) as { suite: Suite<unknown> };
    return suite.checks.map(({ id, title, points, section }) => ({ id, title, points, section }));
  } catch {
    return [];
  }
}

export function isReadable(file: string): boolean {
  const stats = statSync(file, { throwIfNoEntry: false });
  return stats?.isFile() === true && stats.size < 1_000_000;
}
