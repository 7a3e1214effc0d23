import type { Kernel } from '../../kernel.ts';
import type { VisitRecorder } from '../../recorder.ts';
import { OUTCOME } from '../../recorder.ts';
import { Server } from '../machines/server.ts';
import type { Attempt, Handle } from './attempt.ts';
import type { Parcel } from './broker.ts';

/** What a consumer needs of the world around it. */
export interface ConsumerEvents {
  readonly machine: number;
  /** Messages in work at the same time, 1 … 256. */
  readonly cores: number;
  /** Messages that it may hold, those in work included; at least `cores`. */
  readonly prefetch: number;
  /** Kind and first argument of the finish events of its CPU. */
  readonly finish: number;
  readonly base: number;
  readonly visits: VisitRecorder;
  /** CPU time of a message at full speed, µs. */
  readonly costUs: (message: number) => number;
  readonly handle: Handle;
  readonly apply: (message: number) => void;
  /** It wants one more message. */
  readonly ask: () => void;
  /** It says something about a delivery. */
  readonly say: (word: 'ack' | 'nack', parcel: Parcel) => void;
  /** It begins to work on a message. */
  readonly began: (message: number) => void;
  /** It drains and holds nothing any more. */
  readonly left: () => void;
}

interface Held {
  readonly parcel: Parcel;
  /** What comes after the work, while it works. */
  next: (() => void) | undefined;
}

/**
 * One machine that works on messages in the order in which they arrive, and keeps as many in hand as it may prefetch.
 * It asks for another whenever it has ended an attempt. Every delivery is one visit in the recorder: sent by the
 * broker, entered when it arrives, started when a core takes it, left when the attempt ends.
 */
export class Consumer {
  /** May be slowed down, paused and run again; it dies with `crash` only. */
  readonly cpu: Server;
  /** Takes part: it asks, and may be handed messages. */
  open = false;
  /** Tells what belongs to an earlier life from what belongs to this one. */
  life = 0;
  /** CPU time spent on work that is over, in vain or not, µs. */
  workedUs = 0;
  readonly #held = new Map<number, Held>();
  /** Visits that have arrived and wait for a core. */
  readonly #buffer: number[] = [];
  #active = 0;

  constructor(
    private readonly kernel: Kernel,
    private readonly events: ConsumerEvents,
  ) {
    const { machine, cores, finish, base, visits, costUs } = events;
    this.cpu = new Server(
      kernel,
      visits,
      { id: `consumer ${machine}`, cores },
      { finish, base, costUs: (visit) => costUs(visits.request[visit]!), left: (visit) => this.#worked(visit) },
    );
  }

  /** Messages that it holds, in work or not, those on their way to it included. */
  get holds(): number {
    return this.#held.size;
  }

  /** Works on something at this moment. */
  get working(): boolean {
    for (const { next } of this.#held.values()) if (next) return true;
    return false;
  }

  /** It is up, empty. */
  ready(): void {
    this.life++;
    this.open = true;
    if (this.cpu.state === 'down') this.cpu.revive();
    for (let place = 0; place < this.events.prefetch; place++) this.events.ask();
  }

  /** Asks for nothing more, finishes what it has been handed and then leaves. */
  drain(): void {
    this.open = false;
    if (this.holds === 0) this.events.left();
  }

  /** Everything that it holds, or that is on its way to it, is forgotten. */
  crash(): void {
    this.life++;
    this.open = false;
    const visits = [...this.#held.keys()];
    this.#held.clear();
    this.#buffer.length = 0;
    this.#active = 0;
    this.cpu.kill();
    for (const visit of visits) this.#note(visit, OUTCOME.lost);
  }

  /** A message has left the broker for it. */
  expect(visit: number, parcel: Parcel): void {
    this.#held.set(visit, { parcel, next: undefined });
  }

  /** The message is here; it is ignored if the machine for which it left has died meanwhile. */
  arrive(visit: number): void {
    if (!this.#held.has(visit)) return;
    this.events.visits.enteredUs[visit] = this.kernel.nowUs;
    this.#buffer.push(visit);
    this.#fill();
  }

  #fill(): void {
    while (this.#active < this.events.cores && this.#buffer.length > 0) {
      this.#active++;
      this.events.handle(this.#attempt(this.#buffer.shift()!));
    }
  }

  #attempt(visit: number): Attempt {
    const held = this.#held.get(visit)!;
    const { message, receives } = held.parcel;
    const isAlive = (): boolean => this.#held.get(visit) === held;
    const end = (outcome: number, word?: 'ack' | 'nack'): void => {
      if (isAlive()) this.#end(visit, held, outcome, word);
    };
    return {
      message,
      receives,
      get alive() {
        return isAlive();
      },
      work: (then) => {
        if (isAlive() && !held.next) this.#work(visit, held, then);
      },
      apply: () => {
        if (isAlive()) this.events.apply(message);
      },
      ack: () => end(OUTCOME.ok, 'ack'),
      nack: () => end(OUTCOME.error, 'nack'),
      abandon: () => end(OUTCOME.error),
    };
  }

  #work(visit: number, held: Held, then: () => void): void {
    const { visits, began } = this.events;
    const enteredUs = visits.enteredUs[visit]!;
    held.next = then;
    this.cpu.enter(visit);
    visits.enteredUs[visit] = enteredUs;
    began(held.parcel.message);
  }

  #worked(visit: number): void {
    const { startedUs, leftUs } = this.events.visits;
    this.workedUs += startedUs[visit]! < 0 ? 0 : leftUs[visit]! - startedUs[visit]!;
    const held = this.#held.get(visit);
    const next = held?.next;
    if (!held || !next) return;
    held.next = undefined;
    next();
  }

  #end(visit: number, held: Held, outcome: number, word: 'ack' | 'nack' | undefined): void {
    this.#held.delete(visit);
    this.#active--;
    this.#note(visit, outcome);
    if (word) this.events.say(word, held.parcel);
    if (this.open) this.events.ask();
    this.#fill();
    if (!this.open && this.holds === 0) this.events.left();
  }

  #note(visit: number, outcome: number): void {
    this.events.visits.leftUs[visit] = this.kernel.nowUs;
    this.events.visits.outcome[visit] = outcome;
  }
}
