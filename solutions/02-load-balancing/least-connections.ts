import type { ConnectionCounter, Lease, ServerId } from '../../exercises/02-load-balancing/contract.ts';

/** One server from the moment it joins until it leaves. A name that comes back gets a new seat. */
interface Seat {
  readonly server: ServerId;
  /** Leases given and not yet released. */
  open: number;
  /** Number of the choice that last fell on it; 0 when none ever did. */
  lastChosen: number;
}

/**
 * Least connections by a scan for the fewest open leases, the longest unchosen first.
 *
 * Two decisions carry it. A lease holds the *seat* it was given, not the server's name, so releasing after the server
 * has left (or has left and come back) reaches an object that nobody reads any more: the cure for every late answer
 * of an old attempt. And ties are broken by the number of the choice, a clock that only ticks when something is
 * chosen, so an idle fleet still takes turns instead of wearing out its first server.
 *
 * Trade-offs. A scan is O(n) per request; with the ten or hundred servers of one balancer that beats a heap, because
 * the heap would have to be repaired on every release as well. Counting connections needs one counter per balancer:
 * sixteen balancers counting alone each see a sixteenth of the truth. And the count cannot tell "fast" from "failing
 * fast": a server that answers 500 in a millisecond always has the fewest and draws nearly everything, so least
 * connections needs health checks more than round robin does.
 *
 * In real systems. HAProxy's `leastconn` goes round robin among servers of equal load and counts requests waiting for
 * a connection, too. nginx's `least_conn` compares connections divided by weight (it cross-multiplies, to stay in
 * integers) and settles ties by weighted round robin (`ngx_http_upstream_least_conn_module.c`). Envoy and Finagle
 * instead look at two servers drawn at random and take the less loaded one: nearly as even, and no list that
 * every thread fights over (Finagle, `P2CPick.scala`; Azar et al., "Balanced Allocations", 1999).
 */
export class LeastConnections implements ConnectionCounter {
  /** In list order: among servers never chosen, the scan meets the earlier one first. */
  readonly #seats: Seat[];
  #choices = 0;

  constructor(servers: readonly ServerId[]) {
    if (new Set(servers).size < servers.length) throw new RangeError('servers names one server twice');
    this.#seats = servers.map((server) => ({ server, open: 0, lastChosen: 0 }));
  }

  acquire(): Lease {
    const [first, ...others] = this.#seats;
    if (first === undefined) throw new Error('there is no server to connect to');
    let seat = first;
    for (const other of others) if (comesBefore(other, seat)) seat = other;
    seat.open += 1;
    this.#choices += 1;
    seat.lastChosen = this.#choices;

    let held = true;
    const release = () => {
      if (!held) return false;
      held = false;
      seat.open -= 1;
      return true;
    };
    return { server: seat.server, release };
  }

  add(server: ServerId): void {
    if (this.#seats.some((seat) => seat.server === server)) throw new RangeError(`server ${server} is already known`);
    this.#seats.push({ server, open: 0, lastChosen: 0 });
  }

  remove(server: ServerId): boolean {
    const index = this.#seats.findIndex((seat) => seat.server === server);
    if (index === -1) return false;
    this.#seats.splice(index, 1);
    return true;
  }
}

function comesBefore(a: Seat, b: Seat): boolean {
  return a.open === b.open ? a.lastChosen < b.lastChosen : a.open < b.open;
}
