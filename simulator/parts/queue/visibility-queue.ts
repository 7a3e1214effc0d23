import { microseconds } from '../../microseconds.ts';
import type { Delivery, MessageQueue, QueueRules } from './message-queue.ts';

interface Entry {
  readonly message: number;
  /** Place in the order of sending. */
  readonly place: number;
  receives: number;
}

interface Held {
  readonly entry: Entry;
  readonly deadlineUs: number;
}

/** Slots at the front of the list of unreceived messages that may stay empty before they are cut off. */
const SPARE = 1024;

/**
 * The broker's own queue, with the rules of Amazon SQS ("visibility timeout", `maxReceiveCount`): the timeout runs
 * from the receive, a receipt belongs to one delivery and is worth nothing from `receive + visibilityMs` on, whether
 * or not somebody else has the message by then (SQS FIFO queues; its standard queues accept a late delete). Messages
 * are received in the order of sending, those that come back before those that nobody has had yet.
 * @throws RangeError when `visibilityMs` is not above 0 and finite, or `maxReceives` is no whole number from 1 on
 *   (∞ is allowed: no dead letters)
 */
export function visibilityQueue(rules: QueueRules): MessageQueue {
  return new VisibilityQueue(rules);
}

class VisibilityQueue implements MessageQueue {
  readonly #visibilityUs: number;
  readonly #maxReceives: number;
  readonly #now: () => number;
  /** Never received, in order of sending; those before `head` are gone. */
  readonly #fresh: Entry[] = [];
  #head = 0;
  #sent = 0;
  /** Received before and ready again, in order of sending: all of them were sent before every fresh one. */
  readonly #returned: Entry[] = [];
  /** By receipt. All wait equally long, so the order of receiving is that of the deadlines. */
  readonly #held = new Map<string | number, Held>();
  #receipts = 0;
  readonly #dead: number[] = [];

  constructor({ visibilityMs, maxReceives, now }: QueueRules) {
    if (!(visibilityMs > 0 && visibilityMs < Number.POSITIVE_INFINITY)) {
      throw new RangeError(`visibilityMs: ${visibilityMs} is not above 0 and finite`);
    }
    if (!(maxReceives >= 1) || maxReceives !== Math.floor(maxReceives)) {
      throw new RangeError(`maxReceives: ${maxReceives} is not a whole number from 1 on`);
    }
    this.#visibilityUs = microseconds(visibilityMs);
    this.#maxReceives = maxReceives;
    this.#now = now;
  }

  send(message: number): void {
    this.#fresh.push({ message, place: this.#sent++, receives: 0 });
  }

  receive(): Delivery | undefined {
    this.#expire();
    const entry = this.#returned.shift() ?? this.#nextFresh();
    if (!entry) return undefined;
    const receipt = ++this.#receipts;
    entry.receives++;
    this.#held.set(receipt, { entry, deadlineUs: microseconds(this.#now()) + this.#visibilityUs });
    return { message: entry.message, receipt, receives: entry.receives };
  }

  ack(receipt: string | number): boolean {
    this.#expire();
    return this.#held.delete(receipt);
  }

  nack(receipt: string | number): boolean {
    this.#expire();
    const held = this.#held.get(receipt);
    if (!held) return false;
    this.#held.delete(receipt);
    this.#comeBack(held.entry);
    return true;
  }

  ready(): number {
    this.#expire();
    return this.#returned.length + this.#fresh.length - this.#head;
  }

  inFlight(): number {
    this.#expire();
    return this.#held.size;
  }

  deadLetters(): readonly number[] {
    this.#expire();
    return [...this.#dead];
  }

  #nextFresh(): Entry | undefined {
    const entry = this.#fresh[this.#head];
    if (!entry) return undefined;
    if (++this.#head > SPARE && this.#head * 2 > this.#fresh.length) {
      this.#fresh.splice(0, this.#head);
      this.#head = 0;
    }
    return entry;
  }

  #expire(): void {
    const nowUs = microseconds(this.#now());
    for (const [receipt, { entry, deadlineUs }] of this.#held) {
      if (nowUs < deadlineUs) return;
      this.#held.delete(receipt);
      this.#comeBack(entry);
    }
  }

  #comeBack(entry: Entry): void {
    if (entry.receives >= this.#maxReceives) {
      this.#dead.push(entry.message);
      return;
    }
    const before = this.#returned.findLastIndex(({ place }) => place < entry.place);
    this.#returned.splice(before + 1, 0, entry);
  }
}
