import type { Rotation, ServerId } from '../../../../exercises/02-load-balancing/contract.ts';

/** The servers in the order in which they will be picked; whoever is picked goes to the back. */
export class RoundRobin implements Rotation {
  private queue: readonly ServerId[];

  constructor(servers: readonly ServerId[]) {
    if (servers.some((server, i) => servers.includes(server, i + 1))) throw new RangeError('servers repeats a name');
    this.queue = [...servers];
  }

  pick(): ServerId {
    const [head, ...rest] = this.queue;
    if (head === undefined) throw new RangeError('servers: none left');
    this.queue = [...rest, head];
    return head;
  }

  add(server: ServerId): void {
    if (this.queue.includes(server)) throw new RangeError(`server ${server} twice`);
    this.queue = [...this.queue, server];
  }

  remove(server: ServerId): boolean {
    const before = this.queue.length;
    this.queue = this.queue.filter((other) => other !== server);
    return this.queue.length < before;
  }
}
