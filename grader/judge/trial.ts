import type { Check, Misconception, Suite } from '../suite.ts';
import { equal } from './equal.ts';
import type { Remark } from './guest.ts';
import { kindOf } from './handles.ts';
import type { Limits } from './limits.ts';
import { Membrane } from './membrane.ts';
import { type Failure, GuestStopped, isTodo, LearnerError, NotReadable } from './outcome.ts';
import type { Bundle, JudgedCheck, LoadProblem, Submission, WorkOrder } from './protocol.ts';
import { SourceLines } from './source-line.ts';
import { describeError } from './story.ts';
import { runCheck } from './tools.ts';

/** The exports of a file that nobody has to trust. */
type Exports = Readonly<Record<string, unknown>>;

export interface Judged {
  readonly result: JudgedCheck;
  readonly remarks: readonly Remark[];
  /** Lines printed, told or not. */
  readonly printed: number;
}

/** A check that failed, and whether its smallest case fails by itself. */
type Failed = JudgedCheck & { readonly standsAlone: boolean };

interface Recognised {
  readonly id: string;
  readonly misconception: Misconception;
  readonly bundle: Bundle;
}

/** What is known of the wrong answers of one suite: a class hands in many files, and they are the same for each. */
export class KnownAnswers {
  readonly misconceptions = new Map<string, Misconception | undefined>();
  /** By id, check and seed. */
  readonly results = new Map<string, JudgedCheck>();
}

/** Judges one submission, in the worker: each check gets a fresh isolate. */
export class Trial {
  private readonly failed: Failed[] = [];
  /** Ids of the checks in which time or memory was measured: they say little of what an answer is like. */
  private readonly measured = new Set<string>();
  private limits: Limits;

  constructor(
    private readonly order: WorkOrder,
    private readonly submission: Submission,
    private readonly suite: Suite<Exports>,
    /** Hears when a run begins that may take up to `limitMs`. */
    private readonly onRun: (limitMs: number) => void = () => undefined,
    private readonly known = new KnownAnswers(),
  ) {
    this.limits = order.limits;
  }

  /** Loads the file once and looks at its exports. */
  async load(): Promise<LoadProblem | null> {
    return await this.patiently(
      async () => {
        this.onRun(this.limits.callMs);
        const { membrane, exports, problem } = this.enter(this.submission.bundle, this.order.seed);
        membrane.guest.dispose();
        return problem ?? (await this.contractProblem(exports));
      },
      (problem) => problem?.is === 'stopped' && problem.starved,
    );
  }

  /**
   * Judges one check on every seed, up to the first that it fails. A failure has to come again; where time was
   * measured, two runs of three decide. What was printed is told of the smallest failing case alone, where there is
   * one that fails by itself.
   */
  async judge(check: Check<Exports>): Promise<Judged> {
    let last = await this.once(check, this.order.seed);
    for (let i = 1; i < this.order.seeds && last.result.outcome === 'passed'; i++) {
      last = await this.once(check, this.order.seed + i);
    }
    const { result } = last;
    if (result.measured === true) this.measured.add(check.id);
    if (result.outcome !== 'failed' || result.failure?.reason === 'stopped') return last;
    const again = await this.once(check, result.seed);
    if (again.result.outcome === 'passed') {
      if (result.measured !== true) return { ...last, result: { ...result, flaky: true } };
      const third = await this.once(check, result.seed);
      if (third.result.outcome === 'passed') return third;
    }
    this.onRun(this.limits.checkMs);
    const alone = await this.run(this.submission.bundle, check, result.seed, result.failure?.case);
    const standsAlone = sameStory(alone.result.failure, result.failure);
    this.failed.push({ ...result, standsAlone });
    return standsAlone ? { ...last, remarks: withPrintsOf(last.remarks, alone.remarks), printed: alone.printed } : last;
  }

  /**
   * The wrong answer that behaves like this one: it must fail first where this one failed first, and every failing
   * case of this one must come out alike, step by step. Where none does, one that explains the first failing case and
   * at least half of what fails: somebody made that mistake and another one. Among several, the one whose own failures
   * are nearest: the very same checks with the very same cases, or at least the same checks.
   */
  async recognise(): Promise<Recognised | undefined> {
    const [first] = this.failed;
    if (first === undefined || first.failure?.reason === 'stopped') return undefined;
    const candidates = this.submission.misconceptions.flatMap(({ id, bundle }) => {
      const misconception = this.misconceptionOf(id, bundle);
      return misconception?.fails === first.id ? { id, misconception, bundle } : [];
    });
    const alike = await only(candidates, ({ bundle }) => this.behavesAlike(bundle, this.failed));
    if (alike.length > 0) return await this.nearest(alike);
    return await this.nearest(await only(candidates, (candidate) => this.isPart(candidate)));
  }

