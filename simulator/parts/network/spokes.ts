import type { NetworkCommand, ServerCommand } from '../../scene.ts';
import { stream } from '../../stream.ts';
import type { NodeState } from '../../trace.ts';
import type { Server } from '../machines/server.ts';
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

  /** What a server at that end looks like from here. */
  stateOf(end: number, server: Server): NodeState {
    return this.#links[end]!.isCut && server.answers ? 'cut' : server.state;
  }

  /** Does what a command says, and says whether that end is now out of reach, or back in it. */
  obey(command: NetworkCommand): boolean {
    const link = this.#links[this.ends.indexOf(command.node)]!;
    const wasCut = link.isCut;
    link.obey(command);
    return link.isCut !== wasCut;
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
