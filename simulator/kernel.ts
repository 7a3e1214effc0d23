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
  /** Time and order of scheduling of each place of the heap, side by side: one comparison, one line of the cache. */
  #keys: Float64Array<ArrayBuffer>;
  /** Kind, a and b of each place. */
  #events: Int32Array<ArrayBuffer>;

  /** @param capacity events the heap holds before it grows for the first time */
  constructor(capacity = 1024) {
    this.#keys = new Float64Array(2 * capacity);
    this.#events = new Int32Array(3 * capacity);
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
    if (2 * this.#size === this.#keys.length) this.#grow();
    const keys = this.#keys;
    let hole = this.#size++;
    while (hole > 0) {
      const parent = (hole - 1) >> 1;
      if (keys[2 * parent]! <= atUs) break;
      this.#move(parent, hole);
      hole = parent;
    }
    keys[2 * hole] = atUs;
    keys[2 * hole + 1] = this.#scheduled++;
    const events = this.#events;
    events[3 * hole] = kind;
    events[3 * hole + 1] = a;
    events[3 * hole + 2] = b;
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
    const time = this.#keys[0]!;
    if (this.#size === 0 || time >= untilUs) {
      this.nowUs = untilUs;
      return false;
    }
    const events = this.#events;
    this.nowUs = time;
    this.kind = events[0]!;
    this.a = events[1]!;
    this.b = events[2]!;
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
    const keys = this.#keys;
    const last = --this.#size;
    const time = keys[2 * last]!;
    const order = keys[2 * last + 1]!;
    let hole = 0;
    for (let child = 1; child < last; child = 2 * hole + 1) {
      const right = child + 1;
      if (right < last && this.#isEarlier(right, keys[2 * child]!, keys[2 * child + 1]!)) child = right;
      if (!this.#isEarlier(child, time, order)) break;
      this.#move(child, hole);
      hole = child;
    }
    this.#move(last, hole);
  }

  #isEarlier(place: number, time: number, order: number): boolean {
    const own = this.#keys[2 * place]!;
    return own < time || (own === time && this.#keys[2 * place + 1]! < order);
  }

  #move(from: number, to: number): void {
    const keys = this.#keys;
    const events = this.#events;
    keys[2 * to] = keys[2 * from]!;
    keys[2 * to + 1] = keys[2 * from + 1]!;
    events[3 * to] = events[3 * from]!;
    events[3 * to + 1] = events[3 * from + 1]!;
    events[3 * to + 2] = events[3 * from + 2]!;
  }

  #grow(): void {
    const keys = new Float64Array(2 * this.#keys.length);
    const events = new Int32Array(2 * this.#events.length);
    keys.set(this.#keys);
    events.set(this.#events);
    this.#keys = keys;
    this.#events = events;
  }
}
