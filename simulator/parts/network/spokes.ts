import type { NetworkCommand, ServerCommand } from '../../scene.ts';
import { stream } from '../../stream.ts';
import type { Fault } from '../timeline.ts';
import { isForNetwork, serverCommands } from '../timeline.ts';
import { Link } from './link.ts';

/** The connections between one machine and each of several others, both directions alike. */
export class Spokes {
  readonly #links: readonly Link[];

  /**
   * @param ends the others, by id
   * @param oneWayMs time of travel, ms, at least 0
   */
  constructor(
    private readonly ends: readonly string[],
    oneWayMs: number,
    seed: number,
  ) {
    this.#links = ends.map((id) => new Link({ oneWayMs }, stream(seed, `spoke ${id}`)));
  }

  /** How long a message travels, µs, that is sent now to or from the end of that number; undefined: it never arrives. */
  send(end: number): number | undefined {
    return this.#links[end]!.send();
  }

  isCut(end: number): boolean {
    return this.#links[end]!.isCut;
  }

  /** Does what a command says. */
  obey(command: NetworkCommand): void {
    this.#links[this.ends.indexOf(command.node)]!.obey(command);
  }
}

/** For a world whose servers obey, and so do the connections between them and what stands in front. */
export function spokeCommands(servers: readonly string[]): (fault: Fault) => ServerCommand | NetworkCommand {
  const forServer = serverCommands(servers);
  return (fault) => {
    if (!isForNetwork(fault)) return forServer(fault);
    if (!servers.includes(fault.node) || fault.peer !== undefined) {
      throw new RangeError(`commands: ${fault.kind} is for the connection to one of ${servers.join(', ')}`);
    }
    return fault;
  };
}
