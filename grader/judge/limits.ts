/** What the learner's code may use. Times are wall-clock milliseconds. */
export interface Limits {
  /** For loading the file, and for each call into it. */
  readonly callMs: number;
  /** For one check as a whole. */
  readonly checkMs: number;
  /** For the compiler to get through the file. */
  readonly compileMs: number;
  /** For the isolate's heap and array buffers. */
  readonly memoryMb: number;
  /** Characters that may be printed in one check; more ends it. */
  readonly outputChars: number;
}

export const LIMITS: Limits = { callMs: 1000, checkMs: 15_000, compileMs: 10_000, memoryMb: 128, outputChars: 500_000 };

/** The worker is killed this many milliseconds after a limit that it did not keep by itself. */
export const GRACE_MS = 1000;
