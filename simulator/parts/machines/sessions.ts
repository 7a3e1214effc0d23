import { microseconds } from '../../microseconds.ts';

/** A session as it was read, and the version that a writer has to name. */
export interface SessionRow {
  readonly value: string;
  readonly version: number;
}

/**
 * Sessions in the memory of one process: a server's own, which are gone when it dies, or those of a shared store. A
 * session is over `ttlMs` after it was last written or touched, at that very moment already (now ≥ deadline); reading
 * does not renew it. A version is never used twice, so a late write cannot revive a session or meet a new one of its id.
 */
export class Sessions {
  /** The least recently renewed first. */
  readonly #rows = new Map<string, SessionRow & { readonly deadlineUs: number }>();
  readonly #ttlUs: number;
  #writes = 0;

  /**
   * @param nowUs the clock, µs
   * @param ttlMs above 0
   * @throws RangeError when `ttlMs` is not above 0
   */
  constructor(
    private readonly nowUs: () => number,
    ttlMs: number,
  ) {
    if (!(ttlMs > 0)) throw new RangeError(`ttlMs: ${ttlMs} is not above 0`);
    this.#ttlUs = microseconds(ttlMs);
  }

  /** Sessions that are not over. */
  get size(): number {
    this.#sweep();
    return this.#rows.size;
  }

  get(id: string): SessionRow | undefined {
    this.#sweep();
    const row = this.#rows.get(id);
    return row && { value: row.value, version: row.version };
  }

  /**
   * Writes a session whose version is still the one named; undefined names one that does not exist.
   * @returns its new version, or undefined when somebody else was faster: nothing is written
   */
  set(id: string, value: string, version: number | undefined): number | undefined {
    if (this.get(id)?.version !== version) return undefined;
    this.#put(id, value, ++this.#writes);
    return this.#writes;
  }

  /** Renews a session without a new version, so that nobody's write fails because of it. False when there is none. */
  touch(id: string): boolean {
    const row = this.get(id);
    if (row) this.#put(id, row.value, row.version);
    return row !== undefined;
  }

  /** False when there was none. */
  delete(id: string): boolean {
    this.#sweep();
    return this.#rows.delete(id);
  }

  /** The process has died. */
  clear(): void {
    this.#rows.clear();
  }

  #put(id: string, value: string, version: number): void {
    this.#rows.delete(id);
    this.#rows.set(id, { value, version, deadlineUs: this.nowUs() + this.#ttlUs });
  }

  #sweep(): void {
    for (const [id, { deadlineUs }] of this.#rows) {
      if (this.nowUs() < deadlineUs) return;
      this.#rows.delete(id);
    }
  }
}
