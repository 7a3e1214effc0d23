/** Where `worker-preload.mjs` leaves the memory that it shares with the watching thread, if there is one. */
const SHARED = Symbol.for('zero-to-millions/pulse');

const beat = ((globalThis as Record<symbol, unknown>)[SHARED] as Int32Array | undefined) ?? new Int32Array(2);
let stints = 0;

/**
 * Tells the watching thread (`pulse-watch.mjs`) how long the isolate has been running without a break. A loop is
 * interrupted by the isolate's own timeout; a single built-in that takes minutes is not, and only shows there.
 */
export const pulse = {
  /** The isolate begins to run, or goes on after it asked the judge for something. */
  enter(limitMs: number): void {
    stints = (stints % 0x7fffffff) + 1;
    Atomics.store(beat, 1, limitMs);
    Atomics.store(beat, 0, stints);
  },
  leave(): void {
    Atomics.store(beat, 0, 0);
  },
};
