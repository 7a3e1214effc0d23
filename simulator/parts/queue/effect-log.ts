/** What has been done in the world outside by consumers: a thumbnail stored, a mail sent. One entry per effect. */
export class EffectLog {
  readonly #messages: number[] = [];
  readonly #atUs: number[] = [];
  readonly #times = new Map<number, number>();

  /** Something is done for this message, for the first time or again. */
  apply(message: number, atUs: number): void {
    this.#messages.push(message);
    this.#atUs.push(atUs);
    this.#times.set(message, this.times(message) + 1);
  }

  /** How often it was done for this message. */
  times(message: number): number {
    return this.#times.get(message) ?? 0;
  }

  /** Messages for which it was done at least once. */
  get done(): number {
    return this.#times.size;
  }

  /** Effects beyond the first of a message. */
  get repeats(): number {
    return this.#messages.length - this.#times.size;
  }

  /** Messages and times (µs) of all effects, in the order in which they happened. */
  columns(): { readonly message: Uint32Array; readonly atUs: Float64Array } {
    return { message: Uint32Array.from(this.#messages), atUs: Float64Array.from(this.#atUs) };
  }
}
