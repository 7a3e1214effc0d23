import { described } from '../described.ts';
import { Kernel } from '../kernel.ts';
import { microseconds } from '../microseconds.ts';
import type { MakeVersionedCache, Row, RowStore, VersionedCache } from '../parts/slots/versioned-cache.ts';
import { serverCommands, spikesOf, Timeline } from '../parts/timeline.ts';
import { arrivedBy, OUTCOME, pendingRequests, VisitRecorder } from '../recorder.ts';
import type { RunOptions, ServerCommand } from '../scene.ts';
import { afterPromiseJobs, runSettled } from '../settle.ts';
import type { NodeState, StateChange, Trace } from '../trace.ts';
import { NEVER } from '../trace.ts';
import type { Cost } from '../workload/cost.ts';
import { drawCostUs } from '../workload/cost.ts';
import type { KeyedSource, KeyedTraffic } from '../workload/keyed-traffic.ts';
import { drawKeyedTraffic } from '../workload/keyed-traffic.ts';
import { drawsOf } from '../workload/keys.ts';
import { RowHistory } from './row-history.ts';

/**
 * Readers and writers of the same rows, a cache in the web process and a database large enough that nobody queues:
 * only the order of steps decides. Times in ms of simulated time.
 */
export interface VersionedPlan {
  readonly durationMs: number;
  readonly reads: KeyedSource;
  readonly writes: KeyedSource;
  /** From a query's arrival at the database to the moment whose value it sees. */
  readonly seeing: Cost;
  /** From there to the answer's departure. */
  readonly answering: Cost;
  readonly committing: Cost;
  /** One way between web process and database. */
  readonly hopMs: number;
  /** A web process sometimes stands still when a message leaves or arrives: how often (0 … 1), and how long. */
  readonly pauses: { readonly share: number; readonly length: Cost };
  readonly lookupMs: number;
  readonly capacity: number;
  /** Keys 0 … this − 1 are in the cache when the run begins. */
  readonly warmKeys: number;
  /** Somebody else writes: the cache's write path is never called. */
  readonly writesPassBy: boolean;
}

const ARRIVE = 0;
const AT_DATABASE = 1;
const SEE = 2;
const COMMIT = 3;
const BACK = 4;
const ANSWER = 5;
const COMMAND = 6;

const READ = 0;
const CACHE = 0;
const DATABASE = 1;
const NO_ANSWER = 'the database gives no answer';

/** What a command makes of the database. */
const STATES = { kill: 'down', hang: 'hung', pause: 'paused', revive: 'up', slow: 'slow' } as const;

/**
 * Runs a plan with one cache. One that throws, or rejects with anything but the database's own error, ends the run
 * there with `failure` set.
 * @throws RangeError when plan or commands name something that does not exist
 */
export async function runVersioned(plan: VersionedPlan, make: MakeVersionedCache, options: RunOptions): Promise<Trace> {
  const run = new VersionedRun(plan, make, options);
  await run.warm();
  return run.run();
}

interface Call {
  readonly request: number;
  readonly visit: number;
  readonly key: number;
  /** The value to commit; a read has none. */
  readonly value: string | undefined;
  /** When the answer's parts take place, µs from one to the next. */
  readonly workUs: number;
  readonly answerUs: number;
  readonly backUs: number;
  readonly settle: (ok: boolean, row: Row) => void;
}

class VersionedRun {
  readonly #kernel = new Kernel();
  readonly #traffic: KeyedTraffic;
  readonly #visits: VisitRecorder;
  readonly #requests: Trace['requests'];
  readonly #staleUs: Float64Array<ArrayBuffer>;
  readonly #timeline: Timeline<ServerCommand>;
  readonly #changes: StateChange[] = [];
  readonly #calls: Call[] = [];
  /** What each call saw or made, once it did. */
  readonly #rows: (Row | undefined)[] = [];
  readonly #history = new RowHistory();
  readonly #seed: number;
  /** Calls that each request has made to the database. */
  readonly #made: Uint8Array;
  #cache: VersionedCache | undefined;
  #asking = NEVER;
  #warming = true;
  #state: NodeState = 'up';
  #speed = 1;
  #failure: Trace['failure'];

