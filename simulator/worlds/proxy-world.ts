import { described } from '../described.ts';
import { Kernel } from '../kernel.ts';
import { microseconds } from '../microseconds.ts';
import { Server } from '../parts/machines/server.ts';
import { Spokes, spokeCommands } from '../parts/network/spokes.ts';
import { isForNetwork, spikesOf, Timeline } from '../parts/timeline.ts';
import { arrivedBy, OUTCOME, pendingRequests, VisitRecorder } from '../recorder.ts';
import type { NetworkCommand, RunOptions, ServerCommand } from '../scene.ts';
import { type Handled, runSettled } from '../settle.ts';
import type { StateChange, Trace } from '../trace.ts';
import type { Traffic } from '../workload/traffic.ts';
import { drawTraffic } from '../workload/traffic.ts';
import type { WebPlan } from './web.ts';

export interface ProxiedRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
}

export interface ProxiedResponse {
  readonly status: number;
  readonly body: string;
}

/** What a proxy is given to work with. */
export interface ProxySurroundings {
  readonly servers: readonly string[];
  /** Rejects when the connection is refused or breaks, or when no answer comes within the plan's `timeoutMs`. */
  readonly send: (server: string, request: ProxiedRequest) => Promise<ProxiedResponse>;
  /** Simulated time, ms. */
  readonly now: () => number;
}

/** A strategy that sends requests itself, and may send one several times. */
export interface ProxyStrategy {
  readonly proxy: (surroundings: ProxySurroundings) => {
    handle(request: ProxiedRequest): Promise<ProxiedResponse>;
  };
}

const ARRIVE = 0;
const ENTER = 1;
const FINISH = 2;
const ANSWER = 3;
const TIMEOUT = 4;
const COMMAND = 5;

/** As in `web.ts`: a refused connection is reported this long after the request was sent. */
const REFUSED_AFTER_US = 1_000;
const FINISH_STRIDE = 256;
const LOST = 'no answer from the server';

interface Waiting {
  readonly resolve: (response: ProxiedResponse) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Runs the plan of a balancer with a proxy in its place: same traffic, same servers, same faults; the plan's health
 * check is not asked, a proxy learns from what it sends. A proxy that breaks, or sends to a server that does not
 * exist, ends the run there with `failure` set.
 * @throws RangeError (as a rejection) when plan or commands name something that does not exist
 */
export async function runProxied(plan: WebPlan, strategy: ProxyStrategy, options: RunOptions): Promise<Trace> {
  return new ProxyRun(plan, strategy, options).run();
}

class ProxyRun {
  readonly #kernel = new Kernel();
  readonly #plan: WebPlan;
  readonly #seed: number;
  readonly #durationUs: number;
  readonly #spokes: Spokes;
  readonly #timeline: Timeline<ServerCommand | NetworkCommand>;
  readonly #traffic: Traffic;
  readonly #visits: VisitRecorder;
  readonly #servers: readonly Server[];
  readonly #indexOf: ReadonlyMap<string, number>;
  readonly #changes: StateChange[] = [];
  readonly #requests: Trace['requests'];
  /** Attempts whose outcome the proxy waits for, by visit. */
  readonly #waiting = new Map<number, Waiting>();
  readonly #lastVisit = new Map<number, number>();
  readonly #strategy: ProxyStrategy;
  #proxy: ReturnType<ProxyStrategy['proxy']> | undefined;
  #failure: Trace['failure'];
  #called = false;

  constructor(plan: WebPlan, strategy: ProxyStrategy, options: RunOptions) {
    this.#plan = plan;
    this.#strategy = strategy;
    this.#seed = options.seed;
    this.#durationUs = microseconds(plan.durationMs);
    const commands = [...(plan.faults ?? []), ...(options.commands ?? [])];
    this.#traffic = drawTraffic(plan.workload, options.seed, this.#durationUs, spikesOf(commands));
    this.#visits = new VisitRecorder(this.#traffic.count + 16);
    this.#requests = pendingRequests(this.#traffic.arrivedUs, this.#traffic.class);
    this.#indexOf = new Map(plan.servers.map((server, index) => [server.id, index]));
    this.#servers = plan.servers.map(
      (server, index) =>
        new Server(this.#kernel, this.#visits, server, {
          finish: FINISH,
          base: index * FINISH_STRIDE,
          costUs: (visit) => this.#traffic.costUs[this.#visits.request[visit]!]!,
          left: (visit) => this.#left(visit),
        }),
    );
    const servers = plan.servers.map(({ id }) => id);
    this.#spokes = new Spokes(servers, plan.linkMs, options.seed);
    this.#timeline = new Timeline(this.#kernel, COMMAND, commands, spokeCommands(servers));
    if (this.#traffic.count > 0) this.#kernel.at(this.#traffic.arrivedUs[0]!, ARRIVE, 0);
  }

