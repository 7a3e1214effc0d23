import type { Rotation, ServerId } from '../../../../exercises/02-load-balancing/contract.ts';

/** No position at all: whoever was picked longest ago is next. */
export class RoundRobin implements Rotation {
  private readonly pickedAt: Map<ServerId, number>;
  private clock = 0;

  constructor(servers: readonly ServerId[]) {
    this.pickedAt = new Map(servers.map((server) => [server, 0]));
    if (this.pickedAt.size < servers.length) throw new RangeError('servers are not distinct');
  }

  pick(): ServerId {
    const sorted = [...this.pickedAt].sort(([, a], [, b]) => a - b);
    if (sorted.length === 0) throw new Error('no server to pick');
    const [server] = sorted[0]!;
    this.pickedAt.set(server, ++this.clock);
    return server;
  }

  add(server: ServerId): void {
    if (this.pickedAt.has(server)) throw new RangeError(`server: ${server} joined before`);
    this.pickedAt.set(server, 0);
  }

  remove(server: ServerId): boolean {
    return this.pickedAt.delete(server);
  }
}
