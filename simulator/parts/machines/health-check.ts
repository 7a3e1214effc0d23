import type { Kernel } from '../../kernel.ts';
import { microseconds } from '../../microseconds.ts';

/**
 * Every target is asked each `intervalMs`, first at `firstMs`. After `misses` unanswered questions in a row a target
 * counts as lost, after `hits` answers in a row as found again. A refused connection is a miss at once, silence one
 * after `timeoutMs`.
 */
export interface HealthCheck {
  readonly firstMs: number;
  /** Above 0. */
  readonly intervalMs: number;
  readonly timeoutMs: number;
  /** At least 1. */
  readonly misses: number;
  /** At least 1; default 1. */
  readonly hits?: number;
}

/** What a question meets: an answer, nobody who answers, or nobody who takes it. */
export type Pulse = 'answers' | 'silent' | 'refuses';

/**
 * Asks after the health of targets 0 … count − 1 and says when that changes. All count as healthy in the beginning.
 * Questions and answers take no time on their way and no time of the target, so what is measured is only how late
 * a change is noticed: between (misses − 1) and misses × interval after a refusal begins, and that plus the timeout
 * after a silence begins.
 */
export class HealthChecks {
  readonly #misses: number[];
  readonly #hits: number[];
  readonly #healthy: boolean[];

  /** @throws RangeError when a number of the check is out of range */
  constructor(
    private readonly kernel: Kernel,
    private readonly check: HealthCheck,
    count: number,
    private readonly events: {
      /** Kind of the events for `probe`, and for `miss` with the target as first argument. */
      readonly probe: number;
      readonly miss: number;
      readonly ask: (target: number) => Pulse;
      readonly lost: (target: number) => void;
      readonly found: (target: number) => void;
    },
  ) {
    if (!(check.intervalMs > 0)) throw new RangeError(`intervalMs: ${check.intervalMs} is not above 0`);
    if (!(check.misses >= 1)) throw new RangeError(`misses: ${check.misses} is less than 1`);
    if (!((check.hits ?? 1) >= 1)) throw new RangeError(`hits: ${check.hits} is less than 1`);
    this.#misses = new Array<number>(count).fill(0);
    this.#hits = new Array<number>(count).fill(0);
    this.#healthy = new Array<boolean>(count).fill(true);
  }

  /** Schedules the first question. */
  start(): void {
    this.kernel.at(microseconds(this.check.firstMs), this.events.probe);
  }

  /** Whether a target counts as healthy. */
  healthy(target: number): boolean {
    return this.#healthy[target]!;
  }

  /** Nobody counts as healthy. */
  get allLost(): boolean {
    return !this.#healthy.includes(true);
  }

  /** Asks everybody, and schedules the next time. */
  probe(): void {
    for (let target = 0; target < this.#healthy.length; target++) {
      const pulse = this.events.ask(target);
      if (pulse === 'answers') this.#hit(target);
      else if (pulse === 'refuses') this.miss(target);
      else this.kernel.after(microseconds(this.check.timeoutMs), this.events.miss, target);
    }
    this.kernel.after(microseconds(this.check.intervalMs), this.events.probe);
  }

  /** A question to this target has found no answer. */
  miss(target: number): void {
    this.#hits[target] = 0;
    if (++this.#misses[target]! < this.check.misses || !this.#healthy[target]) return;
    this.#healthy[target] = false;
    this.events.lost(target);
  }

  #hit(target: number): void {
    this.#misses[target] = 0;
    if (++this.#hits[target]! < (this.check.hits ?? 1) || this.#healthy[target]) return;
    this.#healthy[target] = true;
    this.events.found(target);
  }
}
