import type { Kernel } from '../../kernel.ts';
import { microseconds } from '../../microseconds.ts';
import type { VisitRecorder } from '../../recorder.ts';
import { OUTCOME } from '../../recorder.ts';
import type { Server } from '../machines/server.ts';
import type { Link } from '../network/link.ts';
import type { Fleet } from '../operations/fleet.ts';
import type { Handle } from './attempt.ts';
import { workThenAck } from './attempt.ts';
import type { Broker, Parcel } from './broker.ts';
import { Consumer } from './consumer.ts';
import type { EffectLog } from './effect-log.ts';

export interface ConsumersPlan {
  /** Messages that a machine works on at the same time, 1 … 256; default 1. */
  readonly cores?: number;
  /** Messages that a machine may hold, those in work included; at least `cores`, which is the default. */
  readonly prefetch?: number;
  /** A consumer whose request for a message, or the message itself, was lost asks again after this long; default 1000. */
  readonly askAgainMs?: number;
}

const ASKED = 0;
const ASK_AGAIN = 1;
const ARRIVED = 2;
const SAID = 3;
const DIES = 4;
const PHASES = 8;
const FINISH_STRIDE = 256;

/**
 * The consumers of one broker, one on each machine of a fleet; the world passes what the fleet says on to `ready`,
 * `drain` and `crashed`, and what the broker hands out to `deliver`. The CPU time belongs to the message: a slow one
 * is slow on every attempt.
 */
export class Consumers {
  readonly #consumers: readonly Consumer[];
  readonly #askAgainUs: number;
  /** What is on its way to the broker, by number. */
  readonly #words = new Map<number, { readonly word: 'ack' | 'nack'; readonly parcel: Parcel }>();
  #said = 0;
  #late = 0;
  /** Deaths that wait for somebody at work: how long each is away, ms. */
  readonly #deaths: (number | undefined)[] = [];
  readonly #dying: (number | undefined)[] = [];

