import type { Rotation, ServerId } from '../../exercises/02-load-balancing/contract.ts';

/**
 * Round robin over an array and the index of the server whose turn is next.
 *
 * The index is a position, the promise is about servers: whenever the array shifts under the index, the index has to
 * shift with it. That is the whole exercise; everything else is `% length`.
 *
 * Trade-offs. `pick` is O(1), `remove` O(n), which is right where picks outnumber changes a million to one. A queue
 * that moves its head to its tail needs no index at all and cannot get this wrong, at the price of a write per pick;
 * an index can be shared by threads with one atomic increment, which is why balancers prefer it.
 *
 * In real systems. gRPC's `round_robin` builds a new picker whenever the list changes and starts it at a random place,
 * so that a thousand clients refreshing together do not all begin with the first server (grpc-node,
 * `load-balancer-round-robin.ts`). HAProxy's `roundrobin` keeps its servers in a tree ordered by whose turn comes
 * next, so that weights may change at run time; its `static-rr` is the plain array.
 */
export class RoundRobin implements Rotation {
  readonly #servers: ServerId[];
  /** Index of the server whose turn is next; 0 while there is none. */
  #next = 0;

  constructor(servers: readonly ServerId[]) {
    if (new Set(servers).size < servers.length) throw new RangeError('servers names one server twice');
    this.#servers = [...servers];
  }

  pick(): ServerId {
    const server = this.#servers[this.#next];
    if (server === undefined) throw new Error('there is no server to pick');
    this.#next = (this.#next + 1) % this.#servers.length;
    return server;
  }

  /** Joins at the end of the array, wherever the index stands: everybody already in it keeps their place. */
  add(server: ServerId): void {
    if (this.#servers.includes(server)) throw new RangeError(`server ${server} is already in the rotation`);
    this.#servers.push(server);
  }

  remove(server: ServerId): boolean {
    const index = this.#servers.indexOf(server);
    // Without this line splice(-1, 1) would take out the last server.
    if (index === -1) return false;
    this.#servers.splice(index, 1);
    // Everything behind the gap moved one place down, the server whose turn is next included.
    if (index < this.#next) this.#next -= 1;
    // The server whose turn it was stood at the end: its successor is the first one.
    if (this.#next === this.#servers.length) this.#next = 0;
    return true;
  }
}
