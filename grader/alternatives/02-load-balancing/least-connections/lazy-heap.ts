import type { ConnectionCounter, Lease, ServerId } from '../../../../exercises/02-load-balancing/contract.ts';

type Entry = readonly [open: number, chosen: number, joined: number, seat: Seat];
interface Seat {
  readonly server: ServerId;
  open: number;
  chosen: number;
  readonly joined: number;
  gone: boolean;
}

/** A binary heap of (open, chosen, joined); entries that no longer say the truth are dropped when they surface. */
export class LeastConnections implements ConnectionCounter {
  #heap: Entry[] = [];
  #seats = new Map<ServerId, Seat>();
  #joined = 0;
  #chosen = 0;

  constructor(servers: readonly ServerId[]) {
    for (const server of servers) {
      if (this.#seats.has(server)) throw new RangeError(`servers: ${server} twice`);
      this.add(server);
    }
  }

  acquire(): Lease {
    const seat = this.#take();
    if (!seat) throw new Error('no server known');
    seat.open++;
    seat.chosen = ++this.#chosen;
    this.#put(seat);
    let given = true;
    return {
      server: seat.server,
      release: () => {
        if (!given) return false;
        given = false;
        seat.open--;
        if (!seat.gone) this.#put(seat);
        return true;
      },
    };
  }

  add(server: ServerId): void {
    if (this.#seats.has(server)) throw new RangeError(`server "${server}" is here`);
    const seat = { server, open: 0, chosen: 0, joined: this.#joined++, gone: false };
    this.#seats.set(server, seat);
    this.#put(seat);
  }

  remove(server: ServerId): boolean {
    const seat = this.#seats.get(server);
    if (!seat) return false;
    seat.gone = true;
    return this.#seats.delete(server);
  }

  #take(): Seat | undefined {
    for (;;) {
      const top = this.#heap[0];
      if (!top) return undefined;
      const last = this.#heap.pop()!;
      if (this.#heap.length > 0) this.#sink(last);
      const [open, chosen, , seat] = top;
      if (!seat.gone && seat.open === open && seat.chosen === chosen) return seat;
    }
  }

  #put(seat: Seat): void {
    const entry: Entry = [seat.open, seat.chosen, seat.joined, seat];
    let i = this.#heap.push(entry) - 1;
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if (!before(entry, this.#heap[parent]!)) break;
      this.#heap[i] = this.#heap[parent]!;
      i = parent;
    }
    this.#heap[i] = entry;
  }

  #sink(entry: Entry): void {
    let i = 0;
    for (;;) {
      let child = 2 * i + 1;
      if (child >= this.#heap.length) break;
      if (child + 1 < this.#heap.length && before(this.#heap[child + 1]!, this.#heap[child]!)) child++;
      if (!before(this.#heap[child]!, entry)) break;
      this.#heap[i] = this.#heap[child]!;
      i = child;
    }
    this.#heap[i] = entry;
  }
}

function before(a: Entry, b: Entry): boolean {
  return a[0] - b[0] < 0 || (a[0] === b[0] && (a[1] < b[1] || (a[1] === b[1] && a[2] < b[2])));
}
