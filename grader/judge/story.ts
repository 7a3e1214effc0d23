import type { Language, Text } from '../../simulator/text.ts';
import type { Shown, Story } from '../suite.ts';
import { CASE } from '../text/verdicts.ts';
import type { Step } from '../verdict.ts';
import { equal } from './equal.ts';
import {
  CaseFailed,
  type Failure,
  type FailureReason,
  GuestStopped,
  isTodo,
  LearnerError,
  learnerLine,
} from './outcome.ts';
import { show } from './show.ts';

export interface StoryOptions {
  readonly language: Language;
  /** What a value that was handed to the learner's code looks like there now; see `Tools.asLeft`. */
  readonly asLeft: <T>(value: T) => T;
}

type OpenStep = { -readonly [Key in keyof Step]: Step[Key] };

/** Records one case as it happens. Once it has failed it stays failed, whoever catches what it throws. */
export class Recorder implements Story {
  readonly steps: OpenStep[] = [];
  failure: Failure | undefined;
  scene: string | undefined;
  private last: OpenStep | undefined;

  constructor(private readonly options: StoryOptions) {}

  readonly given = (label: Text, value: Shown): void => {
    this.steps.push({ what: this.say(label), value: show(value) });
  };

  readonly happens = (what: Text, atMs?: number): void => {
    this.steps.push(at(atMs, { what: this.say(what) }));
  };

  readonly call = <R>(name: string, args: readonly Shown[], act: () => R, atMs?: number): R => {
    const step = this.open(name, args, atMs);
    try {
      const result = act();
      this.settle(step, result);
      return result;
    } catch (error) {
      if (error instanceof CaseFailed) throw error;
      step.result = error instanceof GuestStopped ? NO_ANSWER : describeError(error);
      throw error;
    }
  };

  readonly expect = (received: unknown, expected: unknown): void => {
    const actual = this.options.asLeft(received);
    if (equal(actual, expected)) {
      if (actual === undefined && this.last !== undefined) this.last.result ??= NOTHING;
      return;
    }
    const [want, got] = [show(expected), show(actual)];
    if (this.last !== undefined) this.last.expected = want;
    if (actual instanceof Promise && !(expected instanceof Promise)) {
      this.fail('promise', CASE.promise, { expected: want, received: 'Promise' });
    }
    this.fail('differs', CASE.differs(want, got), { expected: want, received: got });
  };

  readonly require = (condition: boolean, expected: Text, received?: Shown): void => {
    if (condition === true) return;
    const want = this.say(expected);
    if (received instanceof Promise) this.fail('promise', CASE.promise, { expected: want, received: 'Promise' });
    const actual = this.options.asLeft(received);
    this.fail('differs', CASE.unmet(expected), {
      expected: want,
      ...(received === undefined ? {} : { received: show(actual) }),
    });
  };

  readonly throws = (
    name: string,
    args: readonly Shown[],
    act: () => unknown,
    error: 'RangeError' | 'TypeError' | 'Error',
    mentions?: string,
  ): void => {
    const step = this.open(name, args);
    const wanted = this.say(CASE.mustThrow(error === 'Error' ? this.say(CASE.anyError) : error, mentions));
    const called = `${name}(${args.map((argument) => show(argument)).join(', ')})`;
    let result: unknown;
    try {
      result = act();
    } catch (thrown) {
      if (isTodo(thrown) || thrown instanceof GuestStopped || thrown instanceof CaseFailed) throw thrown;
      step.result = describeError(thrown);
      if (isError(thrown) && (error === 'Error' || thrown.name === error) && thrown.message.includes(mentions ?? '')) {
        return;
      }
      step.expected = wanted;
      this.fail(
        'differs',
        isError(thrown) ? CASE.wrongError(called) : CASE.threwNonError(step.result),
        { expected: wanted, received: step.result },
        learnerLine(thrown),
      );
    }
    this.settle(step, result);
    step.expected = wanted;
    if (result instanceof Promise) {
      result.catch(() => undefined);
      this.fail('promise', CASE.promise, { expected: wanted, received: 'Promise' });
    }
    this.fail('silent', CASE.silent(called), {
      expected: wanted,
      received: this.say(CASE.didNotThrow(show(result))),
    });
  };

  /** What came of the case, given what ended it; the first thing that went wrong is the one that counts. */
  failureFrom(error: unknown): Failure {
    if (this.failure !== undefined) return this.failure;
    if (error instanceof CaseFailed) return error.failure;
    const line = learnerLine(error);
    if (error instanceof GuestStopped) {
      return { ...this.make('stopped', error.kind, {}, line), ...(error.starved ? { starved: true } : {}) };
    }
    if (!isError(error)) return this.make('threw', this.say(CASE.threwNonError(describeError(error))), {}, line);
    if (isTodo(error)) {
      const todo = error.message.replace(/^still to do: /, '');
      return { ...this.make('todo', this.say(CASE.todo(todo)), {}, line), todo };
    }
    return this.make('threw', this.say(CASE.threw(describeError(error))), { received: describeError(error) }, line);
  }

  /** Ends the case as one whose results the judge itself could not use. */
  malformed(): Failure {
    this.failure ??= this.make('malformed', this.say(CASE.malformed), {});
    return this.failure;
  }

  private open(name: string, args: readonly Shown[], atMs?: number): OpenStep {
    const value = args.map((argument) => (Array.isArray(argument) ? `[${show(argument)}]` : show(argument))).join(', ');
    const step = at(atMs, value === '' ? { what: name } : { what: name, value });
    this.steps.push(step);
    this.last = step;
    return step;
  }

  private settle(step: OpenStep, result: unknown): void {
    if (result instanceof Promise) {
      result.then(
        (value) => note(step, value),
        (error) => {
          step.result = describeError(error);
        },
      );
    } else note(step, result);
  }

  private fail(
    reason: FailureReason,
    message: Text,
    shown: Pick<Failure, 'expected' | 'received'>,
    line?: number,
  ): never {
    this.failure ??= this.make(reason, this.say(message), shown, line);
    throw new CaseFailed(this.failure);
  }

  private make(
    reason: FailureReason,
    message: string,
    shown: Pick<Failure, 'expected' | 'received'>,
    line?: number,
  ): Failure {
    return {
      reason,
      message,
      steps: this.steps.map((step) => ({ ...step })),
      ...shown,
      ...(line === undefined ? {} : { line }),
      ...(this.scene === undefined ? {} : { scene: this.scene }),
    };
  }

  private say(text: Text): string {
    return text[this.options.language];
  }
}

function note(step: OpenStep, result: unknown): void {
  if (result !== undefined) step.result = `→ ${show(result)}`;
}

function at(atMs: number | undefined, step: OpenStep): OpenStep {
  return atMs === undefined ? step : { atMs, ...step };
}

function isError(error: unknown): error is Error {
  return error instanceof Error && !(error instanceof LearnerError && error.thrown !== undefined);
}

/** A call that gave nothing, where exactly that was expected of it. */
const NOTHING = '→ undefined';

/** Result of a call that was ended from outside. */
const NO_ANSWER = '→ …';

/** `RangeError: b is already there`, or the value itself when it is no error. */
export function describeError(error: unknown): string {
  if (error instanceof LearnerError && error.thrown !== undefined) return show(error.thrown.value);
  return error instanceof Error ? `${error.name}: ${error.message}` : show(error);
}
