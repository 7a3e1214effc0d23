import type { Verdict } from '../../grader/verdict.ts';

/** What the page hears while an exercise is graded, in order; a `verdict` or `failed` ends it. */
export type GradeEvent =
  | { readonly is: 'planned'; readonly checks: readonly { readonly id: string; readonly title: string }[] }
  | { readonly is: 'starts'; readonly check: string }
  | { readonly is: 'judged'; readonly check: string; readonly passed: boolean }
  | { readonly is: 'verdict'; readonly verdict: Verdict }
  /** The grader itself could not run. */
  | { readonly is: 'failed'; readonly message: string };
