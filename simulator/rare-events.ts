import { exponential } from './sample.ts';
import type { Stream } from './stream.ts';

/**
 * How many of many trials hit, when each does so with the same small probability, at the cost of one draw per hit:
 * errors among thousands of requests. The number of trials up to the next hit is geometric, and that is an
 * exponential of rate −ln(1 − p) rounded up (L. Devroye, Non-Uniform Random Variate Generation, 1986, X.2).
 */
export class RareEvents {
  readonly #perTrial: number;
  /** Trials up to and including the next hit. */
  #next: number;

  /**
   * @param probability of one trial, 0 … 0.5
   * @throws RangeError when it is out of range
   */
  constructor(
    probability: number,
    private readonly source: Stream,
  ) {
    if (!(probability >= 0 && probability <= 0.5)) {
      throw new RangeError(`probability: ${probability} is not in 0 … 0.5`);
    }
    this.#perTrial = minusLogOfRest(probability);
    this.#next = this.#gap();
  }

  /** Hits among the next `trials` ones. */
  among(trials: number): number {
    let hits = 0;
    let left = trials;
    while (this.#next <= left) {
      left -= this.#next;
      hits++;
      this.#next = this.#gap();
    }
    this.#next -= left;
    return hits;
  }

  #gap(): number {
    if (this.#perTrial === 0) return Number.POSITIVE_INFINITY;
    return Math.max(1, Math.ceil(exponential(this.source) / this.#perTrial));
  }
}

/** −ln(1 − p) = p + p²/2 + p³/3 + …, the same in every engine. */
function minusLogOfRest(p: number): number {
  let sum = 0;
  let power = p;
  for (let k = 1; power / k > sum * Number.EPSILON; k++) {
    sum += power / k;
    power *= p;
  }
  return sum;
}
