import type { EpochStart, LogEntry, LogPosition } from './log.ts';
import { LOG_START, Log } from './log.ts';

/**
 * One machine of a replicated database: its log, the rows as it has applied them, and one thread that applies a
 * replica's entries in order, one after the other (PostgreSQL's startup process, MySQL's SQL thread with one worker).
 * Log and rows survive a crash; what the machine was just doing does not.
 */
export class LogNode {
  readonly log = new Log();
  up = true;
  role: 'primary' | 'replica' = 'replica';
  /** The newest epoch it has heard of. Older ones it refuses. */
  epoch = 0;
  /** Where the epochs began that its log, or the primary it follows, has been through. */
  history: readonly EpochStart[] = [];
  /** Entries that it had and the primary of a later epoch had not, cut from its log: writes lost here. */
  discarded = 0;
  readonly #rows = new Map<number, LogEntry>();
  #applied = 0;
  #stopped = false;
  #working = false;
  /** Tells outdated work from what the thread is on. */
  #turn = 0;
  /** As a primary: what stood in the log when it became one. The thread applies that much, `show` the rest. */
  #inherited = 0;

  /** @param begin The thread has begun to apply `entry`; `finished(turn)` must follow when that is done. */
  constructor(
    readonly id: string,
    private readonly begin: (entry: LogEntry, turn: number) => void,
  ) {}

  /** The last entry that readers of this machine can see. */
  get applied(): LogPosition {
    return this.log.at(this.#applied) ?? LOG_START;
  }

  /** Is a primary and has applied what it inherited: may write. */
  get ready(): boolean {
    return this.up && this.role === 'primary' && this.#applied >= this.#inherited;
  }

  /** The row as readers of this machine see it: its last applied write; undefined before the first. */
  row(key: number): LogEntry | undefined {
    return this.#rows.get(key);
  }

  /** Takes entries into a replica's log, from the first one that it lacks. */
  receive(entries: readonly LogEntry[]): void {
    for (const entry of entries) if (entry.position > this.log.length) this.log.append(entry);
    this.#next();
  }

  /** A ready primary makes everything up to `position` visible: it executed the writes before it logged them. */
  show(position: number): void {
    while (this.#applied < position) this.#apply();
  }

  /** The thread has done the work that began with this turn. False: that work is outdated. */
  finished(turn: number): boolean {
    if (!this.#working || turn !== this.#turn) return false;
    this.#working = false;
    this.#apply();
    this.#next();
    return true;
  }

  /** The apply thread waits, as behind a long report; an entry that it has begun is finished. */
  stopApplying(): void {
    this.#stopped = true;
  }

  resumeApplying(): void {
    this.#stopped = false;
    this.#next();
  }

  /**
   * Becomes primary, and writes once it has applied all that it has; whatever held the apply thread up ends, as a
   * promotion ends a pause of recovery since PostgreSQL 13.
   */
  lead(epoch: number): void {
    const past = this.history.filter(({ began }) => began <= this.log.length);
    if (epoch > (past.at(-1)?.epoch ?? 0)) past.push({ epoch, began: this.log.length });
    this.history = past;
    this.epoch = epoch;
    this.role = 'primary';
    this.#inherited = this.log.length;
    this.resumeApplying();
  }

  /** Is no primary any more. What nobody could see yet stays hidden until a primary has said what to keep. */
  follow(): void {
    this.role = 'replica';
  }

  /** Follows a primary of this history: drops what that one never had. */
  rewind(history: readonly EpochStart[]): void {
    this.history = history;
    this.#cutAfter(this.log.agreesUpTo(history));
  }

  /** @param disk `lost`: log, rows and what it knew of epochs are gone, and it will come back as an empty replica */
  crash(disk: 'kept' | 'lost' = 'kept'): void {
    this.up = false;
    this.#interrupt();
    if (disk === 'kept') return;
    this.log.cutAfter(0);
    this.#rows.clear();
    this.#applied = 0;
    this.#inherited = 0;
    this.epoch = 0;
    this.history = [];
    this.role = 'replica';
  }

  revive(): void {
    this.up = true;
    this.#next();
  }

  #apply(): void {
    const entry = this.log.at(++this.#applied)!;
    this.#rows.set(entry.key, entry);
  }

  #next(): void {
    const end = this.role === 'primary' ? this.#inherited : this.log.length;
    if (!this.up || this.#stopped || this.#working || this.#applied >= end) return;
    this.#working = true;
    this.begin(this.log.at(this.#applied + 1)!, ++this.#turn);
  }

  #interrupt(): void {
    this.#working = false;
    this.#turn++;
  }

  #cutAfter(position: number): void {
    const cut = this.log.cutAfter(position);
    if (cut === 0) return;
    this.discarded += cut;
    if (this.#applied >= position) this.#interrupt();
    if (this.#applied <= position) return;
    this.#applied = 0;
    this.#rows.clear();
    while (this.#applied < position) this.#apply();
  }
}
