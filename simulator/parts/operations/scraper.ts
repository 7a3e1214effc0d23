import { drawsOf } from '../../workload/keys.ts';
import type { UtilisationMetrics } from './autoscaler.ts';
import { CounterWindow } from './counter-window.ts';

export interface ScraperPlan {
  /** A machine's utilisation is its mean over so long, ms. */
  readonly windowMs: number;
  /** Part of all questions that stay unanswered, 0 … 1; default 0. */
  readonly loss?: number;
}

/** A machine that can be asked. */
export interface Scraped {
  readonly machine: number;
  readonly cores: number;
  /** CPU time that its cores have spent so far, µs. */
  readonly busyUs: number;
}

/**
 * Collects the utilisation of machines, round by round, as a metrics server does. A machine is missing in a round
 * when its answer is lost, when it is mute, and until it has answered twice. Whether an answer is lost depends on the
 * seed, the machine and the round alone, and so is the same in every lane.
 */
export class Scraper {
  readonly #windows = new Map<number, CounterWindow>();
  readonly #mute = new Set<number>();
  readonly #loss: number;
  #round = 0;

  /** @throws RangeError when a number of the plan is out of range */
  constructor(
    private readonly plan: ScraperPlan,
    private readonly seed: number,
  ) {
    this.#loss = plan.loss ?? 0;
    if (!(this.#loss >= 0 && this.#loss <= 1)) throw new RangeError(`loss: ${this.#loss} is not in 0 … 1`);
    new CounterWindow(plan.windowMs);
  }

  /** The machine answers nothing until `heal`. */
  mute(machine: number): void {
    this.#mute.add(machine);
  }

  heal(machine: number): void {
    this.#mute.delete(machine);
  }

  /** Asks all machines that are up. Those that are not asked (stopped, crashed) are forgotten. */
  scrape(atUs: number, machines: readonly Scraped[]): UtilisationMetrics {
    const round = this.#round++;
    const asked = new Set(machines.map(({ machine }) => machine));
    for (const machine of this.#windows.keys()) if (!asked.has(machine)) this.#windows.delete(machine);
    const reported = machines.flatMap((machine) => this.#ask(machine, atUs, round) ?? []);
    return {
      utilisation: reported.length === 0 ? undefined : reported.reduce((sum, one) => sum + one, 0) / reported.length,
      missing: machines.length - reported.length,
    };
  }

  #ask({ machine, cores, busyUs }: Scraped, atUs: number, round: number): number | undefined {
    const lost = drawsOf(this.seed, 'scrapes', machine, round).unit() < this.#loss;
    if (lost || this.#mute.has(machine)) return undefined;
    const window = this.#windows.get(machine) ?? new CounterWindow(this.plan.windowMs);
    this.#windows.set(machine, window);
    window.sample(atUs, busyUs);
    return window.perUs === undefined ? undefined : window.perUs / cores;
  }
}
