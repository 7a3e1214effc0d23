import fc from 'fast-check';
import { printAddress } from '../../simulator/address.ts';
import type { Params, Scene } from '../../simulator/scene.ts';
import type { Language } from '../../simulator/text.ts';
import type { Trace } from '../../simulator/trace.ts';
import type { Check, Story, Suite, Tools } from '../suite.ts';
import { CASE } from '../text/verdicts.ts';
import { growthOf, type Meter } from './growth.ts';
import {
  CaseFailed,
  type CheckResult,
  type FailingCase,
  type Failure,
  GuestStopped,
  isTodo,
  LearnerError,
} from './outcome.ts';
import { Recorder } from './story.ts';

export interface RunOptions {
  readonly seed: number;
  readonly language: Language;
  /** Ids of the checks to run; default all. */
  readonly only?: readonly string[];
  readonly subject?: SubjectProbe;
  /** Rejects when a check cannot go on any more. */
  readonly stuck?: Promise<never>;
}

/** What a judge knows of the code it runs, beyond its exports. In one process with it, next to nothing. */
export interface SubjectProbe {
  /** Time that the subject spends in a piece of work, in microseconds. */
  readonly meter: Meter;
  /** Bytes that the subject holds on to. */
  readonly retained: () => Promise<number>;
  /** How a value that was handed to the subject looks there now. */
  readonly asLeft: <T>(value: T) => T;
  /** Times the subject was called so far; an error before the first call is the suite's own. */
  readonly calls?: () => number;
  /** Whether an error came out of the subject's code. */
  readonly raised?: (error: unknown) => boolean;
  /** What was rejected so far and handled by nobody. */
  readonly unhandled?: () => readonly string[] | Promise<readonly string[]>;
}

/** For a subject that runs in this very process. */
export const IN_PROCESS: SubjectProbe = {
  meter: (work) => {
    const start = performance.now();
    work();
    return (performance.now() - start) * 1000;
  },
  retained: async () => {
    const { collectGarbage } = await import('./garbage.ts');
    for (let turn = 0; turn < 2; turn++) await collectGarbage();
    return process.memoryUsage().heapUsed;
  },
  asLeft: (value) => value,
};

/** Time spent on making a failing case smaller. */
const SHRINK_MS = 1500;

/**
 * Runs a suite against a subject in this very process: for authors' tests, and in the worker where `subject` stands
 * for code in an isolate. Checks run in order; a check that cannot be judged any more ends the run.
 */
export async function runSuite<Exports>(
  suite: Suite<Exports>,
  subject: Exports,
  options: RunOptions,
): Promise<CheckResult[]> {
  const results: CheckResult[] = [];
  for (const check of suite.checks) {
    if (options.only === undefined || options.only.includes(check.id)) {
      results.push(await runCheck(check, subject, options));
    }
  }
  return results;
}

/**
 * Runs one check, or exactly one case of it when `replay` says which.
 * @throws Error when the suite itself is at fault: it failed before it called the subject
 */
export async function runCheck<Exports>(
  check: Check<Exports>,
  subject: Exports,
  options: RunOptions,
  replay?: FailingCase,
): Promise<CheckResult> {
  const bench = new Bench(subject, options, mix(options.seed, check.id), replay);
  const failure = await bench.judge(check);
  if (failure === undefined) return { id: check.id, outcome: 'passed' };
  const outcome = failure.reason === 'todo' ? 'todo' : 'failed';
  return { id: check.id, outcome, failure, ...(bench.measured ? { measured: true } : {}) };
}

class Bench<Exports> implements Tools {
  measured = false;
  private readonly probe: SubjectProbe;
  private units = 0;
  private failure: Failure | undefined;
  private latest: Recorder | undefined;

  constructor(
    private readonly subject: Exports,
    private readonly options: RunOptions,
    readonly seed: number,
    private readonly replay: FailingCase | undefined,
  ) {
    this.probe = options.subject ?? IN_PROCESS;
  }

  async judge(check: Check<Exports>): Promise<Failure | undefined> {
    const before = this.probe.calls?.() ?? 0;
    try {
      const run = Promise.resolve(check.run(this.subject, this));
      await (this.options.stuck === undefined ? run : Promise.race([run, this.options.stuck]));
      return this.failure;
    } catch (error) {
      if (this.failure !== undefined) return this.failure;
      if (error instanceof CaseFailed) return error.failure;
      const ours = !this.isTheirs(error);
      if (ours && this.probe.calls?.() === before) throw error;
      const recorder = this.latest ?? this.recorder();
      return ours ? recorder.malformed() : recorder.failureFrom(error);
    }
  }

  readonly example = async (body: (story: Story) => void | Promise<void>): Promise<void> => {
    const unit = this.units++;
    if (this.replay !== undefined && this.replay.unit !== unit) return;
    const failure = await this.attempt(body);
    if (failure !== undefined) this.end({ ...failure, case: { unit } });
  };

