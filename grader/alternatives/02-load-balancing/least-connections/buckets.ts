import type { ConnectionCounter, Lease, ServerId } from '../../../../exercises/02-load-balancing/contract.ts';

interface Seat {
  readonly server: ServerId;
  /** Joined or was chosen: smaller waits longer. */
  since: number;
}

/** Buckets by number of open connections: the lowest bucket that is not empty has the answer. */
export class LeastConnections implements ConnectionCounter {
  private readonly buckets: Set<Seat>[] = [new Set()];
  private readonly seats = new Map<ServerId, Seat>();
  private chosen = 0;
  private joined = Number.MIN_SAFE_INTEGER;

  constructor(servers: readonly ServerId[]) {
    if (new Set(servers).size !== servers.length) throw new RangeError('a name in servers is not unique');
    servers.forEach((server) => {
      this.add(server);
    });
  }

  acquire(): Lease {
    const open = this.buckets.findIndex((bucket) => bucket.size > 0);
    if (open === -1) throw new Error('no server');
    const seat = [...this.buckets[open]!].reduce((a, b) => (b.since < a.since ? b : a));
    seat.since = this.chosen++;
    this.move(seat, open, open + 1);
    const release = () => {
      if (release.done) return false;
      release.done = true;
      const now = this.buckets.findIndex((bucket) => bucket.has(seat));
      if (now > 0) this.move(seat, now, now - 1);
      return true;
    };
    release.done = false;
    return { server: seat.server, release };
  }

  add(server: ServerId): void {
    if (this.seats.has(server)) throw new RangeError(`server ${server}: joined twice`);
    const seat = { server, since: this.joined++ };
    this.seats.set(server, seat);
    this.buckets[0]!.add(seat);
  }

  remove(server: ServerId): boolean {
    const seat = this.seats.get(server);
    if (seat === undefined) return false;
    this.seats.delete(server);
    for (const bucket of this.buckets) bucket.delete(seat);
    return true;
  }

  private move(seat: Seat, from: number, to: number): void {
    this.buckets[from]!.delete(seat);
    this.buckets[to] ??= new Set();
    this.buckets[to].add(seat);
  }
}
