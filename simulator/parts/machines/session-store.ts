import type { Kernel } from '../../kernel.ts';
import { microseconds } from '../../microseconds.ts';
import { Sessions } from './sessions.ts';

export interface SessionStorePlan {
  /** One way between a server and the store, ms. */
  readonly oneWayMs: number;
  /** Time of one operation in the store, ms. A delay, no queue: one thread at 0.2 ms does 5,000 a second. */
  readonly operationMs: number;
  readonly ttlMs: number;
  /** Whether the sessions are still there when a dead store comes back. */
  readonly durable: boolean;
}

/** What the store says, or that it is down: which tells nothing about the session. */
export type StoreAnswer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false };

interface Call {
  readonly act: (sessions: Sessions) => void;
  readonly settle: () => void;
}

/**
 * A session store that all servers share, over the network: one more thing that everybody depends on. An operation takes
 * effect at once when it reaches the store, whole, and is answered `operationMs` + `oneWayMs` later; while the store is
 * down it is refused one way later. What a store has done before it dies is still answered.
 */
export class SessionStore {
  readonly sessions: Sessions;
  readonly #calls = new Map<number, Call>();
  #called = 0;
  #up = true;

  constructor(
    private readonly kernel: Kernel,
    private readonly plan: SessionStorePlan,
    /** Kinds of the events for `reach` and `back`; their first argument is the call. */
    private readonly events: { readonly reach: number; readonly back: number },
  ) {
    this.sessions = new Sessions(() => kernel.nowUs, plan.ttlMs);
  }

  get up(): boolean {
    return this.#up;
  }

  /** Calls that have not been answered yet. */
  get open(): number {
    return this.#calls.size;
  }

  /** Sends an operation; `settle` is called once, when its answer is back. */
  call<T>(operation: (sessions: Sessions) => T, settle: (answer: StoreAnswer<T>) => void): void {
    let answer: StoreAnswer<T> = { ok: false };
    this.#calls.set(this.#called, {
      act: (sessions) => {
        answer = { ok: true, value: operation(sessions) };
      },
      settle: () => settle(answer),
    });
    this.kernel.after(microseconds(this.plan.oneWayMs), this.events.reach, this.#called++);
  }

  /** A call has reached the store. */
  reach(call: number): void {
    if (this.#up) this.#calls.get(call)!.act(this.sessions);
    const workMs = this.#up ? this.plan.operationMs : 0;
    this.kernel.after(microseconds(workMs + this.plan.oneWayMs), this.events.back, call);
  }

  /** A call's answer is back. */
  back(call: number): void {
    const { settle } = this.#calls.get(call)!;
    this.#calls.delete(call);
    settle();
  }

  kill(): void {
    this.#up = false;
    if (!this.plan.durable) this.sessions.clear();
  }

  revive(): void {
    this.#up = true;
  }
}
