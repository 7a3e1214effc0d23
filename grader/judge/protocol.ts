import type { Language, Text } from '../../simulator/text.ts';
import type { Remark } from './guest.ts';
import type { Limits } from './limits.ts';
import type { CheckResult, StopKind } from './outcome.ts';

/** A learner's file, made ready to run: what the parent hands to the worker. */
export interface Submission {
  readonly key: string;
  /** Absolute path of the suite's module. */
  readonly suite: string;
  readonly bundle: Bundle;
  readonly misconceptions: readonly { readonly id: string; readonly bundle: Bundle }[];
}

export interface Bundle {
  readonly code: string;
  readonly sourceMap: string;
}

export interface WorkOrder {
  readonly submissions: readonly Submission[];
  readonly seed: number;
  /** How many seeds each check is tried on, from `seed` up. */
  readonly seeds: number;
  readonly language: Language;
  readonly limits: Limits;
}

/** What the worker says while it works, in order, each written before what follows is done. */
export type Message =
  | { readonly is: 'plan'; readonly key: string; readonly checks: readonly PlannedCheck[] }
  | { readonly is: 'starts'; readonly key: string; readonly what: string; readonly limitMs: number }
  | { readonly is: 'loaded'; readonly key: string; readonly problem: LoadProblem | null }
  | {
      readonly is: 'judged';
      readonly key: string;
      readonly result: JudgedCheck;
      readonly remarks: readonly Remark[];
      /** Lines that were printed, told or not. */
      readonly printed: number;
    }
  | { readonly is: 'recognised'; readonly key: string; readonly id: string; readonly message: Text }
  | { readonly is: 'broken'; readonly key: string; readonly message: string };

/** Said by a thread of the worker while the main one is stuck inside an isolate. */
export interface Hung {
  readonly is: 'hung';
}

export interface PlannedCheck {
  readonly id: string;
  readonly title: Text;
  readonly points: number;
  readonly section: string;
}

export interface JudgedCheck extends CheckResult {
  /** The seed that it failed on; of a passed check, the first. */
  readonly seed: number;
  /** Whether a second run on the same seed came out differently. */
  readonly flaky?: boolean;
}

/** Why a file could not be used at all. */
export type LoadProblem =
  | { readonly is: 'stopped'; readonly kind: StopKind; readonly starved: boolean; readonly line?: number }
  | { readonly is: 'syntax'; readonly error: string; readonly line?: number }
  | { readonly is: 'threw'; readonly error: string; readonly todo: boolean; readonly line?: number }
  | {
      readonly is: 'contract';
      readonly name: string;
      readonly wanted: 'class' | 'function';
      /** What stands in its place. */
      readonly found: 'nothing' | 'default' | 'class' | 'function' | 'value';
      /** The export that was probably meant. */
      readonly nearest?: string;
    };

/** The pipe of the worker that carries messages. */
export const MESSAGE_FD = 4;
