import { OUTCOME } from '../recorder.ts';
import type { RequestColumns } from '../trace.ts';
import { NEVER } from '../trace.ts';

/**
 * Collects requests whose arrival follows from what happened before, such as those of users who wait for an answer;
 * rows in order of arrival. Where all requests are drawn before the run, `pendingRequests` is enough.
 */
export class RequestRecorder {
  readonly #arrivedUs: number[] = [];
  readonly #endedUs: number[] = [];
  readonly #outcome: number[] = [];
  readonly #class: number[] = [];

  get count(): number {
    return this.#outcome.length;
  }

  /** A request arrives and is pending; `kind` is the index of its class. */
  add(atUs: number, kind = 0): number {
    this.#arrivedUs.push(atUs);
    this.#endedUs.push(NEVER);
    this.#class.push(kind);
    return this.#outcome.push(OUTCOME.pending) - 1;
  }

  /** Whether it is still without an end. */
  pending(request: number): boolean {
    return this.#outcome[request] === OUTCOME.pending;
  }

  /** @throws RangeError when the request has ended before, or never came */
  end(request: number, atUs: number, outcome: number): void {
    if (!this.pending(request)) throw new RangeError(`request ${request} is not pending`);
    this.#endedUs[request] = atUs;
    this.#outcome[request] = outcome;
  }

  columns(): RequestColumns {
    return {
      arrivedUs: Float64Array.from(this.#arrivedUs),
      endedUs: Float64Array.from(this.#endedUs),
      outcome: Uint8Array.from(this.#outcome),
      class: Uint8Array.from(this.#class),
    };
  }
}
