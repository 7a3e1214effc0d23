/*
 * Loaded into the worker before vitest is: what every suite needs is ready by the time there is something to judge,
 * a thread looks on for what cannot be interrupted (`pulse.ts`), and a worker whose parent is gone ends instead of
 * staying behind.
 */
import 'fast-check';
import 'isolated-vm';
import { Worker } from 'node:worker_threads';

const beat = new Int32Array(new SharedArrayBuffer(8));
globalThis[Symbol.for('zero-to-millions/pulse')] = beat;
new Worker(new URL('./pulse-watch.mjs', import.meta.url), { workerData: beat, execArgv: [], env: {} }).unref();

process.on('disconnect', () => process.exit());
