/*
 * Loaded into the worker before vitest is: what every suite needs is ready by the time there is something to judge,
 * a thread looks on for what cannot be interrupted (`pulse.ts`), and a worker whose parent is gone ends instead of
 * staying behind.
 */

import { Worker } from 'node:worker_threads';
import fc from 'fast-check';
import ivm from 'isolated-vm';

const beat = new Int32Array(new SharedArrayBuffer(8));
globalThis[Symbol.for('zero-to-millions/pulse')] = beat;
new Worker(new URL('./pulse-watch.mjs', import.meta.url), { workerData: beat, execArgv: [], env: {} }).unref();

process.on('disconnect', () => process.exit());

/** A worker that has had nothing to do for so long was started ahead: it warms its engine until there is work. */
const IDLE_MS = 100;
const idle = setTimeout(warmUp, IDLE_MS);
process.once('message', () => clearTimeout(idle));

/** What is run for the first time runs slowly: a quarter of the time that a quick check takes is that. */
async function warmUp() {
  const isolate = new ivm.Isolate({ memoryLimit: 16 });
  const echo = isolate.createContextSync().evalSync('(text) => text', { reference: true });
  const step = fc.oneof(fc.record({ does: fc.constantFrom('a', 'b'), of: fc.nat(9) }), fc.constant({ does: 'c' }));
  const value = fc.record({ count: fc.nat(5), steps: fc.array(step, { maxLength: 40 }) });
  const property = fc.asyncProperty(value, async (drawn) => void echo.applySync(undefined, [JSON.stringify(drawn)]));
  await fc.check(property, { numRuns: 300, seed: 1 });
  isolate.dispose();
}
