/**
 * What the exercises of this lesson agree on. Stub, solution, hidden suite and scenes all read this file.
 *
 * One boundary rule holds in all of them: whatever has a deadline is over as soon as `now >= deadline`. A value that
 * may live for 10 ms and was stored at 0 is served at 9 and no longer at 10.
 */

/** Time in milliseconds since any fixed moment. Never runs backwards; may stand still between two calls. */
export type Clock = () => number;

/**
 * Remembers a limited number of values by key. Keys are told apart as in `Map`: `NaN` is `NaN`, `0` is `-0`, and
 * `undefined` is a key like any other. Every value is a value, `undefined`, `null`, `0`, `''` and `false` included.
 */
export interface Cache<K, V> {
  /** Number of entries held now, 0 … capacity. */
  readonly size: number;
  /** The value, or `undefined` when the key is not held (never `null`). Counts as a use of the key. */
  get(key: K): V | undefined;
  /** Whether the key is held, whatever its value. Does not count as a use. */
  has(key: K): boolean;
  /**
   * Stores a value under a key, in place of the old one if there was one. Counts as a use of the key. When a new key
   * would be one too many, one other entry leaves first: which one is the policy of the cache.
   */
  set(key: K, value: V): void;
  /** Forgets a key and everything remembered about it. False when it was not held. */
  delete(key: K): boolean;
}

/**
 * How a cache is made.
 * @param capacity largest number of entries, a whole number, 1 or more
 * @throws RangeError naming `capacity` when it is anything else (0, -1, 2.5, NaN, Infinity)
 */
export type CacheClass = new <K, V>(capacity: number) => Cache<K, V>;

/** What a read-through cache is made of. */
export interface ReadThroughOptions<K, V> {
  /** Reads the value from where it lives. Slow; may reject, and may throw before it has returned a promise. */
  readonly load: (key: K) => Promise<V>;
  /** How long a value may be served, counted from the moment at which it is stored. More than 0, finite. */
  readonly ttlMs: number;
  readonly now: Clock;
  /** Largest number of unexpired values held, a whole number, 1 or more. */
  readonly capacity: number;
}

/** Answers from memory while it can, and loads what it cannot. Keys are told apart as in `Map`. */
export interface ReadThrough<K, V> {
  /**
   * The value of a key: a stored one that has not expired, else the outcome of a load. At most one load per key is
   * under way at any time; everybody who asks meanwhile gets its outcome, good or bad. A failed load leaves nothing
   * behind: whoever asks next loads again. Never throws: a failure comes as a rejection, and only to those who asked.
   */
  get(key: K): Promise<V>;
}

/**
 * How a read-through cache is made.
 * @throws RangeError naming `ttlMs` or `capacity` when it is out of range
 */
export type CreateReadThrough = <K, V>(options: ReadThroughOptions<K, V>) => ReadThrough<K, V>;

/** A row of the database: its value, and how many writes had made it so. */
export interface Versioned<V> {
  readonly value: V;
  /** Counts the committed writes of this key, from 0. A larger version is a later value. */
  readonly version: number;
}

/** The database behind the cache. Both calls take their time and may fail. */
export interface VersionedDatabase<K, V> {
  /** What the row was at some moment between the call and its answer. */
  read(key: K): Promise<Versioned<V>>;
  /**
   * Commits a value at some moment between the call and its answer, and answers with the version it became. After a
   * rejection nobody knows whether the write was committed (a time-out looks like that); if it was, it was before the
   * rejection.
   */
  write(key: K, value: V): Promise<number>;
}

/** What a cache with a write path is made of. */
export interface WriteInvalidationOptions<K, V> {
  readonly db: VersionedDatabase<K, V>;
  /** Largest number of values held, a whole number, 1 or more. */
  readonly capacity: number;
}

/**
 * A cache that all reads and writes of the database go through. Its promise: a read that starts after a write has
 * been answered never returns a value older than that write. Reads that start before may return either.
 */
export interface WriteInvalidation<K, V> {
  /**
   * The value of a key, from memory or from the database. Readers who come while a load of the key is under way share
   * it, as long as no write of the key was answered since it began. Rejects as `db.read` does; a failed load is not kept.
   */
  read(key: K): Promise<V>;
  /**
   * Writes through to the database. Resolves once the write is committed and can no longer be missed by a read that
   * starts now; rejects as `db.write` does, and then nothing that the write may have changed is served from memory.
   */
  write(key: K, value: V): Promise<void>;
}

/**
 * How a cache with a write path is made.
 * @throws RangeError naming `capacity` when it is out of range
 */
export type CreateWriteInvalidation = <K, V>(options: WriteInvalidationOptions<K, V>) => WriteInvalidation<K, V>;

/** What the origin answers: the bytes, and for how long whoever keeps them may serve them. */
export interface OriginResponse {
  readonly body: string;
  /** `max-age`: the copy is fresh while its age is below this. Milliseconds, 0 or more. */
  readonly maxAgeMs: number;
  /**
   * `stale-while-revalidate` (RFC 5861): once no longer fresh, the copy may be served for this long while a new one is
   * fetched. Counted from the end of freshness. Milliseconds, 0 or more.
   */
  readonly staleWhileRevalidateMs: number;
  /** The URL carries a fingerprint of the content, so what it names never changes (`immutable`, RFC 8246). */
  readonly immutable?: boolean;
}

/** What an edge server is made of. */
export interface EdgeOptions {
  /** Asks the origin. Slow; may reject, and may throw before it has returned a promise. */
  readonly fetchOrigin: (url: string) => Promise<OriginResponse>;
  readonly now: Clock;
}

/** One edge server of a CDN. A copy's age counts from the moment at which it was stored here. */
export interface Edge {
  /**
   * The body behind a path with its query (`/photos/7?w=200`). Two URLs that differ in their query are two objects.
   * Fresh: from the copy. Stale: from the copy, at once, while one fetch renews it. Expired or absent: from the
   * origin, one fetch for everybody who waits; rejects as the fetch does.
   */
  get(url: string): Promise<string>;
  /**
   * Forgets the copy of a path and of everything below it, whatever their queries. Fetches that are under way still
   * answer whoever waits for them, and are not stored.
   * @param path `/photos` stands for `/photos`, `/photos?page=2` and `/photos/7`, not for `/photos-old`; `/` for all
   * @throws RangeError naming `path` when it does not begin with `/` or holds a `?`
   */
  purge(path: string): void;
}

export type CreateEdge = (options: EdgeOptions) => Edge;

/** An edge server and where it stands. */
export interface EdgeSite<Place> {
  readonly name: string;
  readonly place: Place;
}

/**
 * The name of the edge server with the smallest distance to a client; among equals, the first of the list.
 * @param edges in any order; never changed
 * @param distance in any unit, 0 or more; called as `distance(client, edge.place)`
 * @throws RangeError naming `edges` when there are none
 */
export type NearestEdge = <Place>(
  client: Place,
  edges: readonly EdgeSite<Place>[],
  distance: (from: Place, to: Place) => number,
) => string;
