import { described } from '../described.ts';
import { Kernel } from '../kernel.ts';
import { microseconds } from '../microseconds.ts';
import type { HealthCheck } from '../parts/machines/health-check.ts';
import { HealthChecks } from '../parts/machines/health-check.ts';
import type { ServerPlan } from '../parts/machines/server.ts';
import { Server } from '../parts/machines/server.ts';
import { Spokes, spokeCommands } from '../parts/network/spokes.ts';
import type { Balancer, MakeBalancer, Route } from '../parts/slots/balancer.ts';
import { isForNetwork, spikesOf, Timeline } from '../parts/timeline.ts';
import { arrivedBy, OUTCOME, pendingRequests, VisitRecorder } from '../recorder.ts';
import type { Command, NetworkCommand, RunOptions, ServerCommand } from '../scene.ts';
import type { NodeState, StateChange, Trace } from '../trace.ts';
import type { Traffic, Workload } from '../workload/traffic.ts';
import { addressText, drawTraffic } from '../workload/traffic.ts';

/** A balancer in front of web servers. Times in ms of simulated time. */
export interface WebPlan {
  readonly durationMs: number;
  readonly servers: readonly ServerPlan[];
  readonly workload: Workload;
  /** One way between balancer and server. A cut of it is noticed by the `timeoutMs` and the health check alone. */
  readonly linkMs: number;
  /** After this long without an answer the balancer gives a request up (the server still does the work). */
  readonly timeoutMs?: number;
  /** The balancer asks every server; the strategy is told `serverLost` and `serverFound`. */
  readonly healthCheck?: HealthCheck;
  /** What happens to the world by itself; the reader's commands come on top. */
  readonly faults?: readonly Command[];
}

const ARRIVE = 0;
const ENTER = 1;
const FINISH = 2;
const ANSWER = 3;
const TIMEOUT = 4;
const COMMAND = 5;
const PROBE = 6;
const MISS = 7;

/** A refused connection is reported this long after the request was sent. */
const REFUSED_AFTER_US = 1_000;
const FINISH_STRIDE = 256;

/**
 * Runs a plan with one strategy. A strategy that throws, or names a server that does not exist, ends the run
 * there with `failure` set; nothing is ever thrown because of it.
 * @throws RangeError when plan or commands name something that does not exist
 */
export function runWeb(plan: WebPlan, make: MakeBalancer, options: RunOptions): Trace {
  return new WebRun(plan, make, options).run();
}

class WebRun {
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
  readonly #health: HealthChecks | undefined;
  /** 1 while the balancer waits for this visit's answer. */
  readonly #open: number[] = [];
  readonly #ended: (Route['ended'] | undefined)[] = [];
  readonly #requests: Trace['requests'];
  readonly #handlers: readonly ((a: number, b: number) => void)[];
  #balancer: Balancer | undefined;
  #failure: Trace['failure'];

