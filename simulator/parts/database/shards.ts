import type { Kernel } from '../../kernel.ts';
import type { VisitRecorder } from '../../recorder.ts';
import { OUTCOME } from '../../recorder.ts';
import type { ServerPlan } from '../machines/server.ts';
import { Server } from '../machines/server.ts';

/** The slot of a sharding key: which of `shards` shards, 0 … shards − 1, holds a key. */
export type ShardFunction = (key: number, shards: number) => number;

/**
 * Asks a shard function.
 * @throws RangeError when it names no shard
 */
export function shardFor(of: ShardFunction, key: number, shards: number): number {
  const shard = of(key, shards);
  if (Number.isInteger(shard) && shard >= 0 && shard < shards) return shard;
  throw new RangeError(`shard: ${String(shard)}, for key ${key}, is none of the shards 0 … ${shards - 1}`);
}

export interface ShardEvents {
  /** Kind and first argument of the shards' finish events: `SHARD_EVENTS` of them for each shard. */
  readonly finish: number;
  readonly base: number;
  /** The first shard's place among the nodes of the trace; the others follow. */
  readonly node: number;
  /** Time that a visit needs of one core, µs. */
  readonly costUs: (visit: number) => number;
  /** All shards that the request was sent to have done with it. Index into `OUTCOMES`: ok, or the first that was not. */
  readonly over: (request: number, outcome: number) => void;
}

export const SHARD_EVENTS = 256;

interface Open {
  left: number;
  outcome: number;
}

/**
 * A database cut into shards, each a machine of its own. A request goes to the shard of its key; one that concerns
 * keys of several shards (copies of a hot key, a query without a sharding key) goes to each and waits for the last.
 */
export class Shards {
  readonly servers: readonly Server[];
  readonly #open = new Map<number, Open>();

  /** @param plans one per shard, at least one */
  constructor(
    private readonly kernel: Kernel,
    private readonly visits: VisitRecorder,
    plans: readonly ServerPlan[],
    private readonly events: ShardEvents,
  ) {
    if (plans.length === 0) throw new RangeError('plans: there is no shard');
    this.servers = plans.map(
      (plan, shard) =>
        new Server(kernel, visits, plan, {
          finish: events.finish,
          base: events.base + shard * SHARD_EVENTS,
          costUs: events.costUs,
          left: (visit) => this.#left(visit),
        }),
    );
  }

  /** Requests that some shard has not yet done with. */
  get open(): number {
    return this.#open.size;
  }

  /**
   * Brings a request to these shards, one visit each.
   * @throws RangeError when there is none, one of them does not exist or stands there twice, or the request is open
   */
  send(request: number, shards: readonly number[]): void {
    if (this.#open.has(request)) throw new RangeError(`request: ${request} is still open`);
    if (shards.length === 0 || new Set(shards).size !== shards.length || shards.some((each) => !this.servers[each])) {
      throw new RangeError(`shards: ${shards.join(', ')} are not different shards of 0 … ${this.servers.length - 1}`);
    }
    this.#open.set(request, { left: shards.length, outcome: OUTCOME.ok });
    for (const shard of shards) {
      this.servers[shard]!.enter(this.visits.add(request, this.events.node + shard, this.kernel.nowUs));
    }
  }

  /** A finish event has come; `a` without the base. */
  finish(a: number, version: number): void {
    this.servers[Math.floor(a / SHARD_EVENTS)]!.finish(a % SHARD_EVENTS, version);
  }

  #left(visit: number): void {
    const request = this.visits.request[visit]!;
    const open = this.#open.get(request)!;
    const outcome = this.visits.outcome[visit]!;
    if (open.outcome === OUTCOME.ok) open.outcome = outcome;
    if (--open.left > 0) return;
    this.#open.delete(request);
    this.events.over(request, open.outcome);
  }
}
