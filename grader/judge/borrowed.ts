import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import { findImport } from './bundle.ts';
import type { Course } from './course.ts';

/** An earlier exercise that an answer builds on. */
export interface Borrowed {
  readonly id: string;
  readonly lesson: string;
  /** Absolute path of the answer that would be bundled. */
  readonly file: string;
}

const IMPORT = /(?:\bfrom|\bimport)\s*(?:\(\s*)?['"](\.[^'"]+)['"]/g;

/** The answers to other exercises that a file imports, whether or not they can be bundled. */
export function borrowedBy(file: string, lesson: string, course: Course): Borrowed[] {
  const found = new Map<string, Borrowed>();
  for (const [, specifier = ''] of readFileSync(file, 'utf8').matchAll(IMPORT)) {
    const target = findImport(specifier, file, lesson, course);
    if (target === undefined || target === file) continue;
    const id = basename(target, '.ts');
    const home = relative(course.exercises, dirname(target)).split(sep);
    const itsLesson = home.length === 1 && home[0] !== '' && home[0] !== '..' ? home[0]! : lesson;
    if (existsSync(join(course.stubs, itsLesson, `${id}.ts`)))
      found.set(target, { id, lesson: itsLesson, file: target });
  }
  return [...found.values()];
}

/** The course's own right answer to an exercise, for those who have none yet; never the reference solution. */
export function standInFor({ lesson, id }: Pick<Borrowed, 'lesson' | 'id'>, course: Course): string | undefined {
  const folder = join(course.alternatives, lesson, id);
  if (!existsSync(folder)) return undefined;
  const [first] = readdirSync(folder)
    .filter((name) => name.endsWith('.ts'))
    .sort();
  return first === undefined ? undefined : join(folder, first);
}
