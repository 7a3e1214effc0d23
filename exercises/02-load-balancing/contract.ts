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
 * @param hash spreads addresses over the servers; its number decides, and nothing else: clients of one number share a
 *   server
 * @throws RangeError naming `servers` when the list is empty or names one twice
 */
export type ClientAffinityClass = new (servers: readonly ServerId[], hash: Hash) => ClientAffinity;

/** A server and how much of the traffic it is to get, relative to the others. */
export interface WeightedServer {
  readonly server: ServerId;
  /** A non-negative safe integer; 0 for none at all. */
  readonly weight: number;
}

/** Hands out servers in proportion to their weights, as evenly spread as it can be done. */
export interface WeightedRotation {
  /**
   * The next server. Counted from a new rotation on, with W the sum of the weights:
   * after every W picks each server has been picked exactly as often as its weights ask, and at no moment is a server
   * a full pick ahead of its share (its picks after t picks stay below t · weight ÷ W + 1).
   * @throws Error when there is no server with a weight above 0
   */
  pick(): ServerId;
  /**
   * Changes one server's weight from the next pick on; what the others have waited so far still counts. Setting the
   * weight that it already has changes nothing.
   * @throws RangeError naming `server` when it is not known, naming `weight` when it is no non-negative safe integer
   */
  setWeight(server: ServerId, weight: number): void;
}

/**
 * How a weighted rotation is made.
 * @param servers may be empty; copied, never changed
 * @throws RangeError naming `servers` when one is named twice, naming `weight` when one is no non-negative safe integer
 */
export type WeightedRotationClass = new (servers: readonly WeightedServer[]) => WeightedRotation;

/** A request on its way through a proxy. */
export interface HttpRequest {
  readonly method: 'GET' | 'HEAD' | 'OPTIONS' | 'PUT' | 'DELETE' | 'POST' | 'PATCH';
  readonly path: string;
}

/** What a server answered. */
export interface HttpResponse {
  /** 100 … 599. From 500 on it is the server that failed; a 404 is an answer like any other. */
  readonly status: number;
  readonly body: string;
}

/** What a failover proxy is made of. */
export interface FailoverOptions {
  /** At least one; copied, never changed. */
  readonly servers: readonly ServerId[];
  /**
   * The balancer behind the proxy: which of these servers gets the request, by whatever algorithm. Wants at least one
   * server and returns one of them.
   */
  readonly choose: (among: readonly ServerId[]) => ServerId;
  /**
   * Sends a request to a server. Rejects when the connection is refused, breaks or times out, so it always ends; may
   * also throw before it has returned a promise. After a failure nobody knows whether the server did the work.
   */
  readonly send: (server: ServerId, request: HttpRequest) => Promise<HttpResponse>;
  /** Time in milliseconds since any fixed moment. Never runs backwards; may stand still between two calls. */
  readonly now: () => number;
  /** A server is ejected when this many of its answers in a row were failures. A whole number, 1 or more. */
  readonly failuresToEject: number;
  /** How long a server stays out, counted from the failure that ejected it. More than 0, finite. */
  readonly coolDownMs: number;
}

/**
 * Passes requests on to servers, leaves out those that fail, and lets them back in.
 *
 * A failure is a `send` that throws or rejects, or a status of 500 or more; everything else is a success. After
 * `failuresToEject` failures in a row a server is *ejected* for `coolDownMs`; it is *due* once `now() >= ` the end of
 * that time. The first success after the ejection brings it back, as if it had never failed; a failure ejects it again,
 * for a whole `coolDownMs` from then. What comes of a request that was sent before the server's latest ejection is old
 * and changes nothing about the server.
 */
export interface Failover {
  /**
   * Sends the request to the first of these that there is: a due server that nobody is probing yet (then this request is
   * its probe; GET, HEAD, OPTIONS, PUT and DELETE only), the choice of `choose` among the servers that are not ejected,
   * or the ejected server whose cool-down ends first.
   *
   * A GET, HEAD, OPTIONS, PUT or DELETE that fails is sent again in the same way, each time to a server that it has not
   * been sent to, until one succeeds or there is none left. POST and PATCH are sent once.
   * @returns what the last server that was asked has answered, good or bad; rejects with the last error of `send`
   */
  handle(request: HttpRequest): Promise<HttpResponse>;
}

/**
 * How a failover proxy is made.
 * @throws RangeError naming `servers` when there are none or one is named twice, `failuresToEject` or `coolDownMs` when
 *   it is out of range
 */
export type FailoverProxyClass = new (options: FailoverOptions) => Failover;

/** One line of a provider's price list. As many machines of it can be had as one likes. */
export interface MachineType {
  /** Unique within one catalogue. */
  readonly name: string;
  /** Requests per second that one machine serves: a non-negative safe integer. */
  readonly rps: number;
  /** Dollars a month for one machine: a non-negative safe integer. */
  readonly price: number;
}

/** What a fleet has to withstand, and what it costs beyond the price list. All are non-negative safe integers. */
export interface FleetOptions {
  /** How many machines may die at once, whichever they are. */
  readonly surviveFailures: number;
  /** Dollars a month on top of every machine's price: patching, monitoring, licences. */
  readonly costPerMachine: number;
  /** Dollars a month for the load balancer, paid once by every fleet of more than one machine. */
  readonly costPerBalancer: number;
}

/** Machines to buy. */
export interface Fleet {
  /** The name of each machine's type, one entry per machine, in any order. */
  readonly machines: readonly string[];
  /** Dollars a month: every machine's price and `costPerMachine`, and `costPerBalancer` from two machines on. */
  readonly cost: number;
}

/**
 * The cheapest fleet, types mixed as one likes, whose machines still serve `demand` together after any
 * `surviveFailures` of them have died. The worst loss is that of the largest ones. Any fleet of that cost is right.
 * All sums stay below 2⁵³.
 * @param catalog may be empty; never changed
 * @param demand requests per second, a non-negative safe integer; nothing has to be bought for 0
 * @returns undefined when no fleet can do it
 * @throws RangeError naming `demand`, `rps`, `price`, `surviveFailures`, `costPerMachine` or `costPerBalancer` when it is
 *   no non-negative safe integer, naming `catalog` when it names a type twice
 */
export type CheapestFleet = (
  catalog: readonly MachineType[],
  demand: number,
  options: FleetOptions,
) => Fleet | undefined;

/**
 * The name of the cheapest type that serves `demand` with one machine, any of them when several cost the same.
 * @param catalog may be empty; never changed
 * @param demand requests per second, a non-negative safe integer
 * @returns undefined when no machine is big enough
 * @throws RangeError naming `demand`, `rps` or `price` when it is no non-negative safe integer, naming `catalog` when it
 *   names a type twice
 */
export type CheapestSingle = (catalog: readonly MachineType[], demand: number) => string | undefined;
