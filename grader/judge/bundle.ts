import { existsSync, lstatSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import type { BuildFailure, Message, Plugin } from 'esbuild';
import type { Text } from '../../simulator/text.ts';
import { BUNDLE } from '../text/verdicts.ts';
import { compile, TooMuchToCompile } from './compile.ts';
import { type Course, ROOT } from './course.ts';
import { LIMITS } from './limits.ts';
import type { Bundle } from './protocol.ts';
import { MAIN } from './source-line.ts';

export type BundleStatus = 'not-submitted' | 'invalid-submission' | 'import-error' | 'compile-error';

/** A file that cannot be run, and why. */
export interface BundleProblem {
  readonly status: BundleStatus;
  readonly message: Text;
  readonly line?: number;
  readonly column?: number;
}

const MAX_BYTES = 256 * 1024;

/**
 * Bundles one answer to `exercise` into a script that sets `__learner` to its exports. Nothing but the file itself,
 * its lesson's contract, `todo.ts` and other exercises is read; no configuration beside it counts.
 * @param standIns files to read in place of others, by absolute path
 * @param limitMs for the compiler; an ordinary file takes a few milliseconds
 */
export async function bundle(
  file: string,
  exercise: { readonly lesson: string },
  course: Course,
  standIns: ReadonlyMap<string, string> = new Map(),
  limitMs: number = LIMITS.compileMs,
): Promise<Bundle | BundleProblem> {
  const contents = read(file);
  if (typeof contents !== 'string') return contents;
  try {
    const files = await compile(
      {
        entryPoints: [MAIN],
        absWorkingDir: ROOT,
        bundle: true,
        format: 'iife',
        globalName: '__learner',
        banner: { js: '"use strict";' },
        target: TARGET,
        platform: 'neutral',
        sourcemap: 'external',
        sourcesContent: false,
        outfile: 'learner.js',
        logLevel: 'silent',
        tsconfigRaw: {
          compilerOptions: { target: 'esnext', useDefineForClassFields: true, experimentalDecorators: false },
        },
        plugins: [onlyTheCourse(file, contents, exercise.lesson, course, standIns)],
      },
      limitMs,
    );
    const text = (ending: string) => files.find(({ path }) => path.endsWith(ending))?.text ?? '';
    return { code: text('.js'), sourceMap: text('.map') };
  } catch (error) {
    if (error instanceof TooMuchToCompile) return { status: 'compile-error', message: BUNDLE.tooMuch };
    const [first] = (error as BuildFailure).errors ?? [];
    if (first === undefined) throw error;
    return problem(first);
  }
}

export function isBundle(result: Bundle | BundleProblem): result is Bundle {
  return 'code' in result;
}

function read(file: string): string | BundleProblem {
  const stats = lstatSync(file, { throwIfNoEntry: false });
  if (stats === undefined) return { status: 'not-submitted', message: BUNDLE.missing };
  if (!stats.isFile()) return { status: 'invalid-submission', message: BUNDLE.noFile };
  if (stats.size > MAX_BYTES) return { status: 'invalid-submission', message: BUNDLE.tooLarge(MAX_BYTES / 1024) };
  try {
    const contents = new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file));
    if (!contents.includes('\0')) return contents.replace(SOURCE_MAP, (comment) => comment.replace('=', ' '));
  } catch {}
  return { status: 'invalid-submission', message: BUNDLE.noText };
}

function problem({ pluginName, text, location }: Message): BundleProblem {
  const place = location?.file.endsWith(MAIN) ? { line: location.line, column: location.column + 1 } : {};
  if (text === COMPUTED || /^Could not resolve (?:import|require)\(/.test(text)) {
    return { status: 'import-error', message: BUNDLE.computedImport, ...place };
  }
  if (pluginName === PLUGIN) return { status: 'import-error', message: BUNDLE.import(text), ...place };
  if (text.startsWith('Top-level await')) return { status: 'compile-error', message: BUNDLE.topLevelAwait, ...place };
  return { status: 'compile-error', message: BUNDLE.syntax(text), ...place };
}

const PLUGIN = 'only-the-course';
const NAMESPACE = 'course';
const COMPUTED = 'a path put together at run time';
/** What the isolate can run: syntax that the engine lacks (decorators, `accessor`) is made ordinary. */
const TARGET = 'node24';
/** esbuild would read the file that such a comment names, whatever it is. */
const SOURCE_MAP = /[#@]\s*sourceMappingURL=/g;

function onlyTheCourse(
  file: string,
  contents: string,
  lesson: string,
  course: Course,
  standIns: ReadonlyMap<string, string>,
): Plugin {
  return {
    name: PLUGIN,
    setup(build) {
      build.onResolve({ filter: /.*/ }, ({ path, importer, kind }) => {
        if (kind === 'entry-point') return { path: MAIN, namespace: NAMESPACE };
        const target = findImport(path, importer === MAIN ? file : importer, lesson, course);
        if (target === undefined) return { errors: [{ text: path }] };
        return { path: standIns.get(target) ?? target, namespace: NAMESPACE };
      });
      build.onLoad({ filter: /.*/, namespace: NAMESPACE }, ({ path }) => {
        const text = path === MAIN ? contents : read(path);
        return typeof text === 'string' ? { contents: text, loader: 'ts' } : { errors: [{ text: basename(path) }] };
      });
      // Paths put together at run time are looked up by esbuild itself, around `onResolve`; nothing they find is read.
      build.onLoad({ filter: /.*/ }, () => ({ errors: [{ text: COMPUTED }] }));
    },
  };
}

/**
 * The file that an import means. An answer may stand anywhere: what it imports is found where the exercise itself
 * would stand, except for answers to other exercises beside it.
 */
export function findImport(specifier: string, from: string, lesson: string, course: Course): string | undefined {
  if (!/^\.\.?\//.test(specifier)) return undefined;
  const wanted = specifier.replace(/(?:\.[jt]s)?$/, '.ts');
  const beside = resolve(dirname(from), wanted);
  if (inside(dirname(course.exercises), from) && isTrusted(from, course) && inside(join(ROOT, 'simulator'), beside)) {
    return beside;
  }
  if (allowed(beside, course)) return beside;
  const name = basename(wanted, '.ts');
  if (dirname(wanted) === '.' && existsSync(join(course.stubs, lesson, `${name}.ts`)) && existsSync(beside)) {
    return beside;
  }
  const home = resolve(course.exercises, lesson, wanted);
  return allowed(home, course) ? home : undefined;
}

function isTrusted(file: string, { exercises }: Course): boolean {
  return inside(exercises, file) && ['contract.ts', 'todo.ts'].includes(basename(file));
}

function allowed(path: string, { exercises, stubs }: Course): boolean {
  if (!inside(exercises, path) || !existsSync(path)) return false;
  const parts = relative(exercises, path).split(sep);
  if (parts.length === 1) return parts[0] === 'todo.ts';
  return parts.length === 2 && (parts[1] === 'contract.ts' || existsSync(join(stubs, ...parts)));
}

function inside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '' && !way.startsWith('..') && resolve(folder, way) === path;
}
