import { microseconds } from '../../microseconds.ts';
import type { NetworkCommand } from '../../scene.ts';
import type { Stream } from '../../stream.ts';

export interface LinkPlan {
  /** Time of travel, ms, at least 0. */
  readonly oneWayMs: number;
  /** Part of all messages that never arrive, 0 … 1; default 0. */
  readonly loss?: number;
}

/**
 * One direction of a connection between two machines or places: what is sent arrives after its delay, or never. It
 * may be cut (a partition: everything sent meanwhile is lost), lag or lose more than usual for a while. Whether the
 * nth message is lost depends on the seed and on n alone, so a fault in one lane moves no draw of another.
 */
export class Link {
  readonly #usualUs: number;
  readonly #usualLoss: number;
  #extraUs = 0;
  #loss: number;
  #cut = false;

  /** @throws RangeError when a number of the plan is out of range */
  constructor(
    plan: LinkPlan,
    private readonly source: Stream,
  ) {
    if (!(plan.oneWayMs >= 0)) throw new RangeError(`oneWayMs: ${plan.oneWayMs} is below 0`);
    this.#usualUs = microseconds(plan.oneWayMs);
    this.#usualLoss = probability(plan.loss ?? 0);
    this.#loss = this.#usualLoss;
  }

  get isCut(): boolean {
    return this.#cut;
  }

  /** How long a message that is sent now travels, µs; undefined: it never arrives. */
  send(): number | undefined {
    const lost = this.source.unit() < this.#loss;
    return lost || this.#cut ? undefined : this.#usualUs + this.#extraUs;
  }

  /** Loses everything from now on, until `heal`. */
  cut(): void {
    this.#cut = true;
  }

  /** Each message takes `extraMs` (≥ 0) longer than usual from now on. */
  lag(extraMs: number): void {
    if (!(extraMs >= 0)) throw new RangeError(`extraMs: ${extraMs} is below 0`);
    this.#extraUs = microseconds(extraMs);
  }

  /** Loses this part of all messages from now on, 0 … 1. */
  lose(share: number): void {
    this.#loss = probability(share);
  }

  /** Does what a command says; whether it speaks of this link is for the world to know. */
  obey(command: NetworkCommand): void {
    if (command.kind === 'partition') this.cut();
    else if (command.kind === 'lag') this.lag(command.ms);
    else if (command.kind === 'lose') this.lose(command.share);
    else this.heal();
  }

  /** As it was in the beginning. */
  heal(): void {
    this.#cut = false;
    this.#extraUs = 0;
    this.#loss = this.#usualLoss;
  }
}

function probability(share: number): number {
  if (!(share >= 0 && share <= 1)) throw new RangeError(`loss: ${share} is not in 0 … 1`);
  return share;
}