  async run(): Promise<Trace> {
    this.#guard(() => {
      const servers = this.#plan.servers.map(({ id }) => id);
      this.#proxy = this.#strategy.proxy({ servers, send: this.#send, now: () => this.#kernel.nowUs / 1000 });
    });
    if (!this.#failure) await runSettled(this.#kernel, this.#durationUs, (kind, a, b) => this.#handle(kind, a, b));
    return this.#trace();
  }

  #handle(kind: number, a: number, b: number): Handled {
    if (this.#failure) return 'over';
    this.#called = false;
    if (kind === ARRIVE) this.#arrive(a);
    else if (kind === ENTER) this.#servers[this.#visits.node[a]! - 1]!.enter(a);
    else if (kind === FINISH) this.#servers[Math.floor(a / FINISH_STRIDE)]!.finish(a % FINISH_STRIDE, b);
    else if (kind === ANSWER) this.#answer(a);
    else if (kind === TIMEOUT) this.#timeout(a);
    else this.#obey(this.#timeline.fault(a));
    return this.#called ? 'called' : undefined;
  }

  #arrive(request: number): void {
    if (request + 1 < this.#traffic.count) this.#kernel.at(this.#traffic.arrivedUs[request + 1]!, ARRIVE, request + 1);
    this.#called = true;
    const { method } = this.#plan.workload.classes[this.#traffic.class[request]!]!;
    this.#guard(() => {
      this.#proxy!.handle({ method, path: `/${request}` }).then(
        (response) => this.#end(request, response.status < 500),
        (error: unknown) => {
          if (described(error).message === LOST) this.#end(request, false);
          else this.#fail(error);
        },
      );
    });
  }

  readonly #send = (server: string, request: ProxiedRequest): Promise<ProxiedResponse> => {
    const index = this.#indexOf.get(server);
    const number = Number(request.path.slice(1));
    if (index === undefined || !(number < this.#traffic.count)) {
      const wrong = index === undefined ? `there is no server called ${server}` : `nobody asked for ${request.path}`;
      this.#fail(new RangeError(wrong));
      return Promise.reject(new RangeError(wrong));
    }
    const visit = this.#visits.add(number, index + 1, this.#kernel.nowUs);
    this.#lastVisit.set(number, visit);
    const wayUs = this.#spokes.send(index);
    if (wayUs !== undefined) this.#kernel.after(wayUs, ENTER, visit);
    if (this.#plan.timeoutMs !== undefined) this.#kernel.after(microseconds(this.#plan.timeoutMs), TIMEOUT, visit);
    return new Promise((resolve, reject) => this.#waiting.set(visit, { resolve, reject }));
  };

  #left(visit: number): void {
    if (!this.#waiting.has(visit)) return;
    const backUs = this.#spokes.send(this.#visits.node[visit]! - 1);
    if (backUs === undefined) return;
    const refused = this.#visits.outcome[visit] === OUTCOME.refused;
    const answeredUs = refused ? this.#visits.sentUs[visit]! + REFUSED_AFTER_US : this.#kernel.nowUs + backUs;
    this.#kernel.at(Math.max(this.#kernel.nowUs, answeredUs), ANSWER, visit);
  }

  #answer(visit: number): void {
    const waiting = this.#waiting.get(visit);
    if (!waiting) return;
    this.#waiting.delete(visit);
    this.#called = true;
    if (this.#visits.outcome[visit] === OUTCOME.ok) waiting.resolve({ status: 200, body: '' });
    else waiting.reject(new Error(LOST));
  }

  #timeout(visit: number): void {
    if (!this.#waiting.has(visit)) return;
    this.#visits.outcome[visit] = OUTCOME.timeout;
    this.#answer(visit);
  }

  #end(request: number, ok: boolean): void {
    const visit = this.#lastVisit.get(request);
    const last = visit === undefined ? OUTCOME.error : this.#visits.outcome[visit]!;
    this.#requests.endedUs[request] = this.#kernel.nowUs;
    this.#requests.outcome[request] = ok ? OUTCOME.ok : last === OUTCOME.ok ? OUTCOME.error : last;
  }

  #obey(command: ServerCommand | NetworkCommand): void {
    const index = this.#indexOf.get(command.node)!;
    const server = this.#servers[index]!;
    if (!isForNetwork(command)) server.obey(command);
    else if (!this.#spokes.obey(command)) return;
    const state = this.#spokes.stateOf(index, server);
    this.#changes.push({ atUs: this.#kernel.nowUs, node: index + 1, state, speed: server.speed });
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
    return {
      durationUs: this.#durationUs,
      seed: this.#seed,
      nodes: [
        { id: 'balancer', kind: 'balancer', cores: 0 },
        ...this.#plan.servers.map(({ id, cores }) => ({ id, kind: 'server' as const, cores })),
      ],
      classes: this.#plan.workload.classes.map(({ name }) => name),
      requests: arrivedBy(this.#requests, this.#failure?.atUs),
      visits: this.#visits.columns(),
      changes: this.#changes,
      failure: this.#failure,
    };
  }
}
