import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { courseRoot, type Exercise } from './catalogue.ts';
import { describeError } from './judge/story.ts';
import { IN_PROCESS, runSuite } from './judge/tools.ts';
import type { Misconception, Suite } from './suite.ts';

/** An answer whose verdict is known beforehand: what a suite is tried on before learners meet it. */
export interface Candidate {
  readonly kind: 'solution' | 'alternative' | 'misconception';
  /** File name without its ending; the exercise's id for the solution. */
  readonly name: string;
  readonly file: string;
}

/** The solution first, then right answers unlike it, then wrong ones; each kind by name. */
export function listCandidates(exercise: Exercise, root: string = courseRoot): Candidate[] {
  return [
    { kind: 'solution', name: exercise.id, file: exercise.files.solution },
    ...inFolder('alternative', join(root, 'grader', 'alternatives', exercise.lesson, exercise.id)),
    ...inFolder('misconception', join(root, 'grader', 'misconceptions', exercise.lesson, exercise.id)),
  ];
}

function inFolder(kind: Candidate['kind'], folder: string): Candidate[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.ts'))
    .sort()
    .map((name) => ({ kind, name: name.slice(0, -3), file: join(folder, name) }));
}

/** The exercise's hidden suite. */
export async function loadSuite(exercise: Exercise): Promise<Suite<never>> {
  const { suite } = (await import(pathToFileURL(exercise.files.suite).href)) as { suite: Suite<never> };
  return suite;
}

/** What a candidate exports; `misconception` is there when it is one. */
export type CandidateExports = Readonly<Record<string, unknown>> & { readonly misconception?: Misconception };

/**
 * Bundles a candidate and gives back a way to load it afresh, module state included, as often as needed.
 * In this very process: candidates are the course's own code.
 */
export async function loadCandidate(candidate: Candidate): Promise<() => CandidateExports> {
  const { outputFiles } = await build({
    entryPoints: [candidate.file],
    bundle: true,
    write: false,
    format: 'cjs',
    target: 'es2023',
    logLevel: 'silent',
  });
  const evaluate = new Function('module', outputFiles[0]!.text) as (module: { exports: CandidateExports }) => void;
  return () => {
    const module: { exports: CandidateExports } = { exports: {} };
    evaluate(module);
    return module.exports;
  };
}

/**
 * Hears of every rejection that nobody handles while `run` goes on, alone: to whoever else listens in this process (a
 * test runner, which would call it a failure) a candidate's are of no interest.
 */
async function withUnhandled<T>(run: (unhandled: () => Promise<readonly string[]>) => Promise<T>): Promise<T> {
  const event = 'unhandledRejection';
  const others = process.listeners(event);
  const heard: string[] = [];
  const listener = (reason: unknown) => heard.push(describeError(reason));
  process.removeAllListeners(event).on(event, listener);
  try {
    return await run(async () => {
      await new Promise(setImmediate);
      return heard;
    });
  } finally {
    await new Promise(setImmediate);
    process.off(event, listener);
    for (const other of others) process.on(event, other);
  }
}

/** A verdict that differs from the one that was known beforehand. */
export interface Surprise {
  readonly seed: number;
  readonly what: string;
}

/**
 * Runs the suite against a candidate, in this very process, once per seed: right answers must pass every check, a
 * misconception must fail, and first where it says.
 * @param seeds how many, from 1 up
 */
export async function surprises(
  exercise: Exercise,
  candidate: Candidate,
  seeds: number,
  onSeed: (seed: number) => void = () => undefined,
): Promise<Surprise[]> {
  const suite = await loadSuite(exercise);
  const load = await loadCandidate(candidate);
  const found: Surprise[] = [];
  for (let seed = 1; seed <= seeds; seed++) {
    const exports = load();
    const results = await withUnhandled((unhandled) =>
      runSuite(suite, exports as never, { seed, language: 'en', subject: { ...IN_PROCESS, unhandled } }),
    );
    const first = results.find(({ outcome }) => outcome !== 'passed');
    const due = candidate.kind === 'misconception' ? (exports.misconception?.fails ?? 'a check it names') : undefined;
    if (first?.id !== due) {
      const reason = first?.failure === undefined ? '' : ` (${first.failure.message})`;
      found.push({ seed, what: `failed ${first?.id ?? 'nothing'} first, not ${due ?? 'nothing'}${reason}` });
    }
    onSeed(seed);
    await new Promise(setImmediate);
  }
  return found;
}
