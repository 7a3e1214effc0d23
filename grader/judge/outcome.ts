import type { Step } from '../verdict.ts';

/** How one check ended. Plain data: it crosses from the worker to the parent as it is. */
export interface CheckResult {
  readonly id: string;
  /** `todo`: the learner's code reached a `todo()` that is still to be replaced. */
  readonly outcome: 'passed' | 'failed' | 'todo';
  readonly failure?: Failure;
  /** Whether time was measured: then a busy machine may have failed it. */
  readonly measured?: true;
}

export interface Failure {
  readonly reason: FailureReason;
  /** One sentence in the language of the run: what went wrong in this case. */
  readonly message: string;
  readonly steps: readonly Step[];
  readonly expected?: string;
  readonly received?: string;
  /** Line of the learner's file, from 1. */
  readonly line?: number;
  /** Where it was stopped: the time went to other processes of a busy machine. */
  readonly starved?: true;
  /** What is left to write, where the code reached a `todo()`. */
  readonly todo?: string;
  /** Query that opens the case in the lesson's simulation. */
  readonly scene?: string;
  /** What runs exactly this case again. */
  readonly case?: FailingCase;
}

/**
 * `differs`: a result was not what it had to be · `threw`: the learner's code threw · `silent`: an error was due and
 * did not come · `promise`: a promise came where a value was due · `todo` · `malformed`: the judge could not use
 * what came back · `stopped`: the isolate was ended (see `stop`).
 */
export type FailureReason = 'differs' | 'threw' | 'silent' | 'promise' | 'todo' | 'malformed' | 'stopped';

/** One case of a check: the how-manieth `example` or `forAll` of its `run`, and where in fast-check's tree. */
export interface FailingCase {
  readonly unit: number;
  readonly seed?: number;
  readonly path?: string;
}

/** Why an isolate was ended for good. `never-settles`: nothing is left to run and a promise is still pending. */
export type StopKind = 'timeout' | 'never-settles' | 'memory-limit' | 'output-limit';

/** Thrown by every call into an isolate that was ended: nothing after it can be judged. */
export class GuestStopped extends Error {
  override readonly name = 'GuestStopped';
  constructor(
    readonly kind: StopKind,
    readonly line?: number,
    /** The time ran out because the machine was busy with other things. */
    readonly starved = false,
  ) {
    super(kind);
  }
}

/** The engine cannot read the file, though the compiler could. */
export class NotReadable extends Error {
  override readonly name = 'NotReadable';
  constructor(
    message: string,
    readonly line?: number,
  ) {
    super(message);
  }
}

/** Something that the learner's code threw, rebuilt on the judge's side; `name` and `message` are the learner's. */
export class LearnerError extends Error {
  constructor(
    name: string,
    message: string,
    /** Line of the learner's file, from 1. */
    readonly learnerLine?: number,
    /** What was thrown when it was no error: `throw 'no'`. */
    readonly thrown?: { readonly value: unknown },
  ) {
    super(message);
    this.name = name;
  }
}

/** Ends a case that has failed; the story holds why. */
export class CaseFailed extends Error {
  override readonly name = 'CaseFailed';
  constructor(readonly failure: Failure) {
    super(failure.message);
  }
}

export function isTodo(error: unknown): boolean {
  return error instanceof Error && error.name === 'TodoError';
}

export function learnerLine(error: unknown): number | undefined {
  return error instanceof LearnerError || error instanceof GuestStopped
    ? error instanceof LearnerError
      ? error.learnerLine
      : error.line
    : undefined;
}
