import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** The dev server as `npm start` runs it, with a copy of `exercises/` that a test may write to. */
export interface DevSite {
  readonly url: string;
  readonly read: (exercise: string) => string;
  /** Saves an exercise's file as an editor does: whole, at once. */
  readonly save: (exercise: string, text: string) => void;
  /** Processes that the server has started and that still run, with theirs. */
  readonly children: () => readonly number[];
  readonly stop: () => Promise<void>;
}

const LESSON = '02-load-balancing';

export async function startDevSite(): Promise<DevSite> {
  const learner = mkdtempSync(join(tmpdir(), 'learner-'));
  cpSync('exercises', join(learner, 'exercises'), { recursive: true });
  const port = await freePort();
  const server = spawn(
    process.execPath,
    ['--import', 'tsx', 'site/dev-server/start.ts', '--no-open', '--port', String(port)],
    {
      env: { ...process.env, LEARNER_ROOT: learner, CI: '1', NODE_ENV: undefined, VITEST: undefined },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const file = (exercise: string) => join(learner, 'exercises', LESSON, `${exercise}.ts`);
  const stop = async () => {
    await ended(server);
    rmSync(learner, { recursive: true, force: true });
    rmSync(`node_modules/.vite/learner-${server.pid}`, { recursive: true, force: true });
  };
  try {
    const url = await announced(server);
    return {
      url,
      read: (exercise) => readFileSync(file(exercise), 'utf8'),
      save: (exercise, text) => {
        writeFileSync(`${file(exercise)}.saving`, text);
        renameSync(`${file(exercise)}.saving`, file(exercise));
      },
      children: () => descendants(server.pid ?? 0),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The text of an exercise's reference solution, importable from the exercise's own folder. */
export function solutionText(exercise: string): string {
  return inPlace(readFileSync(resolve('solutions', LESSON, `${exercise}.ts`), 'utf8'));
}

/** A solution's or a wrong answer's text as it would stand in the learner's own file. */
export function inPlace(text: string): string {
  return text
    .replaceAll(/(?:\.\.\/)+exercises\/02-load-balancing\//g, './')
    .replaceAll(/(?:\.\.\/)+exercises\//g, '../');
}

function announced(server: ChildProcess): Promise<string> {
  return new Promise((done, failed) => {
    let said = '';
    const hear = (chunk: Buffer) => {
      said += chunk.toString();
      const url = /The course is at (\S+)\//.exec(said)?.[1];
      if (url) done(url);
    };
    server.stdout?.on('data', hear);
    server.stderr?.on('data', hear);
    server.on('exit', () => failed(new Error(`the site did not start:\n${said}`)));
  });
}

function descendants(pid: number): number[] {
  const { stdout } = spawnSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' });
  const pairs = stdout.split('\n').map((line) => line.trim().split(/\s+/).map(Number));
  const below = (parent: number): number[] =>
    pairs.flatMap(([child, its]) => (its === parent ? [child!, ...below(child!)] : []));
  return below(pid);
}

function ended(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return Promise.resolve();
  return new Promise((done) => {
    server.on('exit', () => done());
    server.kill('SIGTERM');
  });
}

export function freePort(): Promise<number> {
  return new Promise((done, failed) => {
    const probe = createServer();
    probe.on('error', failed);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => (typeof address === 'object' && address ? done(address.port) : failed(new Error('no port'))));
    });
  });
}