  readonly forAll = async <T>(
    values: fc.Arbitrary<T>,
    body: (value: T, story: Story) => void | Promise<void>,
    options: { readonly runs?: number } = {},
  ): Promise<void> => {
    const unit = this.units++;
    if (this.replay !== undefined) {
      if (this.replay.unit === unit) await this.again(unit, values, body);
      return;
    }
    const seed = mix(this.seed, `${unit}`);
    let smallest: Failure | undefined;
    const property = fc.asyncProperty(values, async (value) => {
      const failure = await this.attempt((story) => body(value, story));
      if (failure === undefined) return true;
      if (smallest !== undefined && ends(failure)) return true;
      smallest = failure;
      return false;
    });
    const first = await fc.check(property, { seed, numRuns: options.runs ?? 100, endOnFailure: true });
    if (!first.failed) return;
    if (smallest === undefined) throw new Error(`no case could be tried: ${first.numSkips} values were skipped`);
    let path = first.counterexamplePath ?? undefined;
    if (!ends(smallest)) {
      const shrunk = await fc.check(property, { seed, path, interruptAfterTimeLimit: SHRINK_MS });
      path = shrunk.counterexamplePath ?? path;
    }
    this.end({ ...(smallest as Failure), case: { unit, seed, path } });
  };

  readonly simulate = async <Plan, Strategy>(
    scene: Scene<Plan, Strategy>,
    lane: { readonly exercise: string; readonly preset?: string; readonly params?: Params; readonly seed?: number },
    story: Story,
  ): Promise<Trace> => {
    const adapter = scene.exercises[lane.exercise];
    const preset = lane.preset === undefined ? scene.presets[0] : scene.presets.find(({ id }) => id === lane.preset);
    if (adapter === undefined || preset === undefined) throw new Error(`${scene.id} has no such lane or preset`);
    const seed = lane.seed ?? this.seed;
    const initial = Object.fromEntries(scene.controls.map((control) => [control.name, control.initial]));
    const params: Params = { ...initial, ...preset.params, ...lane.params };
    const { exercise } = lane;
    if (story instanceof Recorder)
      story.scene = printAddress({ scene: scene.id, seed, exercise, params, commands: [] });
    const strategy = adapter.adapt(this.subject as Readonly<Record<string, unknown>>);
    const trace = await scene.run(scene.plan(params), strategy, { seed });
    if (trace.failure !== undefined) throw laneError(trace.failure, story);
    return trace;
  };

  readonly growth = (size: number, work: (size: number) => void): number => {
    this.measured = true;
    return growthOf(size, work, this.probe.meter);
  };

  readonly retained = async (): Promise<number> => {
    this.measured = true;
    return await this.probe.retained();
  };

  readonly asLeft = <T>(value: T): T => this.probe.asLeft(value);

  readonly unhandled = async (): Promise<readonly string[]> => (await this.probe.unhandled?.()) ?? [];

  /** Runs the one case of a property that `replay` names. */
  private async again<T>(
    unit: number,
    values: fc.Arbitrary<T>,
    body: (value: T, story: Story) => void | Promise<void>,
  ): Promise<void> {
    const { seed, path } = this.replay as FailingCase;
    const [value] = fc.sample(values, { seed, path, numRuns: 1 });
    const failure = await this.attempt((story) => body(value as T, story));
    if (failure !== undefined) this.end({ ...failure, case: { unit, seed, path } });
  }

  private async attempt(body: (story: Story) => void | Promise<void>): Promise<Failure | undefined> {
    const recorder = this.recorder();
    const before = this.probe.calls?.() ?? 0;
    try {
      await body(recorder);
      return recorder.failure;
    } catch (error) {
      if (fc.PreconditionFailure.isFailure(error)) throw error;
      if (this.isTheirs(error)) return recorder.failureFrom(error);
      if (this.probe.calls?.() === before) throw error;
      return recorder.malformed();
    }
  }

  private recorder(): Recorder {
    this.latest = new Recorder({ language: this.options.language, asLeft: this.probe.asLeft });
    return this.latest;
  }

  /** In one process with the subject nobody can tell whose error it is, so it counts as the subject's. */
  private isTheirs(error: unknown): boolean {
    if (error instanceof LearnerError || error instanceof GuestStopped || error instanceof CaseFailed) return true;
    return this.probe.raised?.(error) ?? true;
  }

  private end(failure: Failure): never {
    this.failure ??= failure;
    throw new CaseFailed(this.failure);
  }
}

/** A failure after which making the case smaller is of no use. */
function ends(failure: Failure): boolean {
  return failure.reason === 'todo' || failure.reason === 'stopped';
}

function laneError(failure: NonNullable<Trace['failure']>, story: Story): Error {
  const [, name = 'Error'] = /^(\w*Error)\b/.exec(failure.stack ?? '') ?? [];
  const error = new LearnerError(name, failure.message);
  if (!isTodo(error)) story.happens(CASE.laneStopped(`${name}: ${failure.message}`), failure.atUs / 1000);
  return error;
}

/** A seed of its own for each name under one seed (FNV-1a over the name, started from the seed). */
function mix(seed: number, name: string): number {
  let hash = (0x811c9dc5 ^ seed) >>> 0;
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193) >>> 0;
  return hash & 0x7fffffff;
}
