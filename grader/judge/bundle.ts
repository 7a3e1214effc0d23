import { existsSync, lstatSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import type { BuildFailure, Message, Plugin } from 'esbuild';
import type { Text } from '../../simulator/text.ts';
import { BUNDLE } from '../text/verdicts.ts';
import { type Course, ROOT } from './course.ts';
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
 */
export async function bundle(
  file: string,
  exercise: { readonly lesson: string },
  course: Course,
  standIns: ReadonlyMap<string, string> = new Map(),
): Promise<Bundle | BundleProblem> {
  const contents = read(file);
  if (typeof contents !== 'string') return contents;
  const { build } = await import('esbuild');
  try {
    const { outputFiles } = await build({
      stdin: { contents, sourcefile: MAIN, resolveDir: dirname(file), loader: 'ts' },
      absWorkingDir: ROOT,
      bundle: true,
      write: false,
      format: 'iife',
      globalName: '__learner',
      banner: { js: '"use strict";' },
      target: 'esnext',
      platform: 'neutral',
      sourcemap: 'external',
      sourcesContent: false,
      outfile: 'learner.js',
      logLevel: 'silent',
      tsconfigRaw: {
        compilerOptions: { target: 'esnext', useDefineForClassFields: true, experimentalDecorators: false },
      },
      plugins: [onlyTheCourse(file, exercise.lesson, course, standIns)],
    });
    const text = (ending: string) => outputFiles.find(({ path }) => path.endsWith(ending))?.text ?? '';
    return { code: text('.js'), sourceMap: text('.map') };
  } catch (error) {
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
    if (!contents.includes('\0')) return contents;
  } catch {}
  return { status: 'invalid-submission', message: BUNDLE.noText };
}

function problem({ pluginName, text, location }: Message): BundleProblem {
  const place = location?.file.endsWith(MAIN) ? { line: location.line, column: location.column + 1 } : {};
  if (pluginName === PLUGIN) return { status: 'import-error', message: BUNDLE.import(text), ...place };
  if (text.startsWith('Top-level await')) return { status: 'compile-error', message: BUNDLE.topLevelAwait, ...place };
  return { status: 'compile-error', message: BUNDLE.syntax(text), ...place };
}

const PLUGIN = 'only-the-course';
const NAMESPACE = 'course';

function onlyTheCourse(file: string, lesson: string, course: Course, standIns: ReadonlyMap<string, string>): Plugin {
  return {
    name: PLUGIN,
    setup(build) {
      build.onResolve({ filter: /.*/ }, ({ path, importer, kind }) => {
        if (kind === 'entry-point') return undefined;
        const from = importer.endsWith(MAIN) ? file : importer;
        const target = findImport(path, from, lesson, course);
        if (target === undefined) return { errors: [{ text: path }] };
        return { path: standIns.get(target) ?? target, namespace: NAMESPACE };
      });
      build.onLoad({ filter: /.*/, namespace: NAMESPACE }, ({ path }) => {
        const contents = read(path);
        return typeof contents === 'string' ? { contents, loader: 'ts' } : { errors: [{ text: basename(path) }] };
      });
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
