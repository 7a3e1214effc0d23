import { fileURLToPath } from 'node:url';

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
