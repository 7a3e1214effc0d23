import type { Kernel } from '../../kernel.ts';
import { microseconds } from '../../microseconds.ts';
import type { Delivery, MakeQueue, MessageQueue } from './message-queue.ts';
import { visibilityQueue } from './visibility-queue.ts';

export interface BrokerPlan {
  /** See `QueueRules`. */
  readonly visibilityMs: number;
  /** See `QueueRules`; default: no bound, no dead letters. */
  readonly maxReceives?: number;
  /** Keeps its messages through a crash (they are on disk before a send is answered); default true. */
  readonly durable?: boolean;
}

/** A delivery and the life of the broker in which it was made. */
export interface Parcel extends Delivery {
  readonly life: number;
}

/** Where all the messages are: `sent` is the sum of the others, at every moment. */
export interface Books {
  readonly sent: number;
  readonly acknowledged: number;
  readonly ready: number;
  readonly inFlight: number;
  readonly dead: number;
  /** Gone with a crash of a broker that is not durable. */
  readonly lost: number;
}

/**
 * A message broker with one queue. Consumers say that they want a message (`wait`: a long poll, or a credit of AMQP)
 * and are served in turn, each one message per turn, as soon as something is ready. A broker that is down refuses
 * what is sent and hears no acknowledgement. It does not notice that a consumer has died: what that one held is in
 * flight until its timeout (as with SQS; a broker that watches its connections, such as RabbitMQ, returns it at once).
 */
export class Broker {
  readonly #rules: { readonly visibilityMs: number; readonly maxReceives: number; readonly now: () => number };
  readonly #visibilityUs: number;
  readonly #durable: boolean;
  readonly #make: MakeQueue;
  #queue: MessageQueue;
  #up = true;
  #life = 0;
  #sent = 0;
  #acknowledged = 0;
  #lost = 0;
  /** Consumers in the order of their turns, and how many messages each wants. */
  readonly #waiting: { readonly consumer: number; wants: number }[] = [];
  #emptySinceUs: number | undefined;

  /** @throws RangeError when a number of the plan is out of range (see `visibilityQueue`), or as the slot's queue does */
  constructor(
    private readonly kernel: Kernel,
    plan: BrokerPlan,
    private readonly events: {
      /** Kind of the broker's own events. */
      readonly kind: number;
      /** A message leaves for this consumer. */
      readonly deliver: (consumer: number, parcel: Parcel) => void;
      /** The lane's queue; default: `visibilityQueue`. */
      readonly queue?: MakeQueue;
    },
  ) {
    this.#rules = {
      visibilityMs: plan.visibilityMs,
      maxReceives: plan.maxReceives ?? Number.POSITIVE_INFINITY,
      now: () => kernel.nowUs / 1000,
    };
    this.#visibilityUs = microseconds(plan.visibilityMs);
    this.#durable = plan.durable ?? true;
    this.#make = events.queue ?? visibilityQueue;
    this.#queue = this.#make(this.#rules);
    this.#emptySinceUs = kernel.nowUs;
  }

  get up(): boolean {
    return this.#up;
  }

  get books(): Books {
    return {
      sent: this.#sent,
      acknowledged: this.#acknowledged,
      ready: this.#queue.ready(),
      inFlight: this.#queue.inFlight(),
      dead: this.#queue.deadLetters().length,
      lost: this.#lost,
    };
  }

  get deadLetters(): readonly number[] {
    return this.#queue.deadLetters();
  }

  /** Since when no message has been ready without a pause, µs; undefined while one is. Those in flight do not count. */
  get emptySinceUs(): number | undefined {
    return this.#emptySinceUs;
  }

  /** False when the broker is down and has not taken the message. */
  send(message: number): boolean {
    if (!this.#up) return false;
    this.#sent++;
    this.#queue.send(message);
    this.#handOut();
    return true;
  }

  /** The consumer wants so many messages more, one by one as they come. */
  wait(consumer: number, messages = 1): void {
    const turn = this.#waiting.find((waiting) => waiting.consumer === consumer);
    if (turn) turn.wants += messages;
    else this.#waiting.push({ consumer, wants: messages });
    this.#handOut();
  }

  /** The consumer has gone, or wants nothing any more. */
  forget(consumer: number): void {
    const index = this.#waiting.findIndex((waiting) => waiting.consumer === consumer);
    if (index >= 0) this.#waiting.splice(index, 1);
  }

  /** An acknowledgement has reached the broker. False when it counts for nothing: too late, used, or broker down. */
  ack(parcel: Parcel): boolean {
    if (!this.#knows(parcel)) return false;
    const counts = this.#queue.ack(parcel.receipt);
    if (counts) this.#acknowledged++;
    this.#handOut();
    return counts;
  }

  /** A consumer gives a message back. False as with `ack`. */
  nack(parcel: Parcel): boolean {
    if (!this.#knows(parcel)) return false;
    const counts = this.#queue.nack(parcel.receipt);
    this.#handOut();
    return counts;
  }

  /** Stops. What is in memory only is lost: everything, dead letters too, unless the broker is durable. */
  crash(): void {
    this.#up = false;
    if (this.#durable) return;
    const { ready, inFlight, dead } = this.books;
    this.#lost += ready + inFlight + dead;
    this.#queue = this.#make(this.#rules);
    this.#life++;
    this.#noteEmpty();
  }

  /** Comes back. Timeouts have gone on meanwhile, and consumers that were waiting have connected again. */
  restart(): void {
    this.#up = true;
    this.#handOut();
  }

  /** The time of a delivery is over: what has come back is handed out again. */
  handle(late: number): void {
    this.#handOut();
    // The slot's queue counts in fractions of a millisecond: the sum of two of them may be one rounding too high.
    if (late === 0 && this.#waiting.length > 0) this.kernel.after(1, this.events.kind, 1);
  }

  #knows(parcel: Parcel): boolean {
    return this.#up && parcel.life === this.#life;
  }

  #handOut(): void {
    while (this.#up && this.#waiting.length > 0) {
      const delivery = this.#queue.receive();
      if (!delivery) break;
      const turn = this.#waiting.shift()!;
      if (--turn.wants > 0) this.#waiting.push(turn);
      this.kernel.after(this.#visibilityUs, this.events.kind);
      this.events.deliver(turn.consumer, { ...delivery, life: this.#life });
    }
    this.#noteEmpty();
  }

  #noteEmpty(): void {
    if (this.#queue.ready() > 0) this.#emptySinceUs = undefined;
    else this.#emptySinceUs ??= this.kernel.nowUs;
  }
}
