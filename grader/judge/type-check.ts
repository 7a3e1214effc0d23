import { execFile } from 'node:child_process';
import { join, relative } from 'node:path';
import type { Warning } from '../verdict.ts';
import { ROOT } from './course.ts';
import { sandboxed } from './sandbox.ts';

const TSC = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
const OPTIONS = [
  ...['--noEmit', '--ignoreConfig', '--pretty', 'false', '--strict', '--skipLibCheck', '--noUncheckedIndexedAccess'],
  ...['--target', 'es2023', '--lib', 'ES2023,ESNext.Disposable,DOM', '--types', ''],
  ...['--module', 'esnext', '--moduleResolution', 'bundler', '--allowImportingTsExtensions'],
];
/** Imports that are found by the judge and not by the compiler: the answer stands outside of the course. */
const NOT_FOUND = 'TS2307';
const AT_MOST = 5;

export interface TypeCheckOptions {
  readonly signal?: AbortSignal | undefined;
  /** Let the compiler see the files, the contracts and nothing else: what a type refers to shows in its messages. */
  readonly sandbox?: boolean;
  readonly limitMs?: number;
}

/** What TypeScript says about each file, as warnings. Never fails: without a compiler there are none. */
export async function typeCheck(
  files: readonly string[],
  { signal, sandbox = false, limitMs = 15_000 }: TypeCheckOptions = {},
): Promise<Map<string, Warning[]>> {
  const warnings = new Map<string, Warning[]>(files.map((file) => [file, []]));
  const tsc = [process.execPath, TSC, ...OPTIONS, ...files];
  const shown = ['node_modules', 'exercises', 'simulator'].map((folder) => join(ROOT, folder));
  const [command, ...args] = (sandbox ? sandboxed(tsc, [...shown, ...files]) : tsc) as [string, ...string[]];
  const output = await new Promise<string>((resolve) => {
    execFile(
      command,
      args,
      // It takes its time over a signal that asks: a `package.json` that never ends, and it never does.
      { cwd: ROOT, maxBuffer: 4_000_000, timeout: limitMs, killSignal: 'SIGKILL', ...(signal && { signal }) },
      (_error, stdout) => resolve(stdout),
    );
  });
  const names = new Map(files.map((file) => [relative(ROOT, file).replaceAll('\\', '/'), file]));
  for (const [, name, line, code, message] of output.matchAll(/^(.+?)\((\d+),\d+\): error (TS\d+): (.*)$/gm)) {
    const found = warnings.get(names.get(`${name}`) ?? `${name}`);
    if (found === undefined || code === NOT_FOUND || found.length >= AT_MOST) continue;
    found.push({ kind: 'type', message: `${message}`, line: Number(line) });
  }
  return warnings;
}
