import { percentile, sample } from '../../simulator/measures/measures.ts';
import type { Trace } from '../../simulator/trace.ts';

/** The percentiles that are marked in a distribution, in %. */
export const MARKED = [50, 95, 99] as const;

/** Latencies are counted in bins of equal width on a log scale, from 0.1 ms to 100 s. */
export const BINS_PER_DECADE = 12;
const FIRST_DECADE = -1;
const LAST_DECADE = 5;
export const BINS = (LAST_DECADE - FIRST_DECADE) * BINS_PER_DECADE;

/**
 * How long requests have taken since the start of a run, at one moment after another. Counted as everywhere
 * (`simulator/measures/measures.ts`): requests answered well, and those still waiting with their age.
 */
export interface Latencies {
  /** `BINS` numbers for each moment: requests per bin. */
  readonly counts: Uint32Array;
  /** By percentile of `MARKED`, then by moment, ms; NaN where nothing was sent yet. */
  readonly marks: readonly Float64Array[];
}

/** Lower edge of a bin, ms; that of `BINS` is the upper edge of the last one. */
export function edgeMs(bin: number): number {
  return 10 ** (bin / BINS_PER_DECADE + FIRST_DECADE);
}

/** Place of a latency on the scale of bins, with its fraction; whatever lies outside is at its nearer end. */
export function binOf(ms: number): number {
  return Math.min(BINS, Math.max(0, (Math.log10(ms) - FIRST_DECADE) * BINS_PER_DECADE));
}

/** Gathers the latencies of a run moment by moment. */
export class LatencyTaker {
  readonly #trace: Trace;
  readonly #counts: Uint32Array;
  readonly #marks: readonly Float64Array[];

  constructor(trace: Trace, moments: number) {
    this.#trace = trace;
    this.#counts = new Uint32Array(moments * BINS);
    this.#marks = MARKED.map(() => new Float64Array(moments).fill(Number.NaN));
  }

  take(moment: number, atUs: number): void {
    const taken = sample(this.#trace, 0, atUs);
    for (const [place, percent] of MARKED.entries()) {
      this.#marks[place]![moment] = percentile(taken, percent) ?? Number.NaN;
    }
    const { latenciesMs } = taken;
    let bin = 0;
    for (let i = 0; i < latenciesMs.length; i++) {
      while (bin < BINS - 1 && latenciesMs[i]! >= EDGES[bin + 1]!) bin++;
      this.#counts[moment * BINS + bin]!++;
    }
  }

  get latencies(): Latencies {
    return { counts: this.#counts, marks: this.#marks };
  }
}

const EDGES = Float64Array.from({ length: BINS + 1 }, (_, bin) => edgeMs(bin));
