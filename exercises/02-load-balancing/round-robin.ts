import { todo } from '../todo.ts';
import type { Rotation, ServerId } from './contract.ts';

/** Hands out servers in turn, and stays fair when the list of servers changes. */
export class RoundRobin implements Rotation {
  /**
   * @param servers names in the order of their first turns; may be empty; keep a copy, the list is not yours to change
   * @throws RangeError naming `servers` when a name appears twice
   */
  constructor(servers: readonly ServerId[]) {
    todo('remember the servers and whose turn it is');
  }

  /**
   * The server whose turn it is now.
   * @throws Error when there is no server
   */
  pick(): ServerId {
    return todo('hand out the next server and move on');
  }

  /**
   * A new server joins.
   * @param server its name
   * @throws RangeError naming `server` when it is already in the rotation
   */
  add(server: ServerId): void {
    todo('let a new server in');
  }

  /**
   * A server leaves, and everybody else keeps their turn.
   * @param server its name
   * @returns false when it was not in the rotation
   */
  remove(server: ServerId): boolean {
    return todo('take a server out without disturbing anybody else');
  }
}
