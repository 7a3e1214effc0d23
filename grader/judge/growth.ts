/** A measurement has to last this long, in microseconds, to be told from noise. */
const LONG_ENOUGH_US = 2000;
const TRIES = 5;

/**
 * CPU time of `work(16 * size)` over CPU time of `work(size)`; the smallest of several tries each, since what
 * disturbs a measurement only ever adds to it.
 * @param cpuUs CPU time used so far by the code that is measured, in microseconds
 */
export function growthOf(size: number, work: (size: number) => void, cpuUs: () => number): number {
  work(size);
  const small = cost(() => work(size), cpuUs);
  const large = cost(() => work(16 * size), cpuUs);
  return large / small;
}

function cost(work: () => void, cpuUs: () => number): number {
  let repeats = 1;
  let best = Number.POSITIVE_INFINITY;
  for (let tries = 0; tries < TRIES; tries++) {
    const start = cpuUs();
    for (let i = 0; i < repeats; i++) work();
    const spent = cpuUs() - start;
    if (spent < LONG_ENOUGH_US && repeats < 4096) {
      repeats *= 4;
      tries = -1;
    } else best = Math.min(best, spent / repeats);
  }
  return best;
}
