import { described } from '../described.ts';
import { Kernel } from '../kernel.ts';
import { microseconds } from '../microseconds.ts';
import { Server } from '../parts/machines/server.ts';
import { serverCommands, spikesOf, Timeline } from '../parts/timeline.ts';
import { arrivedBy, OUTCOME, pendingRequests, VisitRecorder } from '../recorder.ts';
import type { Command, RunOptions, ServerCommand } from '../scene.ts';
import type { NodeState, StateChange, Trace } from '../trace.ts';
import { NEVER } from '../trace.ts';
import type { KeyedSource, KeyedTraffic } from '../workload/keyed-traffic.ts';
import { drawKeyedTraffic } from '../workload/keyed-traffic.ts';

/** Readers in front of a cache in front of a database. Times in ms of simulated time. */
export interface ReadsPlan {
  readonly durationMs: number;
  readonly sources: readonly KeyedSource[];
  /** Names of the sources whose queries pass the cache by. */
  readonly uncached?: readonly string[];
  readonly databaseCores: number;
  /** How long a look into the cache takes, whatever it finds. */
  readonly lookupMs: number;
  readonly capacity: number;
  /** How long a stored value may be served; by default for ever. */
  readonly ttlMs?: number;
  readonly faults?: readonly Command[];
}

/** What decides about reads that come to the cache: the part of the world that a lane's strategy fills. */
export interface Front {
  read(request: number): void;
  /** A query of the front is over. */
  loaded(visit: number, ok: boolean): void;
  /** The cache has come back, empty. */
  restart(): void;
}

const ARRIVE = 0;
const ENTER = 1;
const FINISH = 2;
const ANSWER = 3;
const COMMAND = 4;

const CACHE = 0;
const DATABASE = 1;

/**
 * What all read paths share: requests, the database with its queue, faults, and the books. A request that the cache
 * can answer starts there (`startedUs`) and leaves after the look-up; one that has to wait for its value never starts
 * there, and those that ask the database make a second visit, to it.
 */
export class ReadsWorld {
  readonly kernel = new Kernel();
  readonly traffic: KeyedTraffic;
  readonly visits: VisitRecorder;
  failure: Trace['failure'];

  readonly #plan: ReadsPlan;
  readonly #seed: number;
  readonly #durationUs: number;
  readonly #lookupUs: number;
  readonly #timeline: Timeline<ServerCommand>;
  readonly #requests: Trace['requests'];
  readonly #uncached: readonly boolean[];
  readonly #database: Server;
  readonly #changes: StateChange[] = [];
  /** Visit of each request to the cache, or `NEVER`. */
  readonly #atCache: Int32Array;
  /** For queries without a front: the request waits for its own. */
  readonly #direct = new Set<number>();
  #front: Front | undefined;
  #cacheUp = true;

  constructor(plan: ReadsPlan, options: RunOptions) {
    this.#plan = plan;
    this.#seed = options.seed;
    this.#durationUs = microseconds(plan.durationMs);
    this.#lookupUs = microseconds(plan.lookupMs);
    const commands = [...(plan.faults ?? []), ...(options.commands ?? [])];
    this.traffic = drawKeyedTraffic(plan.sources, options.seed, this.#durationUs, spikesOf(commands));
    this.visits = new VisitRecorder(2 * this.traffic.count);
    this.#requests = pendingRequests(this.traffic.arrivedUs, this.traffic.class);
    this.#uncached = plan.sources.map(({ name }) => plan.uncached?.includes(name) ?? false);
    this.#atCache = new Int32Array(this.traffic.count).fill(NEVER);
    this.#database = new Server(
      this.kernel,
      this.visits,
      { id: 'database', cores: plan.databaseCores },
      {
        finish: FINISH,
        base: 0,
        costUs: (visit) => this.traffic.costUs[this.visits.request[visit]!]!,
        left: (visit) => this.#left(visit),
      },
    );
    this.#timeline = new Timeline(this.kernel, COMMAND, commands, serverCommands(['cache', 'database']));
    if (this.traffic.count > 0) this.kernel.at(this.traffic.arrivedUs[0]!, ARRIVE, 0);
  }

  get durationUs(): number {
    return this.#durationUs;
  }

  use(front: Front): void {
    this.#front = front;
  }

