import type { Row } from '../parts/slots/versioned-cache.ts';
import { NEVER } from '../trace.ts';

/** Every value that each row of a database ever had, and when its writer heard that it was committed. */
export class RowHistory {
  readonly #values: string[][] = [];
  /** When a version was acknowledged, µs, by key; absent while nobody has heard of it. */
  readonly #acknowledgedUs: number[][] = [];
  readonly #versions = new Map<string, number>();

  /** The row as it is now. */
  row(key: number): Row {
    const values = this.#of(key);
    return { value: values.at(-1)!, version: values.length - 1 };
  }

  /** @param value unlike every other value of the run */
  commit(key: number, value: string): Row {
    this.#versions.set(value, this.#of(key).push(value) - 1);
    return this.row(key);
  }

  acknowledge(key: number, value: string, atUs: number): void {
    const version = this.#versions.get(value);
    if (version !== undefined) this.#acknowledgedUs[key]![version] = atUs;
  }

  /**
   * For how long a value had been replaced, as far as anybody could know, at the moment `atUs`: since the first
   * acknowledgement of a later one. `NEVER` when none had been acknowledged by then; undefined for a value that the
   * row never had.
   */
  staleUs(key: number, value: unknown, atUs: number): number | undefined {
    if (typeof value !== 'string' || !this.#of(key).includes(value)) return undefined;
    let since = Number.POSITIVE_INFINITY;
    const acknowledged = this.#acknowledgedUs[key]!;
    for (let version = (this.#versions.get(value) ?? 0) + 1; version < acknowledged.length; version++) {
      since = Math.min(since, acknowledged[version] ?? since);
    }
    return since <= atUs ? atUs - since : NEVER;
  }

  #of(key: number): string[] {
    this.#values[key] ??= [`row ${key} as it was`];
    this.#acknowledgedUs[key] ??= [];
    return this.#values[key]!;
  }
}
