/** A key that another shard is to hold from now on. */
export interface Move {
  readonly key: number;
  readonly from: number;
  readonly to: number;
}

/** What has to move when another function decides. Keys of equal place stay. */
export function movesBetween(
  keys: Iterable<number>,
  before: (key: number) => number,
  after: (key: number) => number,
): Move[] {
  return Array.from(keys, (key) => ({ key, from: before(key), to: after(key) })).filter(({ from, to }) => from !== to);
}

export interface ReshardingEvents {
  /** A stream reads the row from its old shard, then writes it to the new one; `copied(stream)` must follow each. */
  readonly copy: (stream: number, shard: number, move: Move) => void;
  /** Every move is done. */
  readonly done?: () => void;
}

/**
 * Moves rows between shards while they are in use: each of a few streams copies one row after the other, and takes
 * the time that both shards need. A key belongs to its old shard until the new one has it, and at every moment to exactly
 * one; a write in between is taken to move with the row.
 */
export class Resharding {
  readonly #owner: Map<number, number>;
  readonly #at: { readonly move: Move; written: boolean }[] = [];
  #next = 0;
  #left: number;

  /**
   * @param moves in the order in which they are begun
   * @param streams rows that are copied at the same time, at least 1
   * @throws RangeError when a key moves twice or nowhere, or there is no stream
   */
  constructor(
    private readonly moves: readonly Move[],
    private readonly streams: number,
    private readonly events: ReshardingEvents,
  ) {
    if (!(streams >= 1)) throw new RangeError(`streams: ${streams} is less than 1`);
    this.#owner = new Map(moves.map(({ key, from }) => [key, from]));
    if (this.#owner.size !== moves.length) throw new RangeError('moves: a key moves twice');
    const idle = moves.find(({ from, to }) => from === to);
    if (idle) throw new RangeError(`moves: key ${idle.key} moves nowhere`);
    this.#left = moves.length;
  }

  /** Moves that are not done. */
  get left(): number {
    return this.#left;
  }

  start(): void {
    for (let stream = 0; stream < this.streams; stream++) this.#begin(stream);
    if (this.moves.length === 0) this.events.done?.();
  }

  /** The shard that holds a key now; undefined for one that does not move. */
  owner(key: number): number | undefined {
    return this.#owner.get(key);
  }

  /** The shard has done what this stream last asked of it. */
  copied(stream: number): void {
    const at = this.#at[stream]!;
    if (!at.written) {
      at.written = true;
      this.events.copy(stream, at.move.to, at.move);
      return;
    }
    this.#owner.set(at.move.key, at.move.to);
    this.#left--;
    if (this.#left === 0) this.events.done?.();
    else this.#begin(stream);
  }

  #begin(stream: number): void {
    const move = this.moves[this.#next];
    if (!move) return;
    this.#next++;
    this.#at[stream] = { move, written: false };
    this.events.copy(stream, move.from, move);
  }
}