  /** Handles one event; true when the front was called. */
  handle(kind: number, a: number, b: number): boolean {
    if (kind === ARRIVE) return this.#arrive(a);
    if (kind === ENTER) this.#database.enter(a);
    else if (kind === FINISH) this.#database.finish(a, b);
    else if (kind === ANSWER) this.#end(a, OUTCOME.ok);
    else return this.#obey(this.#timeline.fault(a));
    return kind === ENTER || kind === FINISH;
  }

  /** Sends a query for this request; the front hears `loaded` when it is over. */
  query(request: number): number {
    const visit = this.visits.add(request, DATABASE, this.kernel.nowUs);
    this.kernel.after(this.#lookupUs, ENTER, visit);
    return visit;
  }

  /** The cache holds the value: the answer leaves after the look-up. */
  hit(request: number): void {
    const visit = this.#atCache[request]!;
    const nowUs = this.kernel.nowUs;
    this.visits.startedUs[visit] = nowUs;
    this.visits.leftUs[visit] = nowUs + this.#lookupUs;
    this.visits.outcome[visit] = OUTCOME.ok;
    this.kernel.after(this.#lookupUs, ANSWER, request);
  }

  /** The request goes on to the database. */
  passOn(request: number): void {
    this.#leaveCache(request, OUTCOME.ok);
  }

  /** The value that a request waited for is there, or will never be. */
  answer(request: number, ok: boolean): void {
    this.#leaveCache(request, ok ? OUTCOME.ok : OUTCOME.error);
    this.#end(request, ok ? OUTCOME.ok : OUTCOME.error);
  }

  /** Runs strategy code; whatever it throws ends the run. */
  guard(act: () => void): void {
    try {
      act();
    } catch (error) {
      this.fail(error);
    }
  }

  fail(error: unknown): void {
    this.failure ??= { atUs: this.kernel.nowUs, ...described(error) };
  }

  trace(): Trace {
    const { key } = this.traffic;
    return {
      durationUs: this.#durationUs,
      seed: this.#seed,
      nodes: [
        { id: 'cache', kind: 'cache', cores: 0, obeys: true },
        { id: 'database', kind: 'database', cores: this.#plan.databaseCores },
      ],
      classes: this.#plan.sources.map(({ name }) => name),
      requests: arrivedBy({ ...this.#requests, key }, this.failure?.atUs),
      visits: this.visits.columns(),
      changes: this.#changes,
      failure: this.failure,
    };
  }

  #arrive(request: number): boolean {
    const next = request + 1;
    if (next < this.traffic.count) this.kernel.at(this.traffic.arrivedUs[next]!, ARRIVE, next);
    if (this.#uncached[this.traffic.class[request]!] || !this.#cacheUp) {
      this.#direct.add(this.query(request));
      return false;
    }
    const visit = this.visits.add(request, CACHE, this.kernel.nowUs);
    this.visits.enteredUs[visit] = this.kernel.nowUs;
    this.#atCache[request] = visit;
    this.#front!.read(request);
    return true;
  }

  #left(visit: number): void {
    const ok = this.visits.outcome[visit] === OUTCOME.ok;
    if (!this.#direct.delete(visit)) this.#front!.loaded(visit, ok);
    else this.#end(this.visits.request[visit]!, ok ? OUTCOME.ok : OUTCOME.error);
  }

  #leaveCache(request: number, outcome: number): void {
    const visit = this.#atCache[request]!;
    if (this.visits.leftUs[visit] !== NEVER) return;
    this.visits.leftUs[visit] = this.kernel.nowUs;
    this.visits.outcome[visit] = outcome;
  }

  #end(request: number, outcome: number): void {
    this.#requests.endedUs[request] = this.kernel.nowUs;
    this.#requests.outcome[request] = outcome;
  }

  #obey(command: ServerCommand): boolean {
    if (command.node === 'cache') return this.#obeyCache(command.kind);
    this.#database.obey(command);
    this.#note(DATABASE, this.#database.state, this.#database.speed);
    return true;
  }

  /** However a cache is stopped, what it held is gone when it comes back. */
  #obeyCache(kind: ServerCommand['kind']): boolean {
    const up = kind === 'revive' || kind === 'slow';
    if (up === this.#cacheUp) return false;
    this.#cacheUp = up;
    this.#note(CACHE, up ? 'up' : 'down', up ? 1 : 0);
    if (up) this.#front!.restart();
    return up;
  }

  #note(node: number, state: NodeState, speed: number): void {
    this.#changes.push({ atUs: this.kernel.nowUs, node, state, speed });
  }
}