  /** @throws RangeError when a number of the plan is out of range */
  constructor(
    private readonly kernel: Kernel,
    private readonly broker: Broker,
    private readonly fleet: Fleet,
    plan: ConsumersPlan,
    private readonly events: {
      /** Kind of the consumers' own events, and of the finish events of their CPUs. */
      readonly kind: number;
      readonly finish: number;
      readonly visits: VisitRecorder;
      readonly effects: EffectLog;
      /** Index of the first consumer among the trace's nodes. */
      readonly node: number;
      /** CPU time of a message at full speed, µs. */
      readonly costUs: (message: number) => number;
      /** The lane's way of handling a message; default: `workThenAck`. */
      readonly handle?: Handle;
      /** Default: what is said arrives at once. */
      readonly links?: { readonly toBroker: Link; readonly toConsumer: Link };
    },
  ) {
    const { cores = 1, prefetch = cores, askAgainMs = 1000 } = plan;
    if (!(prefetch >= cores)) throw new RangeError(`prefetch: ${prefetch} is less than ${cores} cores`);
    if (!(askAgainMs > 0)) throw new RangeError(`askAgainMs: ${askAgainMs} is not above 0`);
    this.#askAgainUs = microseconds(askAgainMs);
    const { finish, visits, effects, costUs, handle = workThenAck } = events;
    this.#consumers = Array.from(
      { length: fleet.plan.max },
      (_, machine) =>
        new Consumer(kernel, {
          ...{ machine, cores, prefetch, finish, base: machine * FINISH_STRIDE, visits, costUs, handle },
          apply: (message) => effects.apply(message, kernel.nowUs),
          ask: () => this.#ask(machine),
          say: (word, parcel) => this.#say(word, parcel),
          began: (message) => this.#began(machine, message),
          left: () => fleet.left(machine),
        }),
    );
  }

  /** The CPU of a consumer, to be slowed down, paused and run again. Only the fleet kills. */
  cpu(machine: number): Server {
    return this.#consumers[machine]!.cpu;
  }

  /** Messages that a consumer holds, in work, waiting for a core or on their way to it. */
  holds(machine: number): number {
    return this.#consumers[machine]!.holds;
  }

  /** CPU time spent on work that is over, in vain or not, µs. */
  get workedUs(): number {
    return this.#consumers.reduce((sum, { workedUs }) => sum + workedUs, 0);
  }

  /** Acknowledgements that reached the broker and counted for nothing: the late answers of old attempts. */
  get late(): number {
    return this.#late;
  }

  /** The fleet's: the machine is up. */
  ready(machine: number): void {
    this.#consumers[machine]!.ready();
  }

  /** The fleet's: the machine finishes what it has been handed and leaves. */
  drain(machine: number): void {
    this.broker.forget(machine);
    this.#consumers[machine]!.drain();
  }

  /** The fleet's: the machine has died with all it held. */
  crashed(machine: number): void {
    this.broker.forget(machine);
    this.#consumers[machine]!.crash();
  }

  /** The broker's: a message leaves for a machine. */
  deliver(machine: number, parcel: Parcel): void {
    const { visits, node, kind } = this.events;
    const visit = visits.add(parcel.message, node + machine, this.kernel.nowUs);
    const travelUs = this.#travelUs('toConsumer');
    if (travelUs === undefined) {
      visits.outcome[visit] = OUTCOME.lost;
      this.#askLater(machine);
      return;
    }
    this.#consumers[machine]!.expect(visit, parcel);
    this.kernel.after(travelUs, kind, visit, ARRIVED);
  }

  /**
   * A machine dies in the middle of its work and is back after `backAfterMs`, if that is given: the first one that
   * works now or, when none does, the next that begins, half way through.
   */
  crashOneAtWork(backAfterMs?: number): void {
    const machine = this.#consumers.findIndex(({ working }) => working);
    if (machine < 0) this.#deaths.push(backAfterMs);
    else this.fleet.crash(machine, backAfterMs);
  }

  /** One of the consumers' own events. */
  handle(a: number, b: number): void {
    const phase = b % PHASES;
    const life = Math.floor(b / PHASES);
    if (phase === ARRIVED) this.#consumers[this.events.visits.node[a]! - this.events.node]!.arrive(a);
    else if (phase === SAID) this.#hear(a);
    else if (this.#consumers[a]!.life !== life) return;
    else if (phase === DIES) this.fleet.crash(a, this.#dying[a]);
    else if (!this.#consumers[a]!.open) return;
    else if (phase === ASK_AGAIN) this.#ask(a);
    else this.broker.wait(a);
  }

  /** A finish event of a consumer's CPU. */
  finish(a: number, b: number): void {
    this.cpu(Math.floor(a / FINISH_STRIDE)).finish(a % FINISH_STRIDE, b);
  }

  #travelUs(way: 'toBroker' | 'toConsumer'): number | undefined {
    return this.events.links ? this.events.links[way].send() : 0;
  }

  #ask(machine: number): void {
    const travelUs = this.#travelUs('toBroker');
    if (travelUs === undefined) this.#askLater(machine);
    else this.kernel.after(travelUs, this.events.kind, machine, this.#with(machine, ASKED));
  }

  #askLater(machine: number): void {
    this.kernel.after(this.#askAgainUs, this.events.kind, machine, this.#with(machine, ASK_AGAIN));
  }

  #say(word: 'ack' | 'nack', parcel: Parcel): void {
    const travelUs = this.#travelUs('toBroker');
    if (travelUs === undefined) return;
    this.#words.set(this.#said, { word, parcel });
    this.kernel.after(travelUs, this.events.kind, this.#said++, SAID);
  }

  #hear(number: number): void {
    const { word, parcel } = this.#words.get(number)!;
    this.#words.delete(number);
    const counts = word === 'ack' ? this.broker.ack(parcel) : this.broker.nack(parcel);
    if (!counts && word === 'ack') this.#late++;
  }

  #began(machine: number, message: number): void {
    if (this.#deaths.length === 0) return;
    this.#dying[machine] = this.#deaths.shift();
    const halfUs = Math.floor(this.events.costUs(message) / 2);
    this.kernel.after(halfUs, this.events.kind, machine, this.#with(machine, DIES));
  }

  #with(machine: number, phase: number): number {
    return phase + PHASES * this.#consumers[machine]!.life;
  }
}
