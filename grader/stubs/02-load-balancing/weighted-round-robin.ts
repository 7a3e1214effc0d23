import { todo } from '../todo.ts';
import type { ServerId, WeightedRotation, WeightedServer } from './contract.ts';

/** Hands out servers in proportion to their weights, never in bursts that would put one of them a pick ahead. */
export class WeightedRoundRobin implements WeightedRotation {
  /**
   * @param servers names with weights, non-negative safe integers; may be empty; keep a copy, neither the list nor
   *   what is in it is yours to change
   * @throws RangeError naming `servers` when a name appears twice, naming `weight` when a weight is not allowed
   */
  constructor(servers: readonly WeightedServer[]) {
    todo('remember the servers and their weights');
  }

  /**
   * The next server.
   * @throws Error when no server has a weight above 0
   */
  pick(): ServerId {
    return todo('hand out the server that is furthest behind its share');
  }

  /**
   * Changes a weight from the next pick on.
   * @param server its name
   * @param weight a non-negative safe integer
   * @throws RangeError naming `server` when it is not known, naming `weight` when it is not allowed
   */
  setWeight(server: ServerId, weight: number): void {
    todo('change one weight and nothing else');
  }
}