  constructor(
    private readonly plan: VersionedPlan,
    make: MakeVersionedCache,
    options: RunOptions,
  ) {
    this.#seed = options.seed;
    const commands = options.commands ?? [];
    const durationUs = microseconds(plan.durationMs);
    this.#traffic = drawKeyedTraffic([plan.reads, plan.writes], options.seed, durationUs, spikesOf(commands));
    this.#visits = new VisitRecorder(2 * this.#traffic.count);
    this.#requests = pendingRequests(this.#traffic.arrivedUs, this.#traffic.class);
    this.#staleUs = new Float64Array(this.#traffic.count).fill(NEVER);
    this.#made = new Uint8Array(this.#traffic.count);
    this.#timeline = new Timeline(this.#kernel, COMMAND, commands, serverCommands(['database']));
    if (this.#traffic.count > 0) this.#kernel.at(this.#traffic.arrivedUs[0]!, ARRIVE, 0);
    const db: RowStore = {
      read: (key) => this.#read(key),
      write: (key, value) => this.#write(key, value),
    };
    this.#guard(() => {
      this.#cache = make({ db, capacity: plan.capacity });
    });
  }

  /** Lets the cache read what it is to hold; the database answers at once. */
  async warm(): Promise<void> {
    this.#guard(() => {
      for (let key = 0; key < this.plan.warmKeys; key++) {
        this.#cache?.read(nameOf(key)).catch((error: unknown) => this.#fail(error));
      }
    });
    await new Promise<void>((done) => afterPromiseJobs(done));
    this.#warming = false;
  }

  async run(): Promise<Trace> {
    if (!this.#failure) {
      await runSettled(this.#kernel, microseconds(this.plan.durationMs), (kind, a) => {
        this.#handle(kind, a);
        if (this.#failure) return 'over';
        return kind === ARRIVE || kind === BACK ? 'called' : undefined;
      });
    }
    return this.#trace();
  }

  #handle(kind: number, a: number): void {
    if (kind === ARRIVE) this.#arrive(a);
    else if (kind === AT_DATABASE) this.#reach(a);
    else if (kind === SEE) this.#see(a);
    else if (kind === COMMIT) this.#commit(a);
    else if (kind === BACK) this.#back(a);
    else if (kind === ANSWER) this.#end(a, OUTCOME.ok);
    else this.#obey(this.#timeline.fault(a));
  }

  #arrive(request: number): void {
    const next = request + 1;
    if (next < this.#traffic.count) this.#kernel.at(this.#traffic.arrivedUs[next]!, ARRIVE, next);
    this.#asking = request;
    const key = nameOf(this.#traffic.key[request]!);
    if (this.#traffic.class[request] === READ) this.#guard(() => this.#startRead(request, key));
    else this.#guard(() => this.#startWrite(request, key));
  }

  #startRead(request: number, key: string): void {
    const visit = this.#visits.add(request, CACHE, this.#kernel.nowUs);
    this.#visits.enteredUs[visit] = this.#kernel.nowUs;
    const leave = (outcome: number): void => {
      this.#visits.leftUs[visit] = this.#kernel.nowUs;
      this.#visits.outcome[visit] = outcome;
      this.#end(request, outcome);
    };
    this.#cache!.read(key).then(
      (value) => {
        const arrivedUs = this.#traffic.arrivedUs[request]!;
        const staleUs = this.#history.staleUs(this.#traffic.key[request]!, value, arrivedUs);
        if (staleUs === undefined) {
          this.#fail(new TypeError(`read("${key}") gave ${String(value)}, which was never written there`));
          return;
        }
        this.#staleUs[request] = staleUs;
        if (this.#kernel.nowUs !== arrivedUs) {
          leave(OUTCOME.ok);
          return;
        }
        this.#visits.startedUs[visit] = arrivedUs;
        this.#visits.leftUs[visit] = arrivedUs + microseconds(this.plan.lookupMs);
        this.#visits.outcome[visit] = OUTCOME.ok;
        this.#kernel.after(microseconds(this.plan.lookupMs), ANSWER, request);
      },
      (error: unknown) => this.#refused(error, () => leave(OUTCOME.error)),
    );
  }

  #startWrite(request: number, key: string): void {
    const value = `${key}, write ${request}`;
    const done = this.plan.writesPassBy ? this.#write(key, value) : this.#cache!.write(key, value);
    done.then(
      () => {
        this.#history.acknowledge(this.#traffic.key[request]!, value, this.#kernel.nowUs);
        this.#end(request, OUTCOME.ok);
      },
      (error: unknown) => this.#refused(error, () => this.#end(request, OUTCOME.error)),
    );
  }

  #read(name: string): Promise<Row> {
    const key = keyOf(name);
    if (this.#warming) return Promise.resolve(this.#history.row(key));
    return new Promise((resolve, reject) => {
      this.#call(key, undefined, (ok, row) => (ok ? resolve(row) : reject(new Error(NO_ANSWER))));
    });
  }

  #write(name: string, value: string): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#call(keyOf(name), value, (ok, row) => (ok ? resolve(row.version) : reject(new Error(NO_ANSWER))));
    });
  }

  /** Draws of a call belong to its request and to how many calls that request has made. */
  #call(key: number, value: string | undefined, settle: Call['settle']): void {
    const request = this.#asking;
    const draws = drawsOf(this.#seed, 'steps', request, this.#made[request]!++);
    const { plan } = this;
    const hopUs = (): number => {
      const pauses = draws.unit() < plan.pauses.share;
      const pauseUs = drawCostUs(plan.pauses.length, draws);
      return microseconds(plan.hopMs) + (pauses ? pauseUs : 0);
    };
    const workUs = drawCostUs(value === undefined ? plan.seeing : plan.committing, draws);
    const answerUs = drawCostUs(plan.answering, draws);
    const outUs = hopUs();
    const visit = this.#visits.add(request, DATABASE, this.#kernel.nowUs);
    this.#calls.push({ request, visit, key, value, workUs, answerUs, backUs: hopUs(), settle });
    this.#kernel.after(outUs, AT_DATABASE, this.#calls.length - 1);
  }

  #reach(index: number): void {
    const call = this.#calls[index]!;
    const { visit } = call;
    this.#visits.enteredUs[visit] = this.#kernel.nowUs;
    this.#visits.startedUs[visit] = this.#kernel.nowUs;
    const workUs = Math.round(call.workUs / this.#speed);
    this.#kernel.after(workUs, call.value === undefined ? SEE : COMMIT, index);
  }

  #see(index: number): void {
    const call = this.#calls[index]!;
    if (this.#answers) this.#rows[index] = this.#history.row(call.key);
    this.#leave(call, Math.round(call.answerUs / this.#speed), index);
  }

  #commit(index: number): void {
    const call = this.#calls[index]!;
    if (this.#answers) this.#rows[index] = this.#history.commit(call.key, call.value!);
    this.#leave(call, 0, index);
  }

  get #answers(): boolean {
    return this.#state === 'up' || this.#state === 'slow';
  }

  /** A database that is down refuses; one that hangs or stands still never answers what it has taken. */
  #leave(call: Call, inUs: number, index: number): void {
    if (!this.#answers && this.#state !== 'down') return;
    this.#visits.leftUs[call.visit] = this.#kernel.nowUs + inUs;
    this.#visits.outcome[call.visit] = this.#rows[index] ? OUTCOME.ok : OUTCOME.refused;
    this.#kernel.after(inUs + call.backUs, BACK, index);
  }

  #back(index: number): void {
    const call = this.#calls[index]!;
    const row = this.#rows[index];
    this.#asking = call.request;
    call.settle(row !== undefined, row ?? { value: '', version: 0 });
  }

  #end(request: number, outcome: number): void {
    this.#requests.endedUs[request] = this.#kernel.nowUs;
    this.#requests.outcome[request] = outcome;
  }

  #obey(command: ServerCommand): void {
    this.#speed = command.kind === 'slow' ? command.speed : 1;
    this.#state = STATES[command.kind];
    const speed = this.#answers ? this.#speed : 0;
    this.#changes.push({ atUs: this.#kernel.nowUs, node: DATABASE, state: this.#state, speed });
  }

  #refused(error: unknown, act: () => void): void {
    if (error instanceof Error && error.message === NO_ANSWER) act();
    else this.#fail(error);
  }

  #guard(act: () => void): void {
    try {
      act();
    } catch (error) {
      this.#fail(error);
    }
  }

  #fail(error: unknown): void {
    this.#failure ??= { atUs: this.#kernel.nowUs, ...described(error) };
  }

  #trace(): Trace {
    const { key } = this.#traffic;
    return {
      durationUs: microseconds(this.plan.durationMs),
      seed: this.#seed,
      nodes: [
        { id: 'cache', kind: 'cache', cores: 0 },
        { id: 'database', kind: 'database', cores: 8 },
      ],
      classes: [this.plan.reads.name, this.plan.writes.name],
      requests: arrivedBy({ ...this.#requests, key, staleUs: this.#staleUs }, this.#failure?.atUs),
      visits: this.#visits.columns(),
      changes: this.#changes,
      failure: this.#failure,
    };
  }
}

function nameOf(key: number): string {
  return `feed-${key + 1}`;
}

function keyOf(name: string): number {
  return Number(name.slice('feed-'.length)) - 1;
}
