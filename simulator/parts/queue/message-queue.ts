/** One handing over of a message to a consumer. */
export interface Delivery {
  /** What was sent. */
  readonly message: number;
  /** Names this delivery, not the message: the next delivery of the same message has another. */
  readonly receipt: string | number;
  /** Which delivery of this message it is, counted from 1. */
  readonly receives: number;
}

/** What a queue is given. Times in ms of simulated time. */
export interface QueueRules {
  /** A received message that is not acknowledged is ready again when so much time has passed since the receive. */
  readonly visibilityMs: number;
  /** Deliveries of one message; when the last of them fails, the message becomes a dead letter. */
  readonly maxReceives: number;
  readonly now: () => number;
}

/**
 * The slot of a broker: what it keeps its messages in. Messages are numbers that mean something to the world only,
 * none is sent twice. A queue has no timer: it learns that time has passed when it is asked something.
 */
export interface MessageQueue {
  send(message: number): void;
  /** Hands over the oldest ready message, or nothing. */
  receive(): Delivery | undefined;
  /** The message is done. False, and without effect, when the receipt is unknown, used or expired. */
  ack(receipt: string | number): boolean;
  /** The message could not be done and is ready again (or dead) at once. False as with `ack`. */
  nack(receipt: string | number): boolean;
  /** Messages that could be received now. */
  ready(): number;
  /** Messages that are received and neither acknowledged nor expired. */
  inFlight(): number;
  deadLetters(): readonly number[];
}

export type MakeQueue = (rules: QueueRules) => MessageQueue;
