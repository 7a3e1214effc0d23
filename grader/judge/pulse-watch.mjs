/*
 * A thread of the worker that looks on while its main thread is inside an isolate. When one stint there outlasts its
 * limit by far, in time on the clock and in processor time as well (a busy machine is no reason), nothing will end it
 * but the parent, which is told.
 */
import { writeSync } from 'node:fs';
import { workerData as beat } from 'node:worker_threads';

/** Beyond the limit, in milliseconds: the isolate's own timeout comes first wherever it can. */
const GRACE_MS = 800;
/** As in `protocol.ts`. */
const MESSAGE_FD = 4;

let stint = 0;
let since = 0;
let cpuSince = 0;
setInterval(() => {
  const now = Atomics.load(beat, 0);
  if (now === 0 || now !== stint) {
    stint = now;
    since = performance.now();
    cpuSince = cpuMs();
    return;
  }
  const limit = Atomics.load(beat, 1) + GRACE_MS;
  if (performance.now() - since < limit || cpuMs() - cpuSince < limit) return;
  stint = 0;
  writeSync(MESSAGE_FD, '{"is":"hung"}\n');
}, 50);

function cpuMs() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
