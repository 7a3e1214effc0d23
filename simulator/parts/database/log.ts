/**
 * A place in a replicated log. Epochs count primaries (Raft's terms, PostgreSQL's timelines), positions count entries
 * from 1 (Raft's indexes; PostgreSQL's LSN counts bytes). Ordered by epoch, then by position.
 */
export interface LogPosition {
  readonly epoch: number;
  readonly position: number;
}

/** One committed write. Epoch and position name it: there is one primary per epoch, and it gives a position once. */
export interface LogEntry extends LogPosition {
  /** The row that was written, by number. */
  readonly key: number;
  /** What was written: the world's own number of the write. */
  readonly write: number;
  /** When the primary committed it, µs. */
  readonly committedUs: number;
}

/** From which position on an epoch wrote: its entries come after `began`. */
export interface EpochStart {
  readonly epoch: number;
  readonly began: number;
}

/** Before the first entry. */
export const LOG_START: LogPosition = { epoch: 0, position: 0 };

/** Below 0, 0 or above 0 as `left` is before, at or after `right`. */
export function comparePositions(left: LogPosition, right: LogPosition): number {
  return left.epoch - right.epoch || left.position - right.position;
}

/** The write-ahead log of one machine: entries at positions 1, 2, 3 … whose epochs never fall. */
export class Log {
  readonly #entries: LogEntry[] = [];
  /** Where the epochs of its entries begin. */
  readonly #runs: EpochStart[] = [];

  get length(): number {
    return this.#entries.length;
  }

  /** Where the last entry stands; `LOG_START` in an empty log. */
  get last(): LogPosition {
    return this.#entries.at(-1) ?? LOG_START;
  }

  at(position: number): LogEntry | undefined {
    return this.#entries[position - 1];
  }

  /** Everything behind `position`. */
  after(position: number): LogEntry[] {
    return this.#entries.slice(position);
  }

  /** Whether this very entry is in the log. */
  holds({ epoch, position }: LogPosition): boolean {
    return position === 0 || this.at(position)?.epoch === epoch;
  }

  /** @throws RangeError when the entry is not the next one, or is of an epoch before the last one's */
  append(entry: LogEntry): void {
    const { epoch } = this.last;
    if (entry.position !== this.length + 1)
      throw new RangeError(`position: ${entry.position} is not ${this.length + 1}`);
    if (entry.epoch < epoch) throw new RangeError(`epoch: ${entry.epoch} is before ${epoch}`);
    if (entry.epoch > epoch) this.#runs.push({ epoch: entry.epoch, began: this.length });
    this.#entries.push(entry);
  }

  /**
   * Up to where this log agrees with any that has been through these epochs. An epoch's entries are its primary's
   * alone, so it is enough to compare where epochs begin (PostgreSQL's timeline history files serve the same end).
   * @param history ascending
   */
  agreesUpTo(history: readonly EpochStart[]): number {
    for (const [index, { epoch, began }] of this.#runs.entries()) {
      const place = history.findIndex((step) => step.epoch === epoch);
      if (place < 0) return began;
      const theirEnd = history[place + 1]?.began ?? Number.POSITIVE_INFINITY;
      const ownEnd = this.#runs[index + 1]?.began ?? this.length;
      if (ownEnd > theirEnd) return theirEnd;
    }
    return this.length;
  }

  /** Forgets everything behind `position`; says how many entries that were. */
  cutAfter(position: number): number {
    while (this.#runs.length > 0 && this.#runs.at(-1)!.began >= position) this.#runs.pop();
    return this.#entries.splice(position).length;
  }
}
