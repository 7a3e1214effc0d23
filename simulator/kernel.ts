/**
 * Discrete-event kernel: a clock in integer microseconds and a binary heap of events ordered by (time, order of
 * scheduling). An event is three small numbers, so that a run of millions allocates nothing.
 */
export class Kernel {
  /** Simulated time, µs since the start of the run. */
  nowUs = 0;
  /** Events handled so far. */
  handled = 0;
  /** The event that `next` has just taken. */
  kind = 0;
  a = 0;
  b = 0;

  #size = 0;
  #scheduled = 0;
  #times: Float64Array<ArrayBuffer>;
  #order: Float64Array<ArrayBuffer>;
  #kinds: Uint8Array<ArrayBuffer>;
  #as: Int32Array<ArrayBuffer>;
  #bs: Int32Array<ArrayBuffer>;

  /** @param capacity events the heap holds before it grows for the first time */
  constructor(capacity = 1024) {
    this.#times = new Float64Array(capacity);
    this.#order = new Float64Array(capacity);
    this.#kinds = new Uint8Array(capacity);
    this.#as = new Int32Array(capacity);
    this.#bs = new Int32Array(capacity);
  }

  /** Events that are scheduled and not yet handled. */
  get waiting(): number {
    return this.#size;
  }

  /**
   * Schedules an event. Events of equal time happen in the order in which they were scheduled.
   * @param atUs integer µs, not before `nowUs`
   * @param kind 0 … 255, meaning left to the model; `a` and `b` are its arguments (int32)
   * @throws RangeError when `atUs` is in the past or not an integer
   */
  at(atUs: number, kind: number, a = 0, b = 0): void {
    if (!(atUs >= this.nowUs) || atUs !== Math.floor(atUs)) {
      throw new RangeError(`atUs: ${atUs} is not an integer from ${this.nowUs} on`);
    }
    if (this.#size === this.#times.length) this.#grow();
    const times = this.#times;
    const order = this.#order;
    const kinds = this.#kinds;
    const as = this.#as;
    const bs = this.#bs;
    let hole = this.#size++;
    while (hole > 0) {
      const parent = (hole - 1) >> 1;
      if (times[parent]! <= atUs) break;
      times[hole] = times[parent]!;
      order[hole] = order[parent]!;
      kinds[hole] = kinds[parent]!;
      as[hole] = as[parent]!;
      bs[hole] = bs[parent]!;
      hole = parent;
    }
    times[hole] = atUs;
    order[hole] = this.#scheduled++;
    kinds[hole] = kind;
    as[hole] = a;
    bs[hole] = b;
  }

  /** Schedules an event `delayUs` from now; see `at`. */
  after(delayUs: number, kind: number, a = 0, b = 0): void {
    this.at(this.nowUs + delayUs, kind, a, b);
  }

  /**
   * Takes the earliest event before `untilUs` into `kind`, `a`, `b` and moves the clock to it. False, with the
   * clock at `untilUs`, when there is none left.
   */
  next(untilUs: number): boolean {
    const times = this.#times;
    if (this.#size === 0 || times[0]! >= untilUs) {
      this.nowUs = untilUs;
      return false;
    }
    this.nowUs = times[0]!;
    this.kind = this.#kinds[0]!;
    this.a = this.#as[0]!;
    this.b = this.#bs[0]!;
    this.handled++;
    this.#removeFirst();
    return true;
  }

  /** Handles every event before `untilUs`, those that the handler schedules included; ends early on false. */
  run(untilUs: number, handle: (kind: number, a: number, b: number) => boolean | undefined): void {
    while (this.next(untilUs)) {
      if (handle(this.kind, this.a, this.b) === false) return;
    }
  }

  #removeFirst(): void {
    const times = this.#times;
    const order = this.#order;
    const kinds = this.#kinds;
    const as = this.#as;
    const bs = this.#bs;
    const last = --this.#size;
    const time = times[last]!;
    const sequence = order[last]!;
    let hole = 0;
    for (let child = 1; child < last; child = 2 * hole + 1) {
      const right = child + 1;
      if (
        right < last &&
        (times[right]! < times[child]! || (times[right] === times[child] && order[right]! < order[child]!))
      ) {
        child = right;
      }
      if (time < times[child]! || (time === times[child] && sequence < order[child]!)) break;
      times[hole] = times[child]!;
      order[hole] = order[child]!;
      kinds[hole] = kinds[child]!;
      as[hole] = as[child]!;
      bs[hole] = bs[child]!;
      hole = child;
    }
    times[hole] = time;
    order[hole] = sequence;
    kinds[hole] = kinds[last]!;
    as[hole] = as[last]!;
    bs[hole] = bs[last]!;
  }

  #grow(): void {
    const capacity = this.#times.length * 2;
    const grown = <Column extends { set(from: Column): void }>(to: Column, from: Column): Column => {
      to.set(from);
      return to;
    };
    this.#times = grown(new Float64Array(capacity), this.#times);
    this.#order = grown(new Float64Array(capacity), this.#order);
    this.#kinds = grown(new Uint8Array(capacity), this.#kinds);
    this.#as = grown(new Int32Array(capacity), this.#as);
    this.#bs = grown(new Int32Array(capacity), this.#bs);
  }
}
