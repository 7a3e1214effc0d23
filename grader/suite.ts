import type fc from 'fast-check';
import type { Params, Scene } from '../simulator/scene.ts';
import type { Text } from '../simulator/text.ts';
import type { Trace } from '../simulator/trace.ts';

/**
 * The vocabulary of the hidden suites. A suite is a module that exports `suite`; it needs nothing of Node, gets
 * the learner's exports handed in from behind the membrane, and says what happened through a `Story`, so that a
 * failing case is told as events in the learner's language instead of as raw data.
 */
export interface Suite<Exports> {
  /** What the learner's file must export, by name. */
  readonly requires: Readonly<Record<keyof Exports & string, 'class' | 'function'>>;
  /** In the order in which a learner should meet them: the first failing one is told first. */
  readonly checks: readonly Check<Exports>[];
}

export interface Check<Exports> {
  /** Kebab-case, unique within the suite; names the behaviour (`keeps-rotation`). */
  readonly id: string;
  /** One sentence that says what is required. */
  readonly title: Text;
  readonly points: number;
  /** Anchor of the lesson's section that explains it. */
  readonly section: string;
  /** Throws (through the story, or because the learner's code threw) when the requirement does not hold. */
  readonly run: (subject: Exports, tools: Tools) => void | Promise<void>;
}

export interface Tools {
  /** Seed of this run: everything drawn here derives from it. */
  readonly seed: number;
  /** One fixed case. */
  readonly example: (body: (story: Story) => void | Promise<void>) => Promise<void>;
  /**
   * A property: `body` must hold for every value. The smallest failing value found is the one that is told.
   * @param options.runs values to try; default 100
   */
  readonly forAll: <T>(
    values: fc.Arbitrary<T>,
    body: (value: T, story: Story) => void | Promise<void>,
    options?: { readonly runs?: number },
  ) => Promise<void>;
  /** Runs the learner's code as a lane of a scene and records the case, so that feedback can link its replay. */
  readonly simulate: <Plan, Strategy>(
    scene: Scene<Plan, Strategy>,
    lane: { readonly exercise: string; readonly preset?: string; readonly params?: Params; readonly seed?: number },
    story: Story,
  ) => Promise<Trace>;
  /**
   * Time the learner's code needs for `work(16 * size)` relative to `work(size)`: about 16 for linear work,
   * 256 for quadratic, 1 for work that does not depend on the size. Measured inside the isolate.
   */
  readonly growth: (size: number, work: (size: number) => void) => number;
  /**
   * Bytes that the learner's code holds on to, after what nobody needs any more was thrown away. Two moments of one run
   * can be compared, some time after the start (code is compiled and lists grow in steps at first), with a bound far
   * above the noise of about 20 kB and far below what would be kept by mistake.
   */
  readonly retained: () => Promise<number>;
  /**
   * How the learner's code left a value that it was given: what it changed stays on its side of the membrane.
   * `story.expect` and `story.require` look at their `received` this way by themselves, so
   * `story.expect(servers, ['a', 'b'])` tells whether the list that was handed over has been changed.
   */
  readonly asLeft: <T>(value: T) => T;
  /**
   * What the learner's code has rejected so far without anybody to hear of it, as `Error: message`. Node would end the
   * process.
   */
  readonly unhandled: () => Promise<readonly string[]>;
}

/** What a story value may be: anything that can be shown in a line. */
export type Shown = unknown;

/**
 * What happened, step by step, in the order in which it is told. Every method that takes `act` calls it, records
 * the call with its result (or what it threw), and hands the result on.
 */
export interface Story {
  /** A fact that holds from the start: `servers  a b c`. */
  readonly given: (label: Text, value: Shown) => void;
  /** Something that happened in the world, not a call: `server b crashes`. */
  readonly happens: (what: Text, atMs?: number) => void;
  /** A call of the learner's code: `pick → a`. `atMs` is shown in front when the case has a clock. */
  readonly call: <R>(name: string, args: readonly Shown[], act: () => R, atMs?: number) => R;
  /** The last call's result must be this (deep equality, `Object.is` on primitives); else the case fails. */
  readonly expect: (received: unknown, expected: unknown) => void;
  /** Fails the case unless `condition`; `expected` says in words what would have been right. */
  readonly require: (condition: boolean, expected: Text, received?: Shown) => void;
  /**
   * The call must throw an error of this name (`RangeError`, `TypeError`, or any error for `Error`) whose message
   * contains `mentions`.
   */
  readonly throws: (
    name: string,
    args: readonly Shown[],
    act: () => unknown,
    error: 'RangeError' | 'TypeError' | 'Error',
    mentions?: string,
  ) => void;
}

/**
 * Exported as `misconception` by each file in `grader/misconceptions/<lesson>/<exercise>/`, beside the wrong answer
 * itself: the check that must fail for it and what to tell its author, recognised by behaviour.
 */
export interface Misconception {
  /** Id of the check that this answer must fail first. */
  readonly fails: string;
  /** Says what the code does and where to look, without giving the answer away. */
  readonly message: Text;
}
