/** A row as the database answers it: its value, and how many writes had made it so. */
export interface Row {
  readonly value: string;
  readonly version: number;
}

/** The database as a cache with a write path sees it. */
export interface RowStore {
  /** What the row was at some moment between the call and its answer. */
  read(key: string): Promise<Row>;
  /** Commits at some moment between the call and its answer; answers with the version that the value became. */
  write(key: string, value: string): Promise<number>;
}

/** A cache that reads and writes go through. */
export interface VersionedCache {
  read(key: string): Promise<string>;
  write(key: string, value: string): Promise<void>;
}

export type MakeVersionedCache = (world: { readonly db: RowStore; readonly capacity: number }) => VersionedCache;
