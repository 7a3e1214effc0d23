import type { Kernel } from '../kernel.ts';
import { microseconds } from '../microseconds.ts';
import { OUTCOME } from '../recorder.ts';
import { delayUs, drawsOf } from './keys.ts';
import type { RequestRecorder } from './request-recorder.ts';

/** How users behave. Pauses are exponential with the mean given, ms, above 0. */
export interface UsersPlan {
  /** Pause between a good answer and the next request: a closed loop. Without it a user leaves after a good answer. */
  readonly thinkMs?: number;
  /** Who has waited this long gives the request up; the server may still work on it. Default: for ever. */
  readonly patienceMs?: number;
  /** What follows a request that was given up or answered badly. By default what follows a good answer. */
  readonly reload?: {
    /** Pause before the same page is asked for again. */
    readonly afterMs: number;
    /** After each further failure in a row that pause is this many times longer; default 1. */
    readonly backoff?: number;
    /** Requests for one page at most, at least 1; then its user lets it be. Default: no bound. */
    readonly tries?: number;
  };
}

/** `content` and `gone` have left: with a good answer, or tired of trying. */
export const USER_STATES = ['thinking', 'waiting', 'reloading', 'content', 'gone'] as const;
export type UserState = (typeof USER_STATES)[number];

interface User {
  state: UserState;
  /** Requests so far. */
  attempts: number;
  /** Failures since the last good answer or page let be. */
  failures: number;
}

/**
 * People who ask, wait, think or reload. N of them who think for Z between an answer and the next request are a closed
 * loop: then throughput X and response time R obey X = N ÷ (R + Z) (the interactive response-time law: Denning and
 * Buzen, 1978), and slow answers slow the arrivals down. With reloads they do the opposite.
 *
 * What is random about an attempt follows from the seed, its user and its number alone (`drawsOf`), so two lanes draw
 * the same for as long as their users live through the same.
 */
export class Users {
  /** Who made each request. */
  readonly userOf: number[] = [];
  readonly #users: User[] = [];
  readonly #counts: Record<UserState, number> = { thinking: 0, waiting: 0, reloading: 0, content: 0, gone: 0 };

  /** @throws RangeError when a number of the plan is out of range */
  constructor(
    private readonly kernel: Kernel,
    private readonly requests: RequestRecorder,
    private readonly plan: UsersPlan,
    private readonly seed: number,
    private readonly events: {
      /** Kinds of the events for `ask` (first argument: the user) and for `giveUp` (the request). */
      readonly ask: number;
      readonly giveUp: number;
      /** A user has made a request, his `attempt`th, counted from 0. */
      readonly send: (request: number, user: number, attempt: number) => void;
    },
  ) {
    const { thinkMs = 1, patienceMs = 1, reload } = plan;
    const { afterMs = 1, backoff = 1, tries = 1 } = reload ?? {};
    for (const [name, value] of Object.entries({ thinkMs, patienceMs, afterMs })) {
      if (!(value > 0)) throw new RangeError(`${name}: ${value} is not above 0`);
    }
    if (!(backoff >= 1)) throw new RangeError(`backoff: ${backoff} is less than 1`);
    if (!(tries >= 1)) throw new RangeError(`tries: ${tries} is less than 1`);
  }

  /** How many users are in each state. */
  get counts(): Readonly<Record<UserState, number>> {
    return this.#counts;
  }

  /**
   * This many users more, who begin by thinking: a closed loop.
   * @throws RangeError without a time to think
   */
  settle(count: number): void {
    const { thinkMs } = this.plan;
    if (thinkMs === undefined) throw new RangeError('thinkMs: a closed loop needs a time to think');
    for (let added = 0; added < count; added++) this.#pause(this.#add(), 'thinking', thinkMs);
  }

  /** One user more, who asks at once: an open arrival. */
  arrive(): void {
    this.ask(this.#add());
  }

  /** A user makes a request. */
  ask(user: number): void {
    const request = this.requests.add(this.kernel.nowUs);
    this.userOf[request] = user;
    this.#change(user, 'waiting');
    if (this.plan.patienceMs !== undefined) {
      this.kernel.after(microseconds(this.plan.patienceMs), this.events.giveUp, request);
    }
    this.events.send(request, user, this.#users[user]!.attempts++);
  }

  /** The patience of this request's user is over, if he still waits. */
  giveUp(request: number): void {
    this.answer(request, OUTCOME.timeout);
  }

  /** An answer of this outcome reaches the user; nobody is there when the request was given up. */
  answer(request: number, outcome: number): void {
    if (!this.requests.pending(request)) return;
    this.requests.end(request, this.kernel.nowUs, outcome);
    const user = this.userOf[request]!;
    if (outcome === OUTCOME.ok) this.#goOn(user, 'content');
    else this.#fail(user);
  }

  #fail(user: number): void {
    const { reload } = this.plan;
    const one = this.#users[user]!;
    if (!reload || ++one.failures >= (reload.tries ?? Number.POSITIVE_INFINITY)) {
      this.#goOn(user, 'gone');
      return;
    }
    let meanMs = reload.afterMs;
    for (let failure = 1; failure < one.failures; failure++) meanMs *= reload.backoff ?? 1;
    this.#pause(user, 'reloading', meanMs);
  }

  /** Thinks about the next page, or leaves. */
  #goOn(user: number, leaving: UserState): void {
    this.#users[user]!.failures = 0;
    if (this.plan.thinkMs === undefined) this.#change(user, leaving);
    else this.#pause(user, 'thinking', this.plan.thinkMs);
  }

  #pause(user: number, state: UserState, meanMs: number): void {
    const { attempts } = this.#users[user]!;
    this.#change(user, state);
    this.kernel.after(delayUs(meanMs, drawsOf(this.seed, 'pauses', user, attempts)), this.events.ask, user);
  }

  #add(): number {
    this.#counts.thinking++;
    return this.#users.push({ state: 'thinking', attempts: 0, failures: 0 }) - 1;
  }

  #change(user: number, state: UserState): void {
    const one = this.#users[user]!;
    this.#counts[one.state]--;
    this.#counts[state]++;
    one.state = state;
  }
}