  constructor(plan: WebPlan, make: MakeBalancer, options: RunOptions) {
    this.#plan = plan;
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
    this.#health = plan.healthCheck && this.#checks(plan.healthCheck);
    this.#handlers = this.#listHandlers();
    this.#timeline = new Timeline(this.#kernel, COMMAND, commands, spokeCommands(servers));
    this.#health?.start();
    if (this.#traffic.count > 0) this.#kernel.at(this.#traffic.arrivedUs[0]!, ARRIVE, 0);
    this.#guard(() => {
      this.#balancer = make(servers);
    });
  }

  run(): Trace {
    if (!this.#failure) {
      this.#kernel.run(this.#durationUs, (kind, a, b) => {
        this.#handlers[kind]!(a, b);
        return this.#failure === undefined;
      });
    }
    return this.#trace();
  }

  #listHandlers(): ((a: number, b: number) => void)[] {
    const handlers: ((a: number, b: number) => void)[] = [];
    handlers[ARRIVE] = (request) => this.#arrive(request);
    handlers[ENTER] = (visit) => this.#servers[this.#visits.node[visit]! - 1]!.enter(visit);
    handlers[FINISH] = (a, version) => this.#servers[Math.floor(a / FINISH_STRIDE)]!.finish(a % FINISH_STRIDE, version);
    handlers[ANSWER] = (visit) => this.#answer(visit, this.#visits.outcome[visit]!);
    handlers[TIMEOUT] = (visit) => this.#timeout(visit);
    handlers[COMMAND] = (index) => this.#obey(this.#timeline.fault(index));
    handlers[PROBE] = () => this.#health!.probe();
    handlers[MISS] = (index) => this.#health!.miss(index);
    return handlers;
  }

  #arrive(request: number): void {
    if (request + 1 < this.#traffic.count) this.#kernel.at(this.#traffic.arrivedUs[request + 1]!, ARRIVE, request + 1);
    if (this.#health?.allLost) {
      this.#end(request, OUTCOME.error);
      return;
    }
    this.#guard(() => {
      const route = this.#balancer!.route({
        id: request,
        clientIp: addressText(this.#traffic.client[request]!),
        method: this.#plan.workload.classes[this.#traffic.class[request]!]!.method,
      });
      const server = this.#indexOf.get(route?.server);
      if (server === undefined) throw new RangeError(this.#unknownServer(route?.server));
      this.#ended[request] = route.ended;
      this.#send(request, server);
    });
  }

  #send(request: number, server: number): void {
    const visit = this.#visits.add(request, server + 1, this.#kernel.nowUs);
    this.#open[visit] = 1;
    const wayUs = this.#spokes.send(server);
    if (wayUs !== undefined) this.#kernel.after(wayUs, ENTER, visit);
    if (this.#plan.timeoutMs !== undefined) this.#kernel.after(microseconds(this.#plan.timeoutMs), TIMEOUT, visit);
  }

  #left(visit: number): void {
    if (!this.#open[visit]) return;
    const backUs = this.#spokes.send(this.#visits.node[visit]! - 1);
    if (backUs === undefined) return;
    const refused = this.#visits.outcome[visit] === OUTCOME.refused;
    const answeredUs = refused ? this.#visits.sentUs[visit]! + REFUSED_AFTER_US : this.#kernel.nowUs + backUs;
    this.#kernel.at(Math.max(this.#kernel.nowUs, answeredUs), ANSWER, visit);
  }

  #answer(visit: number, outcome: number): void {
    if (!this.#open[visit]) return;
    this.#open[visit] = 0;
    this.#end(this.#visits.request[visit]!, outcome);
  }

  #timeout(visit: number): void {
    if (!this.#open[visit]) return;
    this.#visits.outcome[visit] = OUTCOME.timeout;
    this.#answer(visit, OUTCOME.timeout);
  }

  #end(request: number, outcome: number): void {
    this.#requests.endedUs[request] = this.#kernel.nowUs;
    this.#requests.outcome[request] = outcome;
    const ended = this.#ended[request];
    if (typeof ended !== 'function') return;
    this.#guard(() => ended(outcome === OUTCOME.ok));
  }

  #obey(command: ServerCommand | NetworkCommand): void {
    const index = this.#indexOf.get(command.node)!;
    const server = this.#servers[index]!;
    if (!isForNetwork(command)) server.obey(command);
    else if (!this.#spokes.obey(command)) return;
    this.#note(index, this.#spokes.stateOf(index, server), server.speed);
  }

  #checks(check: HealthCheck): HealthChecks {
    const { servers } = this.#plan;
    return new HealthChecks(this.#kernel, check, servers.length, {
      probe: PROBE,
      miss: MISS,
      ask: (index) => {
        const server = this.#servers[index]!;
        if (this.#spokes.send(index) === undefined) return 'silent';
        if (server.answers) return 'answers';
        return server.accepts ? 'silent' : 'refuses';
      },
      lost: (index) => {
        this.#note(index, 'ejected', this.#servers[index]!.speed);
        this.#guard(() => this.#balancer!.serverLost?.(servers[index]!.id));
      },
      found: (index) => this.#guard(() => this.#balancer!.serverFound?.(servers[index]!.id)),
    });
  }

  #note(index: number, state: NodeState, speed: number): void {
    this.#changes.push({ atUs: this.#kernel.nowUs, node: index + 1, state, speed });
  }

  #guard(act: () => void): void {
    try {
      act();
    } catch (error) {
      this.#failure ??= { atUs: this.#kernel.nowUs, ...described(error) };
    }
  }

  #unknownServer(server: unknown): string {
    const names = this.#plan.servers.map(({ id }) => id).join(', ');
    return `${typeof server === 'string' ? `"${server}"` : String(server)} is not one of the servers ${names}`;
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
