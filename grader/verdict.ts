/** The public result of grading, as `--json` prints it. The shape is a contract: see the README. */
export const STATUSES = [
  'passed',
  'failed',
  'not-attempted',
  'not-submitted',
  'compile-error',
  'contract-error',
  'import-error',
  'crashed',
  'timeout',
  'memory-limit',
  'output-limit',
  'denied',
  'invalid-submission',
  'flaky',
  'grader-error',
] as const;
export type Status = (typeof STATUSES)[number];

export interface Report {
  readonly version: 1;
  readonly results: readonly Verdict[];
}

export interface Verdict {
  readonly exercise: string;
  readonly lesson: string;
  /** Relative to where the command was typed, with forward slashes. */
  readonly file: string;
  readonly status: Status;
  readonly score: number;
  readonly maxScore: number;
  readonly seed: number;
  /** Time on the clock that went to this file: the whole of it, where it was graded alone. */
  readonly durationMs: number;
  readonly checks: readonly CheckVerdict[];
  readonly misconception: { readonly id: string; readonly message: string } | null;
  readonly warnings: readonly Warning[];
  /** What stopped the grading as a whole (syntax error, missing export, timeout …). */
  readonly problem?: Problem;
}

export interface CheckVerdict {
  readonly id: string;
  readonly title: string;
  readonly status: 'passed' | 'failed' | 'not-run';
  readonly points: number;
  readonly maxPoints: number;
  /** Empty when passed. */
  readonly message: string;
  readonly counterexample: Counterexample | null;
  /** The command that runs this case again. */
  readonly replay: string;
  /** Anchor of the lesson's section that explains it; the brief's own section where it is missing. */
  readonly section?: string;
}

/** The smallest case that breaks a check, told as what happened. */
export interface Counterexample {
  readonly steps: readonly Step[];
  readonly expected?: string;
  readonly received?: string;
  /** Line of the learner's file that was running, from 1. */
  readonly line?: number;
  /** Query that opens the case in the lesson's simulation. */
  readonly scene?: string;
}

export interface Step {
  readonly atMs?: number;
  /** A fact, an event or the name of what was called. */
  readonly what: string;
  readonly value?: string;
  /** `→ a`, or the error that was thrown. */
  readonly result?: string;
  readonly expected?: string;
}

export interface Problem {
  readonly message: string;
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
}

export interface Warning {
  readonly kind: 'type' | 'unhandled-rejection' | 'console' | 'clock' | 'random' | 'changed-input' | 'stand-in';
  readonly message: string;
  readonly line?: number;
  /** The check during which it happened, where one is known. */
  readonly check?: string;
}
