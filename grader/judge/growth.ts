/** A measurement has to last this long, in microseconds, to be told from noise. */
const LONG_ENOUGH_US = 500;
const TRIES = 7;

export type Meter = (work: () => void) => number;

/**
 * Time of `work(16 * size)` over time of `work(size)`; the smallest of several tries each, since what disturbs a
 * measurement only ever adds to it.
 * @param meter time that the code under test spends in a piece of work, in microseconds
 */
export function growthOf(size: number, work: (size: number) => void, meter: Meter): number {
  work(size);
  const small = cost(() => work(size), meter);
  const large = cost(() => work(16 * size), meter);
  return large / small;
}

function cost(work: () => void, meter: Meter): number {
  let repeats = 1;
  let best = Number.POSITIVE_INFINITY;
  for (let tries = 0; tries < TRIES; tries++) {
    const spent = meter(() => {
      for (let i = 0; i < repeats; i++) work();
    });
    if (spent < LONG_ENOUGH_US && repeats < 4096) {
      repeats *= 4;
      tries = -1;
    } else best = Math.min(best, spent / repeats);
  }
  return best;
}
