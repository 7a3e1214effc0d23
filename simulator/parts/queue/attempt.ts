/** One try at one message by one consumer. When the machine dies, nothing of it goes on. */
export interface Attempt {
  readonly message: number;
  /** Which delivery of the message this is, counted from 1. */
  readonly receives: number;
  /** Neither ended nor died with its machine. */
  readonly alive: boolean;
  /** Takes the CPU time that the message costs, then goes on with `then`. */
  work(then: () => void): void;
  /** The effect happens now, for the first time or again. */
  apply(): void;
  /** Ends the attempt and tells the broker so; the word may be late, or lost. */
  ack(): void;
  nack(): void;
  /** Ends the attempt without a word: the message comes back after its timeout. */
  abandon(): void;
}

/**
 * The slot of a consumer: what it does with a message. Sooner or later it must end the attempt. It may be asynchronous
 * where the world runs under `runSettled`; whoever hands it in then looks after its rejections.
 */
export type Handle = (attempt: Attempt) => void;

/** Works, lets the effect happen, acknowledges. A message that comes twice is done twice. */
export const workThenAck: Handle = (attempt) => {
  attempt.work(() => {
    attempt.apply();
    attempt.ack();
  });
};
