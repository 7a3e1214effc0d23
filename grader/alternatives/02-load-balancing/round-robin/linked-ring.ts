import type { Rotation, ServerId } from '../../../../exercises/02-load-balancing/contract.ts';

interface Link {
  readonly server: ServerId;
  before: Link;
  after: Link;
}

/** A ring of links and a map into it: every operation O(1). A newcomer stands right behind the last one picked. */
export class RoundRobin implements Rotation {
  readonly #links = new Map<ServerId, Link>();
  /** The one picked last, or the tail of a fresh list. */
  #last: Link | undefined;

  constructor(servers: readonly ServerId[]) {
    for (const server of servers) {
      if (this.#links.has(server)) throw new RangeError(`servers has ${server} twice`);
      this.#last = this.#insertAfter(this.#last, server);
    }
  }

  pick(): ServerId {
    if (!this.#last) throw new Error('nobody here');
    this.#last = this.#last.after;
    return this.#last.server;
  }

  add(server: ServerId): void {
    if (this.#links.has(server)) throw new RangeError(`server ${server} is known`);
    const link = this.#insertAfter(this.#last, server);
    this.#last ??= link;
  }

  remove(server: ServerId): boolean {
    const link = this.#links.get(server);
    if (!link) return false;
    this.#links.delete(server);
    link.before.after = link.after;
    link.after.before = link.before;
    if (this.#last === link) this.#last = this.#links.size === 0 ? undefined : link.before;
    return true;
  }

  #insertAfter(place: Link | undefined, server: ServerId): Link {
    const link = { server } as Link;
    link.before = place ?? link;
    link.after = place?.after ?? link;
    link.before.after = link;
    link.after.before = link;
    this.#links.set(server, link);
    return link;
  }
}
