import type { Rotation, ServerId } from '../../../../exercises/02-load-balancing/contract.ts';

/** A generator walks a Set, which keeps its order of insertion; a picked server is inserted anew, at the end. */
export class RoundRobin implements Rotation {
  private readonly waiting: Set<ServerId>;
  private readonly turns: Iterator<ServerId, never>;

  constructor(servers: readonly ServerId[]) {
    this.waiting = new Set(servers);
    if (this.waiting.size !== servers.length) throw new RangeError('servers must differ');
    this.turns = turnsOf(this.waiting);
  }

  pick = (): ServerId => {
    if (this.waiting.size === 0) throw new Error('the rotation is empty');
    return this.turns.next().value;
  };

  add = (server: ServerId): void => {
    if (this.waiting.has(server)) throw new RangeError(`the server ${server} takes part already`);
    this.waiting.add(server);
  };

  remove = (server: ServerId): boolean => this.waiting.delete(server);
}

function* turnsOf(waiting: Set<ServerId>): Generator<ServerId, never> {
  for (;;) {
    for (const server of waiting) {
      waiting.delete(server);
      waiting.add(server);
      yield server;
      break;
    }
  }
}
