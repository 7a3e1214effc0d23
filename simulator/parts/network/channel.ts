import type { Kernel } from '../../kernel.ts';
import type { Link } from './link.ts';

/**
 * One direction of a conversation over a link: messages arrive in the order in which they were sent, as over TCP, so
 * one that lags holds back those behind it. What the link loses is gone: whoever talks must notice the gap and ask
 * again. Size costs no time.
 */
export class Channel<Message> {
  readonly #travelling: (Message | undefined)[] = [];
  readonly #free: number[] = [];
  #lastUs = 0;

  constructor(
    private readonly kernel: Kernel,
    private readonly link: Link,
    /** Kind and first argument of the events that bring a message; `deliver` takes the second one. */
    private readonly events: { readonly kind: number; readonly a: number },
  ) {}

  /** Messages on their way. */
  get travelling(): number {
    return this.#travelling.length - this.#free.length;
  }

  send(message: Message): void {
    const delayUs = this.link.send();
    if (delayUs === undefined) return;
    const slot = this.#free.pop() ?? this.#travelling.length;
    this.#travelling[slot] = message;
    this.#lastUs = Math.max(this.#lastUs, this.kernel.nowUs + delayUs);
    this.kernel.at(this.#lastUs, this.events.kind, this.events.a, slot);
  }

  /** The message whose event has come. */
  deliver(slot: number): Message {
    const message = this.#travelling[slot]!;
    this.#travelling[slot] = undefined;
    this.#free.push(slot);
    return message;
  }
}
