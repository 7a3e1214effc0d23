import type { ConnectionCounter, Lease, ServerId } from '../../../../exercises/02-load-balancing/contract.ts';

/** A server that knows its open leases themselves instead of a number. */
class Seat {
  readonly leases = new Set<SeatLease>();
  constructor(
    readonly server: ServerId,
    public chosen = 0,
  ) {}
}

class SeatLease implements Lease {
  readonly #seat: Seat;
  readonly server: ServerId;

  constructor(seat: Seat) {
    this.#seat = seat;
    this.server = seat.server;
    seat.leases.add(this);
  }

  release(): boolean {
    return this.#seat.leases.delete(this);
  }
}

/** Open connections are the size of a set; leases are objects with a method. */
export class LeastConnections implements ConnectionCounter {
  private readonly seats = new Map<ServerId, Seat>();
  private chosen = 0;

  constructor(servers: readonly ServerId[]) {
    for (const server of servers) {
      if (this.seats.has(server)) throw new RangeError(`servers names ${server} more than once`);
      this.add(server);
    }
  }

  acquire(): Lease {
    const seats = [...this.seats.values()];
    const fewest = seats.reduce((least, { leases }) => Math.min(least, leases.size), Number.POSITIVE_INFINITY);
    const [next] = seats.filter(({ leases }) => leases.size === fewest).sort((a, b) => a.chosen - b.chosen);
    if (next === undefined) throw new Error('there are no servers at all');
    next.chosen = ++this.chosen;
    return new SeatLease(next);
  }

  add(server: ServerId): void {
    if (this.seats.has(server)) throw new RangeError(`there is a server ${server}`);
    this.seats.set(server, new Seat(server));
  }

  remove(server: ServerId): boolean {
    return this.seats.delete(server);
  }
}
