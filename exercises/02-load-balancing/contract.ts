/**
 * What the exercises of this lesson agree on. Stub, solution, hidden suite and scenes all read this file.
 */

/** Name of a server, unique within one balancer. */
export type ServerId = string;

/** Hands out servers one after another. */
export interface Rotation {
  /** The server whose turn it is. The first pick is the first server of the list. Throws when there is none. */
  pick(): ServerId;
  /**
   * A new server joins the rotation.
   * @throws RangeError naming `server` when it is already in the rotation
   */
  add(server: ServerId): void;
  /** A server leaves; nobody else loses or gains a turn. False when it was not in the rotation. */
  remove(server: ServerId): boolean;
}

/** One request's hold on a server, from when it is sent until its answer, good or bad. */
export interface Lease {
  readonly server: ServerId;
  /** Gives the connection back. True the first time; false, changing nothing, ever after. */
  release(): boolean;
}

/** Sends each request to a server with the fewest open connections. */
export interface ConnectionCounter {
  /**
   * Opens a connection to a server that has the fewest open ones. Among several: the one chosen longest ago,
   * at first in list order. Throws when there is no server.
   */
  acquire(): Lease;
  /** @throws RangeError naming `server` when it is already known */
  add(server: ServerId): void;
  /** False when it was not known. Its open leases release into nothing. */
  remove(server: ServerId): boolean;
}

/** Hashes bytes to an unsigned 32-bit integer, 0 … 2³² − 1. */
export type Hash = (bytes: Uint8Array) => number;

/** Sends a client to the same server every time. */
export interface ClientAffinity {
  /**
   * @param ip an IPv4 address in dotted decimal or an IPv6 address in any text form of RFC 4291
   * @throws TypeError naming `ip` when it is not an address (ports, zone ids, leading zeros included)
   */
  pick(ip: string): ServerId;
}