  private async once(check: Check<Exports>, seed: number): Promise<Judged> {
    return await this.patiently(
      async () => {
        this.onRun(this.limits.checkMs);
        return await this.run(this.submission.bundle, check, seed);
      },
      ({ result }) => result.failure?.starved === true,
    );
  }

  /** Gives code more time when what it had went to other processes: a busy machine must not fail anybody. */
  private async patiently<T>(act: () => Promise<T>, wasStarved: (result: T) => boolean): Promise<T> {
    let result = await act();
    for (const factor of [2, 4]) {
      if (!wasStarved(result)) break;
      const { callMs, checkMs } = this.order.limits;
      this.limits = { ...this.order.limits, callMs: factor * callMs, checkMs: factor * checkMs };
      result = await act();
    }
    return result;
  }

  private async run(bundle: Bundle, check: Check<Exports>, seed: number, replay?: Failure['case']): Promise<Judged> {
    const { membrane, exports, problem } = this.enter(bundle, seed);
    if (problem !== null) throw new Error('a file that loaded once does not load again');
    const watch = watchProgress(membrane);
    try {
      const options = { seed, language: this.order.language, subject: membrane, stuck: watch.stuck };
      const result = await runCheck(check, exports, options, replay);
      noteChangedInput(membrane);
      const { remarks, printedLines } = membrane.guest;
      return { result: { ...result, seed }, remarks, printed: printedLines };
    } finally {
      watch.end();
      membrane.guest.dispose();
    }
  }

  private enter(bundle: Bundle, seed: number): { membrane: Membrane; exports: Exports; problem: LoadProblem | null } {
    const lines = new SourceLines(bundle.sourceMap);
    const membrane = new Membrane({ code: bundle.code, lines, seed, limits: this.limits });
    try {
      return { membrane, exports: membrane.load(), problem: null };
    } catch (error) {
      return { membrane, exports: {}, problem: loadProblem(error) };
    }
  }

  private async contractProblem(exports: Exports): Promise<LoadProblem | null> {
    for (const [name, wanted] of Object.entries(this.suite.requires)) {
      const kind = kindOf(exports[name]);
      if (kind === wanted) continue;
      const problem = { is: 'contract', name, wanted } as const;
      if (name in exports) return { ...problem, found: kind ?? 'value' };
      if (kindOf(exports.default) === wanted) return { ...problem, found: 'default' };
      const nearest = await nearestName(name, Object.keys(exports));
      return { ...problem, found: 'nothing', ...(nearest === undefined ? {} : { nearest }) };
    }
    return null;
  }

  private misconceptionOf(id: string, bundle: Bundle): Misconception | undefined {
    const { misconceptions } = this.known;
    if (!misconceptions.has(id)) {
      const { membrane, exports } = this.enter(bundle, this.order.seed);
      membrane.guest.dispose();
      misconceptions.set(id, exports.misconception as Misconception | undefined);
    }
    return misconceptions.get(id);
  }

  /** How a wrong answer comes out. Not for checks that measure: those are run anew. */
  private async resultOf({ id, bundle }: Recognised, check: Check<Exports>, seed: number): Promise<JudgedCheck> {
    const key = `${id} ${check.id} ${seed}`;
    const known = this.known.results.get(key);
    if (known !== undefined) return known;
    const { result } = await this.run(bundle, check, seed);
    if (result.measured !== true) this.known.results.set(key, result);
    return result;
  }

  private async behavesAlike(bundle: Bundle, failed: readonly Failed[]): Promise<boolean> {
    for (const [place, { id, seed, failure, standsAlone, measured }] of failed.entries()) {
      if (measured === true && place > 0) continue;
      const check = this.suite.checks.find((one) => one.id === id) as Check<Exports>;
      const theirs = await this.run(bundle, check, seed, standsAlone ? failure?.case : undefined);
      const alike = measured === true ? theirs.result.outcome === 'failed' : sameStory(theirs.result.failure, failure);
      if (!alike) return false;
    }
    return true;
  }

