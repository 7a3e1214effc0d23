/**
 * What the exercises of this lesson agree on. Stub, solution, hidden suite and scenes all read this file.
 */

/** Name of a server, unique within one balancer. */
export type ServerId = string;

/** Hands out servers one after another. */
export interface Rotation {
  /**
   * The server whose turn it is. A new rotation starts with the first server of the list and keeps the list's order.
   * @throws Error when there is no server
   */
  pick(): ServerId;
  /**
   * A new server joins, after the one whose turn is next or at the end: either way it is served once before
   * anybody is served twice.
   * @throws RangeError naming `server` when it is already in the rotation
   */
  add(server: ServerId): void;
  /** A server leaves; nobody else loses or gains a turn. False when it was not in the rotation. */
  remove(server: ServerId): boolean;
}

/**
 * How a rotation is made.
 * @param servers in the order of their first turns; may be empty; copied, never changed
 * @throws RangeError naming `servers` when the list names one twice
 */
export type RotationClass = new (servers: readonly ServerId[]) => Rotation;

/** One request's hold on a server, from when it is sent until its answer, good or bad. */
export interface Lease {
  readonly server: ServerId;
  /** Gives the connection back. True the first time; false, changing nothing, ever after. */
  release(): boolean;
}

/** Sends each request to a server with the fewest open connections. */
export interface ConnectionCounter {
  /**
   * Opens a connection to a server that has the fewest open ones. Among several: the one chosen longest ago. A
   * server that was never chosen has waited longer than any that was; among those, the list's order decides.
   * @throws Error when there is no server
   */
  acquire(): Lease;
  /**
   * A new server joins at the end of the list, with no connection open and never chosen before.
   * @throws RangeError naming `server` when it is already known
   */
  add(server: ServerId): void;
  /**
   * A server leaves. Its open leases release into nothing, even when a server of the same name joins later: that
   * one is a new server. False when it was not known.
   */
  remove(server: ServerId): boolean;
}

/**
 * How a connection counter is made.
 * @param servers may be empty; copied, never changed
 * @throws RangeError naming `servers` when the list names one twice
 */
export type ConnectionCounterClass = new (servers: readonly ServerId[]) => ConnectionCounter;

/** Hashes bytes to an unsigned 32-bit integer, 0 … 2³² − 1. The same bytes always give the same number. */
export type Hash = (bytes: Uint8Array) => number;

/** Sends a client to the same server every time. */
export interface ClientAffinity {
  /**
   * The whole address decides, not its spelling: two texts of one address give one server, and an IPv4 address
   * mapped into IPv6 (`::ffff:1.2.3.4`) is that IPv4 address.
   * @param ip an IPv4 address in dotted decimal or an IPv6 address in any text form of RFC 4291 §2.2
   * @throws TypeError naming `ip` when it is not an address, or is one with something around it: a port, a zone id,
   *   a prefix length, spaces, an octet with a leading zero
   */
  pick(ip: string): ServerId;
}

/**
 * How a client affinity is made.
 * @param servers at least one; copied, never changed
 * @param hash spreads addresses over the servers; the only source of chance
 * @throws RangeError naming `servers` when the list is empty or names one twice
 */
export type ClientAffinityClass = new (servers: readonly ServerId[], hash: Hash) => ClientAffinity;
