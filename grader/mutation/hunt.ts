import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Exercise } from '../catalogue.ts';
import { bundle, isBundle } from '../judge/bundle.ts';
import { COURSE } from '../judge/course.ts';
import { LIMITS } from '../judge/limits.ts';
import type { Bundle } from '../judge/protocol.ts';
import { Trial } from '../judge/trial.ts';
import type { Suite } from '../suite.ts';
import { activate, type Mutant, mutate } from './mutants.ts';

export interface Fate {
  readonly mutant: Mutant;
  /** Id of the check that failed, or `load` when the file no longer runs; undefined: the mutant lives. */
  readonly killedBy?: string;
}

type AnySuite = Suite<Readonly<Record<string, unknown>>>;

/** A mutant that loops need not use up all the time that a learner may have. */
const SHORT = { ...LIMITS, callMs: 500, checkMs: 4000 };
const SEED = 1;

/**
 * Runs an exercise's hidden suite against every mutant of its solution, each in isolates of its own.
 * @throws Error when the untouched solution does not pass, or the suite itself is at fault
 */
export async function* hunt(
  exercise: Exercise,
  total: (mutants: number) => void = () => undefined,
): AsyncGenerator<Fate> {
  const { suite } = (await import(pathToFileURL(exercise.files.suite).href)) as { suite: AnySuite };
  const { source, mutants } = await mutate(readFileSync(exercise.files.solution, 'utf8'));
  const bundled = await bundleText(source, exercise);
  const unharmed = await killer(bundled, exercise, suite);
  if (unharmed !== undefined) throw new Error(`${exercise.id}: the solution itself fails ${unharmed}`);
  total(mutants.length);
  for (const mutant of mutants) {
    const killedBy = await killer({ ...bundled, code: activate(mutant) + bundled.code }, exercise, suite);
    yield killedBy === undefined ? { mutant } : { mutant, killedBy };
  }
}

async function bundleText(source: string, exercise: Exercise): Promise<Bundle> {
  const folder = mkdtempSync(join(tmpdir(), 'mutants-'));
  try {
    cpSync(dirname(exercise.files.solution), folder, { recursive: true });
    const file = join(folder, `${exercise.id}.ts`);
    writeFileSync(file, source);
    const result = await bundle(file, exercise, COURSE);
    if (isBundle(result)) return result;
    throw new Error(`${exercise.id}: the mutated solution does not bundle: ${result.message.en}`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function killer(bundled: Bundle, { id }: Exercise, suite: AnySuite): Promise<string | undefined> {
  const order = { submissions: [], seed: SEED, seeds: 1, language: 'en', limits: SHORT } as const;
  const trial = new Trial(order, { key: id, suite: '', bundle: bundled, misconceptions: [] }, suite);
  if ((await trial.load()) !== null) return 'load';
  for (const check of suite.checks) {
    const { result } = await trial.judge(check);
    if (result.outcome !== 'passed') return check.id;
  }
  return undefined;
}
