const LEAST_MS = 1_000;

/** Says things to those who listen instead of look: at most once a second, and the last one always. */
export class Announcer {
  #said = Number.NEGATIVE_INFINITY;
  #later: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly status: { textContent: string | null }) {}

  /** @param text asked for when it is said, so that it is about that moment */
  say(text: () => string): void {
    clearTimeout(this.#later);
    const waitMs = this.#said + LEAST_MS - performance.now();
    if (waitMs > 0) {
      this.#later = setTimeout(() => this.say(text), waitMs);
      return;
    }
    this.#said = performance.now();
    this.status.textContent = text();
  }
}
