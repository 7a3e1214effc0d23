import type { Outcome, RequestColumns, VisitColumns } from './trace.ts';
import { NEVER, OUTCOMES } from './trace.ts';

const code = Object.fromEntries(OUTCOMES.map((name, index) => [name, index])) as Record<Outcome, number>;

/** Index of an outcome in `OUTCOMES`. */
export const OUTCOME: Readonly<Record<Outcome, number>> = code;

/** Collects the visits of a run in columns that grow; `columns` cuts them to what was recorded. */
export class VisitRecorder {
  count = 0;
  request: Uint32Array<ArrayBuffer>;
  node: Uint16Array<ArrayBuffer>;
  sentUs: Float64Array<ArrayBuffer>;
  enteredUs: Float64Array<ArrayBuffer>;
  startedUs: Float64Array<ArrayBuffer>;
  leftUs: Float64Array<ArrayBuffer>;
  outcome: Uint8Array<ArrayBuffer>;

  /** @param capacity visits expected; more are possible */
  constructor(capacity: number) {
    const size = Math.max(16, capacity);
    this.request = new Uint32Array(size);
    this.node = new Uint16Array(size);
    this.sentUs = new Float64Array(size);
    this.enteredUs = new Float64Array(size);
    this.startedUs = new Float64Array(size);
    this.leftUs = new Float64Array(size);
    this.outcome = new Uint8Array(size);
  }

  /** A request leaves for a node. Everything later is still `NEVER`, the outcome pending. */
  add(request: number, node: number, sentUs: number): number {
    if (this.count === this.request.length) this.#grow();
    const visit = this.count++;
    this.request[visit] = request;
    this.node[visit] = node;
    this.sentUs[visit] = sentUs;
    this.enteredUs[visit] = NEVER;
    this.startedUs[visit] = NEVER;
    this.leftUs[visit] = NEVER;
    this.outcome[visit] = OUTCOME.pending;
    return visit;
  }

  columns(): VisitColumns {
    return {
      request: this.request.slice(0, this.count),
      node: this.node.slice(0, this.count),
      sentUs: this.sentUs.slice(0, this.count),
      enteredUs: this.enteredUs.slice(0, this.count),
      startedUs: this.startedUs.slice(0, this.count),
      leftUs: this.leftUs.slice(0, this.count),
      outcome: this.outcome.slice(0, this.count),
    };
  }

  #grow(): void {
    const grown = <Column extends { set(from: Column): void }>(to: Column, from: Column): Column => {
      to.set(from);
      return to;
    };
    const size = this.request.length * 2;
    this.request = grown(new Uint32Array(size), this.request);
    this.node = grown(new Uint16Array(size), this.node);
    this.sentUs = grown(new Float64Array(size), this.sentUs);
    this.enteredUs = grown(new Float64Array(size), this.enteredUs);
    this.startedUs = grown(new Float64Array(size), this.startedUs);
    this.leftUs = grown(new Float64Array(size), this.leftUs);
    this.outcome = grown(new Uint8Array(size), this.outcome);
  }
}

/** Columns for requests that have arrived and are all still pending. */
export function pendingRequests(
  arrivedUs: Float64Array<ArrayBuffer>,
  classes: Uint8Array<ArrayBuffer>,
): RequestColumns {
  const count = arrivedUs.length;
  return {
    arrivedUs,
    endedUs: new Float64Array(count).fill(NEVER),
    outcome: new Uint8Array(count).fill(OUTCOME.pending),
    class: classes,
  };
}

/** Copies of the requests that had arrived by the moment at which a run failed; of all where it did not. */
export function arrivedBy(requests: RequestColumns, failedUs = Number.POSITIVE_INFINITY): RequestColumns {
  const count = requests.arrivedUs.filter((atUs) => atUs <= failedUs).length;
  return {
    arrivedUs: requests.arrivedUs.slice(0, count),
    endedUs: requests.endedUs.slice(0, count),
    outcome: requests.outcome.slice(0, count),
    class: requests.class.slice(0, count),
    key: requests.key?.slice(0, count),
    staleUs: requests.staleUs?.slice(0, count),
  };
}
