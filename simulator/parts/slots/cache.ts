/**
 * Memory of limited size, the slot of a cache's policy. Keys are names of objects, values the moments at which they
 * were stored, in integer µs and below 0 for those from before the run.
 */
export interface Store {
  get(key: string): number | undefined;
  set(key: string, storedUs: number): void;
}

/** @param capacity largest number of entries */
export type MakeStore = (capacity: number) => Store;

/** What a read-through cache is given. Times in ms of simulated time. */
export interface ReaderWorld {
  /** Asks the database. Rejects when the database does not answer. */
  readonly load: (key: string) => Promise<string>;
  readonly ttlMs: number;
  readonly capacity: number;
  readonly now: () => number;
}

/** A cache that loads what it does not hold, the slot of a read path. */
export interface Reader {
  get(key: string): Promise<string>;
}

export type MakeReader = (world: ReaderWorld) => Reader;