  /** Whether a wrong answer is one mistake of several: it fails nowhere where this one passes. */
  private async isPart(candidate: Recognised): Promise<boolean> {
    const first = this.failed.slice(0, 1);
    if (first[0]?.measured === true || !(await this.behavesAlike(candidate.bundle, first))) return false;
    let shared = 0;
    for (const check of this.suite.checks) {
      const mine = this.failed.find(({ id }) => id === check.id);
      const { outcome } = await this.resultOf(candidate, check, mine?.seed ?? this.order.seed);
      if (outcome === 'passed') continue;
      if (mine === undefined) return false;
      shared++;
    }
    return 2 * shared >= this.failed.length;
  }

  private async nearest(candidates: readonly Recognised[]): Promise<Recognised | undefined> {
    let nearest = candidates[0];
    if (candidates.length < 2) return nearest;
    let most = -1;
    for (const candidate of candidates) {
      const nearness = await this.nearness(candidate);
      if (nearness > most) [nearest, most] = [candidate, nearness];
    }
    return nearest;
  }

  /** On how many checks a wrong answer comes out as this one did: one point for the outcome, one for the case. */
  private async nearness(candidate: Recognised): Promise<number> {
    let points = 0;
    for (const check of this.suite.checks) {
      if (this.measured.has(check.id)) continue;
      const mine = this.failed.find(({ id }) => id === check.id);
      const result = await this.resultOf(candidate, check, mine?.seed ?? this.order.seed);
      if ((result.outcome === 'passed') === (mine === undefined)) points++;
      if (mine !== undefined && sameStory(result.failure, mine.failure)) points++;
    }
    return points;
  }
}

async function only<T>(items: readonly T[], holds: (item: T) => Promise<boolean>): Promise<T[]> {
  const kept: T[] = [];
  for (const item of items) if (await holds(item)) kept.push(item);
  return kept;
}

/** Everything that was remarked, except that what was printed is that of `others`. */
function withPrintsOf(remarks: readonly Remark[], others: readonly Remark[]): readonly Remark[] {
  return [...remarks.filter(({ kind }) => kind !== 'console'), ...others.filter(({ kind }) => kind === 'console')];
}

function sameStory(a: Failure | undefined, b: Failure | undefined): boolean {
  return a !== undefined && b !== undefined && equal([a.steps, a.received], [b.steps, b.received]);
}

function loadProblem(error: unknown): LoadProblem {
  if (error instanceof GuestStopped)
    return { is: 'stopped', kind: error.kind, starved: error.starved, ...lineOf(error.line) };
  if (error instanceof NotReadable) return { is: 'syntax', error: error.message, ...lineOf(error.line) };
  if (!(error instanceof LearnerError)) throw error;
  const todo = isTodo(error);
  return {
    is: 'threw',
    error: todo ? error.message.replace(/^still to do: /, '') : describeError(error),
    todo,
    ...lineOf(error.learnerLine),
  };
}

function lineOf(line: number | undefined): { line?: number } {
  return line === undefined ? {} : { line };
}

async function nearestName(name: string, names: readonly string[]): Promise<string | undefined> {
  const { closest, distance } = await import('fastest-levenshtein');
  const others = names.filter((other) => other !== 'default');
  if (others.length === 0) return undefined;
  const nearest = closest(name, others);
  return others.length === 1 || distance(name.toLowerCase(), nearest.toLowerCase()) <= 3 ? nearest : undefined;
}

/**
 * Rejects once nothing moves any more. In an isolate there are no timers, so when the event loop comes round twice
 * without a call into the learner's code while the check is still waiting, what it waits for can never come.
 */
function watchProgress(membrane: Membrane): { readonly stuck: Promise<never>; readonly end: () => void } {
  let calls = -1;
  let timer: NodeJS.Timeout | undefined;
  const stuck = new Promise<never>((_resolve, reject) => {
    timer = setInterval(() => {
      if (calls === membrane.guest.calls) reject(new GuestStopped('never-settles'));
      calls = membrane.guest.calls;
    }, 80);
  });
  stuck.catch(() => undefined);
  return { stuck, end: () => clearInterval(timer) };
}

function noteChangedInput(membrane: Membrane): void {
  if (membrane.guest.stopped !== undefined) return;
  try {
    if (membrane.changedInput()) membrane.guest.remarks.push({ kind: 'changed-input', text: '' });
  } catch (error) {
    if (!(error instanceof GuestStopped)) throw error;
  }
}
