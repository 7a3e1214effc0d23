import { todo } from '../todo.ts';
import type { ClientAffinity, Hash, ServerId } from './contract.ts';

/** Sends every client to the server that its address decides. */
export class IpHash implements ClientAffinity {
  /**
   * @param servers names, at least one; keep a copy, the list is not yours to change
   * @param hash turns bytes into an integer from 0 to 2³² − 1; the same bytes always give the same number
   * @throws RangeError naming `servers` when it is empty or a name appears twice
   */
  constructor(servers: readonly ServerId[], hash: Hash) {
    todo('remember the servers and the hash');
  }

  /**
   * The client's server: the same for every spelling of its address.
   * @param ip IPv4 (`203.0.113.9`) or IPv6 (`2001:db8::9`, in any of its text forms)
   * @throws TypeError naming `ip` when it is not exactly one address
   */
  pick(ip: string): ServerId {
    return todo('read the address into bytes, hash them, and let the number choose a server');
  }
}
