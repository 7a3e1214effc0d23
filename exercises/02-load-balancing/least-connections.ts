import { todo } from '../todo.ts';
import type { ConnectionCounter, Lease, ServerId } from './contract.ts';

/** Sends each request to a server with the fewest requests still open. */
export class LeastConnections implements ConnectionCounter {
  /**
   * @param servers names, in the order that decides the first ties; may be empty; keep a copy, the list is not yours
   *   to change
   * @throws RangeError naming `servers` when a name appears twice
   */
  constructor(servers: readonly ServerId[]) {
    todo('remember the servers, none with an open connection');
  }

  /**
   * Opens a connection to a server that has the fewest; among several, to the one chosen longest ago.
   * @returns the server, and `release()` to call once its answer, good or bad, is there: true the first time, false
   *   and without effect ever after
   * @throws Error when there is no server
   */
  acquire(): Lease {
    return todo('choose a server, count the connection, and return the lease that gives it back');
  }

  /**
   * A new server joins with no open connections.
   * @param server its name
   * @throws RangeError naming `server` when it is already known
   */
  add(server: ServerId): void {
    todo('let a new server in');
  }

  /**
   * A server leaves. Leases on it that are still open release into nothing.
   * @param server its name
   * @returns false when it was not known
   */
  remove(server: ServerId): boolean {
    return todo('take a server out');
  }
}
