import { existsSync, readdirSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import type { Language } from '../simulator/text.ts';
import { type Case, graderError, verdictOnFile, verdictOnRun } from './judge/assemble.ts';
import { type Borrowed, borrowedBy, standInFor } from './judge/borrowed.ts';
import { type BundleProblem, bundle, isBundle } from './judge/bundle.ts';
import { bundleOnce } from './judge/bundle-once.ts';
import { COURSE, type Course, isReadable, isStub, lessonOf, planOf } from './judge/course.ts';
import { Facts } from './judge/facts.ts';
import { LIMITS, type Limits } from './judge/limits.ts';
import type { Message, Submission, WorkOrder } from './judge/protocol.ts';
import { Runner } from './judge/runner.ts';
import { sandboxProblem } from './judge/sandbox.ts';
import { typeCheck } from './judge/type-check.ts';
import { USAGE } from './text/commands.ts';
import { WARNING } from './text/verdicts.ts';
import type { Verdict, Warning } from './verdict.ts';

export interface GradeRequest {
  /** An id is enough where it is unique in the course. */
  readonly exercise: string | { readonly id: string; readonly lesson: string };
  /** The answer; absolute, or relative to the working directory. */
  readonly file: string;
}

export interface GradeOptions {
  /** 0 … 2³¹ − 1: the same seed tries the same cases. */
  readonly seed: number;
  /** On how many seeds each check is tried, from `seed` up; default 1. */
  readonly seeds?: number;
  readonly language: Language;
  /** Warn about what TypeScript finds; default true. */
  readonly typecheck?: boolean;
  /** Ends the grading; what is not judged by then becomes a `grader-error`. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
  /**
   * Put the worker behind the operating system's own walls as well: for grading code of other people.
   * @throws Error where the machine cannot (see `sandboxProblem`)
   */
  readonly sandbox?: boolean;
  readonly limits?: Partial<Limits>;
  readonly course?: Course;
}

/**
 * How far a grading has come. What a check has come to is said as soon as the worker tells it: only the verdict, which
 * counts what vitest saw as well, is to be relied on. After a worker had to be killed, a submission may be planned anew.
 */
export type Progress = {
  readonly exercise: string;
  /** Submissions that are done, of all. */
  readonly done: number;
  readonly total: number;
} & Step;

type Step =
  | { readonly is: 'planned'; readonly checks: readonly { readonly id: string; readonly title: string }[] }
  /** `load` and `recognise` are steps beside the checks. A check that is run again starts again. */
  | { readonly is: 'starts'; readonly check: string }
  | { readonly is: 'judged'; readonly check: string; readonly passed: boolean };

export interface Session {
  readonly grade: (requests: readonly GradeRequest[], options: GradeOptions) => Promise<Verdict[]>;
  readonly close: () => Promise<void>;
}

/** Grades once: one verdict per request, in their order. Never throws for what a file contains. */
export async function grade(requests: readonly GradeRequest[], options: GradeOptions): Promise<Verdict[]> {
  const session = openSession();
  try {
    return await session.grade(requests, options);
  } finally {
    await session.close();
  }
}

/** Keeps what grading needs started, for grading many times (watch mode, a class). One grading at a time. */
export function openSession(): Session {
  const runner = new Runner();
  return {
    grade: (requests, options) => new Grading(runner, requests, options).verdicts(),
    close: async () => runner.close(),
  };
}

interface Entry {
  readonly key: string;
  readonly id: string;
  readonly lesson: string;
  readonly file: string;
  readonly facts: Facts;
  submission: Submission | undefined;
  problem: BundleProblem | undefined;
  /** Earlier exercises that it builds on and that the course's own answer stands in for. */
  standIns: readonly Borrowed[];
}

class Grading {
  private readonly course: Course;
  private readonly limits: Limits;
  private readonly startedAt = performance.now();
  /** When the last message came. */
  private heardAt = this.startedAt;
  private readonly entries: readonly Entry[];
  private readonly passed = new Set<string>();
  private fault: string | undefined;

  constructor(
    private readonly runner: Runner,
    requests: readonly GradeRequest[],
    private readonly options: GradeOptions,
    /** Files that wait for this grading: what they borrow in a circle is not judged again. */
    private readonly waiting: readonly string[] = [],
  ) {
    this.course = options.course ?? COURSE;
    this.limits = { ...LIMITS, ...options.limits };
    this.entries = requests.map(({ exercise, file }, i) => ({
      ...(typeof exercise === 'string' ? { id: exercise, lesson: lessonOf(this.course, exercise) } : exercise),
      key: `#${i}`,
      file: resolve(file),
      facts: new Facts(),
      submission: undefined,
      problem: undefined,
      standIns: [],
    }));
  }

  async verdicts(): Promise<Verdict[]> {
    const { signal } = this.options;
    const problem = this.options.sandbox === true ? sandboxProblem() : undefined;
    if (problem !== undefined) throw new Error(USAGE.noSandbox(problem)[this.options.language]);
    const stop = () => this.runner.stop();
    signal?.addEventListener('abort', stop);
    try {
      this.runner.open();
      await this.findStandIns();
      await Promise.all(this.entries.map((entry) => this.prepare(entry)));
      const found = this.entries.filter(({ submission }) => submission !== undefined);
      const types = this.checkTypes(found);
      await this.runAll(found);
      return await this.write(await types);
    } finally {
      signal?.removeEventListener('abort', stop);
    }
  }

  /** Of files without syntax errors: at the first of those the compiler would say nothing else. */
  private async checkTypes(found: readonly Entry[]): Promise<ReadonlyMap<string, readonly Warning[]>> {
    if (this.options.typecheck === false || found.length === 0) return new Map();
    const { signal, sandbox = false } = this.options;
    const limitMs = 1.5 * this.limits.compileMs;
    return await typeCheck([...new Set(found.map(({ file }) => file))], { signal, sandbox, limitMs });
  }

  /** An answer that builds on an exercise which does not pass is judged on its own work. */
  private async findStandIns(): Promise<void> {
    const borrowed = new Map<string, Borrowed>();
    const needs = this.entries.map((entry) => ({
      entry,
      needed: isReadable(entry.file) ? this.borrowedBy(entry) : [],
    }));
    for (const { needed } of needs) for (const one of needed) borrowed.set(one.file, one);
    if (borrowed.size === 0) return;
    const requests = [...borrowed.values()].map(({ id, lesson, file }) => ({ exercise: { id, lesson }, file }));
    const options = { ...this.options, typecheck: false, onProgress: () => undefined };
    const waiting = [...this.waiting, ...this.entries.map(({ file }) => file)];
    const verdicts = await new Grading(this.runner, requests, options, waiting).verdicts();
    const failing = new Set(requests.filter((_, i) => verdicts[i]?.status !== 'passed').map(({ file }) => file));
    for (const { entry, needed } of needs) entry.standIns = needed.filter(({ file }) => failing.has(file));
  }

  private borrowedBy({ file, lesson }: Entry): Borrowed[] {
    return borrowedBy(file, lesson, this.course).filter(
      (one) => standInFor(one, this.course) !== undefined && !this.waiting.includes(one.file),
    );
  }

  private async prepare(entry: Entry): Promise<void> {
    const { id, lesson, file, key } = entry;
    const standIns = new Map(entry.standIns.map((one) => [one.file, standInFor(one, this.course) ?? one.file]));
    const result = await bundle(file, { lesson }, this.course, standIns, this.limits.compileMs);
    if (!isBundle(result)) {
      entry.problem = result;
      return;
    }
    const misconceptions = await this.misconceptions(lesson, id);
    const suite = join(this.course.suites, lesson, `${id}.ts`);
    entry.submission = { key, suite, bundle: result, misconceptions };
  }

  private async misconceptions(lesson: string, id: string): Promise<Submission['misconceptions']> {
    const folder = join(this.course.misconceptions, lesson, id);
    if (!existsSync(folder)) return [];
    const files = readdirSync(folder).filter((name) => name.endsWith('.ts'));
    const bundles = await Promise.all(
      files.sort().map(async (name) => {
        const result = await bundleOnce(join(folder, name), lesson, this.course);
        return isBundle(result) ? [{ id: name.slice(0, -3), bundle: result }] : [];
      }),
    );
    return bundles.flat();
  }

  /** Runs what is to be run; a worker that had to be killed costs only the submission it was at. */
  private async runAll(found: readonly Entry[]): Promise<void> {
    let left = found;
    while (left.length > 0 && this.options.signal?.aborted !== true) {
      await this.run(left);
      const next = left.filter(({ facts }) => !facts.complete);
      if (next.length === left.length) return;
      left = next;
    }
  }

  private async run(entries: readonly Entry[]): Promise<void> {
    let current: Entry | undefined;
    const order: WorkOrder = {
      submissions: entries.flatMap(({ submission }) => submission ?? []),
      seed: this.options.seed,
      seeds: this.options.seeds ?? 1,
      language: this.options.language,
      limits: this.limits,
    };
    const hear = (message: Message) => {
      current = entries.find(({ key }) => key === message.key);
      current?.facts.hear(message);
      this.addTime(current);
      const step = stepOf(message, this.options.language);
      if (step !== undefined && current !== undefined) this.tell(current, step);
    };
    const report = await this.runner.run(order, hear, this.options.sandbox === true).catch((error: Error) => {
      this.fault = error.message;
    });
    if (report === undefined) return;
    for (const name of report.passed) this.passed.add(name);
    if (report.death === null) {
      this.fault = report.errors[0] ?? this.fault;
      return;
    }
    if (current !== undefined) current.facts.death = report.death;
    this.addTime(current);
    for (const { key, facts } of entries) {
      for (const check of facts.judged.keys()) this.passed.add(`${key} > ${check}`);
    }
  }

  /** The time since the last message went to whoever the next one is about. */
  private addTime(entry: Entry | undefined): void {
    const now = performance.now();
    if (entry !== undefined) entry.facts.tookMs += now - this.heardAt;
    this.heardAt = now;
  }

  private tell({ id }: Entry, step: Step): void {
    const done = this.entries.filter(({ facts, problem }) => facts.complete || problem !== undefined).length;
    this.options.onProgress?.({ exercise: id, ...step, done, total: this.entries.length });
  }

  private async write(types: ReadonlyMap<string, readonly Warning[]>): Promise<Verdict[]> {
    return await Promise.all(
      this.entries.map(async (entry) => {
        const about = this.about(entry, [
          ...standInWarnings(entry, this.options.language),
          ...(types.get(entry.file) ?? []),
        ]);
        if (entry.problem !== undefined) return verdictOnFile(about, entry.problem, await planOf(this.course, entry));
        if (entry.lesson === '') return graderError(about, `there is no exercise ${entry.id}`);
        return verdictOnRun(about, entry.facts, (check) => this.passed.has(`${entry.key} > ${check}`), this.fault);
      }),
    );
  }

  private about({ id, lesson, file, facts }: Entry, warnings: readonly Warning[]): Case {
    const shown = relative(process.cwd(), file).replaceAll('\\', '/');
    const own = file === join(this.course.exercises, lesson, `${id}.ts`);
    return {
      exercise: id,
      lesson,
      file: shown,
      seed: this.options.seed,
      language: this.options.language,
      limits: this.limits,
      replay: (seed) => `npm run grade ${id} -- ${own ? '' : `--file ${shown} `}--seed ${seed}`,
      durationMs: Math.round(this.entries.length === 1 ? performance.now() - this.startedAt : facts.tookMs),
      warnings,
      untouched: isStub(this.course, file, { lesson, id }),
    };
  }
}

function stepOf(message: Message, language: Language): Step | undefined {
  switch (message.is) {
    case 'plan':
      return { is: 'planned', checks: message.checks.map(({ id, title }) => ({ id, title: title[language] })) };
    case 'starts':
      return { is: 'starts', check: message.what };
    case 'judged':
      return { is: 'judged', check: message.result.id, passed: message.result.outcome === 'passed' };
    default:
      return undefined;
  }
}

function standInWarnings({ standIns }: Entry, language: Language): Warning[] {
  return standIns.map(({ id }) => ({ kind: 'stand-in', message: WARNING.standIn(id)[language] }));
}
