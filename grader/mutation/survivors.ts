import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Exercise } from '../catalogue.ts';
import { courseRoot } from '../catalogue.ts';
import type { Mutant } from './mutants.ts';

const schema = z.array(
  z.strictObject({
    mutator: z.string(),
    original: z.string(),
    replacement: z.string(),
    /** Why no answer to the contract could tell the two apart. */
    reason: z.string().min(20),
  }),
);

/** Mutants of one solution that are right answers themselves, each with the reason why. */
export type Excused = z.infer<typeof schema>;

/**
 * Reads `grader/survivors/<lesson>/<exercise>.json`; no file means none.
 * @throws Error when the file does not fit the schema
 */
export function readExcused({ lesson, id }: Pick<Exercise, 'lesson' | 'id'>): Excused {
  const file = join(courseRoot, 'grader', 'survivors', lesson, `${id}.json`);
  return existsSync(file) ? schema.parse(JSON.parse(readFileSync(file, 'utf8'))) : [];
}

export function isExcused(mutant: Mutant, excused: Excused): boolean {
  return excused.some(
    ({ mutator, original, replacement }) =>
      mutator === mutant.mutator && original === mutant.original && replacement === mutant.replacement,
  );
}
