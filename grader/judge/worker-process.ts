import { type ChildProcess, spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sandboxed } from './sandbox.ts';

const HEAP_MB = 512;
const VITEST = dirname(createRequire(import.meta.url).resolve('vitest/package.json'));
const PRELOAD = fileURLToPath(new URL('./worker-preload.mjs', import.meta.url));

/** All that the worker sees of the environment; time zone and language are the same on every machine. */
const ENVIRONMENT = {
  TZ: 'UTC',
  LC_ALL: 'en_US.UTF-8',
  NODE_ENV: 'test',
  VITEST: 'true',
  VITEST_MODE: 'RUN',
  TEST: 'true',
  MODE: 'test',
  DEV: '1',
};

/** Starts a worker of vitest: no environment, a limited heap, and a pipe of its own for messages. */
export function startWorker(sandbox: boolean): ChildProcess {
  const options = ['--no-node-snapshot', `--max-old-space-size=${HEAP_MB}`, '--import', `file://${PRELOAD}`];
  const node = [process.execPath, ...options, join(VITEST, 'dist', 'workers', 'forks.js')];
  const [command, ...args] = (sandbox ? sandboxed(node) : node) as [string, ...string[]];
  return spawn(command, args, {
    env: ENVIRONMENT,
    stdio: ['ignore', 'ignore', 'pipe', 'ipc', 'pipe'],
    serialization: 'advanced',
  });
}
