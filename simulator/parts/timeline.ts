import type { Kernel } from '../kernel.ts';
import { microseconds } from '../microseconds.ts';
import type { Command, NetworkCommand, RegionCommand, ServerCommand, SpikeCommand } from '../scene.ts';
import type { Spike } from '../workload/traffic.ts';

/** What is done to the world; a spike is done to the traffic, before the run. */
export type Fault = Exclude<Command, SpikeCommand>;

/** The spikes among a run's commands, as traffic wants them. */
export function spikesOf(commands: readonly Command[]): Spike[] {
  return commands.flatMap((command) =>
    command.kind === 'spike'
      ? [{ atUs: microseconds(command.atMs), forUs: microseconds(command.forMs), factor: command.factor }]
      : [],
  );
}

/**
 * The faults among a run's commands, as events of one kind on the kernel's timeline. Those of one moment come in the
 * order of the commands.
 */
export class Timeline<Known extends Fault> {
  readonly #faults: readonly Known[];

  /**
   * @param kind of the events; their first argument is for `fault`
   * @param accept says what this world understands, and throws RangeError for the rest
   * @throws what `accept` throws, and RangeError for a moment before the run
   */
  constructor(kernel: Kernel, kind: number, commands: readonly Command[], accept: (fault: Fault) => Known) {
    this.#faults = commands.flatMap((command) => (command.kind === 'spike' ? [] : [accept(command)]));
    this.#faults.forEach(({ atMs }, index) => {
      kernel.at(microseconds(atMs), kind, index);
    });
  }

  /** What is to be done at an event. */
  fault(index: number): Known {
    return this.#faults[index]!;
  }
}

/** For a world whose servers obey, and nothing else does. */
export function serverCommands(servers: readonly string[]): (fault: Fault) => ServerCommand {
  return (fault) => {
    if (!isForServer(fault)) throw new RangeError(`commands: nothing can be told to ${fault.kind} here`);
    if (!servers.includes(fault.node)) {
      throw new RangeError(`commands: ${fault.node} is not one of ${servers.join(', ')}`);
    }
    return fault;
  };
}

export function isForServer(fault: Fault): fault is ServerCommand {
  return ['kill', 'hang', 'pause', 'revive', 'slow'].includes(fault.kind);
}

export function isForNetwork(fault: Fault): fault is NetworkCommand {
  return ['partition', 'heal', 'lag', 'lose'].includes(fault.kind);
}

/** Whether messages from one node to another are those that a command speaks of: both directions are. */
export function concerns({ node, peer }: NetworkCommand, from: string, to: string): boolean {
  if (peer === undefined) return node === from || node === to;
  return (node === from && peer === to) || (node === to && peer === from);
}

/**
 * The loss of a region, and its return, as what it does to each of its servers.
 * @throws RangeError when there is no such region
 */
export function inRegion(
  command: RegionCommand,
  regions: Readonly<Record<string, readonly string[]>>,
): ServerCommand[] {
  const servers = Object.hasOwn(regions, command.region) ? regions[command.region] : undefined;
  if (!servers) throw new RangeError(`commands: ${command.region} is not one of ${Object.keys(regions).join(', ')}`);
  const kind = command.kind === 'region-down' ? 'kill' : 'revive';
  return servers.map((node) => ({ atMs: command.atMs, kind, node }));
}
