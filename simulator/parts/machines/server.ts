import type { Kernel } from '../../kernel.ts';
import type { VisitRecorder } from '../../recorder.ts';
import { OUTCOME } from '../../recorder.ts';
import type { ServerCommand } from '../../scene.ts';
import type { NodeState } from '../../trace.ts';

export interface ServerPlan {
  readonly id: string;
  /** Requests served at the same time, 1 … 256. */
  readonly cores: number;
  /** Requests that may wait; what comes when the queue is full is shed. Default: no bound. */
  readonly queueLimit?: number;
}

interface Core {
  /** Visit in work, or −1. */
  visit: number;
  /** CPU time left at full speed, µs, as of `sinceUs`. */
  leftUs: number;
  sinceUs: number;
  /** Tells an outdated finish event from the valid one. */
  version: number;
}

/**
 * A machine with a number of cores and one first-in-first-out queue: a request takes a whole core until it is
 * done. It may run slower, stand still (`paused`), hang (takes requests, answers none, forgets all on restart) or
 * be down. What it says about its visits goes into the recorder, and to `left` when one is over.
 */
export class Server {
  state: NodeState = 'up';
  speed = 1;
  readonly #cores: Core[];
  readonly #queue: number[] = [];
  #head = 0;

  constructor(
    private readonly kernel: Kernel,
    private readonly visits: VisitRecorder,
    readonly plan: ServerPlan,
    private readonly events: {
      /** Kind and first argument of this server's finish events; the core is added to the argument. */
      readonly finish: number;
      readonly base: number;
      /** CPU time of a visit at full speed, µs. */
      readonly costUs: (visit: number) => number;
      /** A visit is over: its outcome and time of leaving are recorded. */
      readonly left: (visit: number) => void;
    },
  ) {
    if (!(plan.cores >= 1 && plan.cores <= 256)) throw new RangeError(`cores: ${plan.cores} is not in 1 … 256`);
    this.#cores = Array.from({ length: plan.cores }, () => ({ visit: -1, leftUs: 0, sinceUs: 0, version: 0 }));
  }

  /** Takes requests that come in. */
  get accepts(): boolean {
    return this.state !== 'down';
  }

  /** Answers requests in finite time. */
  get answers(): boolean {
    return this.state === 'up' || this.state === 'slow';
  }

  enter(visit: number): void {
    if (!this.accepts) {
      this.#leave(visit, OUTCOME.refused);
      return;
    }
    const idle = this.#stands ? undefined : this.#cores.find((core) => core.visit < 0);
    if (!idle && this.#queue.length - this.#head >= (this.plan.queueLimit ?? Number.POSITIVE_INFINITY)) {
      this.#leave(visit, OUTCOME.shed);
      return;
    }
    this.visits.enteredUs[visit] = this.kernel.nowUs;
    if (idle) this.#start(idle, visit);
    else this.#queue.push(visit);
  }

  /** A finish event has come; outdated ones are ignored. */
  finish(coreIndex: number, version: number): void {
    const core = this.#cores[coreIndex]!;
    if (core.visit < 0 || core.version !== version) return;
    const visit = core.visit;
    core.visit = -1;
    this.#leave(visit, OUTCOME.ok);
    this.#startWaiting();
  }

  /** Runs at `speed` (> 0) from now on, 1 = healthy. Starts a stopped server again without losing its work. */
  run(speed: number): void {
    if (!(speed > 0)) throw new RangeError(`speed: ${speed} is not above 0`);
    this.#change(speed === 1 ? 'up' : 'slow', speed);
    this.#startWaiting();
  }

  /** Stands still with everything inside it, and takes what comes. */
  pause(): void {
    this.#change('paused', 0);
  }

  /** Like `pause`, but only `restart` ends it. */
  hang(): void {
    this.#change('hung', 0);
  }

  /** Loses what is inside and refuses from now on. */
  kill(): void {
    this.#change('down', 0);
    this.#loseAll();
  }

  /** Comes back healthy: after a pause with its work, otherwise empty. */
  revive(): void {
    if (this.state === 'hung') this.#loseAll();
    this.run(1);
  }

  /** Does what a command says. */
  obey(command: ServerCommand): void {
    if (command.kind === 'slow') this.run(command.speed);
    else this[command.kind]();
  }

  get #stands(): boolean {
    return this.speed === 0;
  }

  #change(state: NodeState, speed: number): void {
    const now = this.kernel.nowUs;
    for (const core of this.#cores) {
      if (core.visit < 0) continue;
      core.leftUs -= (now - core.sinceUs) * this.speed;
      core.sinceUs = now;
      core.version++;
    }
    this.state = state;
    this.speed = speed;
    if (speed === 0) return;
    this.#cores.forEach((core, index) => {
      if (core.visit >= 0) this.#scheduleFinish(core, index);
    });
  }

  #start(core: Core, visit: number): void {
    core.visit = visit;
    core.leftUs = this.events.costUs(visit);
    core.sinceUs = this.kernel.nowUs;
    core.version++;
    this.visits.startedUs[visit] = this.kernel.nowUs;
    this.#scheduleFinish(core, this.#cores.indexOf(core));
  }

  #startWaiting(): void {
    for (const core of this.#cores) {
      if (core.visit >= 0 || this.#head >= this.#queue.length) continue;
      this.#start(core, this.#queue[this.#head++]!);
    }
    if (this.#head > 1024 && this.#head * 2 > this.#queue.length) {
      this.#queue.splice(0, this.#head);
      this.#head = 0;
    }
  }

  #scheduleFinish(core: Core, index: number): void {
    const inUs = Math.max(0, Math.round(core.leftUs / this.speed));
    this.kernel.after(inUs, this.events.finish, this.events.base + index, core.version);
  }

  #loseAll(): void {
    const inside = this.#cores.filter((core) => core.visit >= 0).map((core) => core.visit);
    for (const core of this.#cores) core.visit = -1;
    const waiting = this.#queue.slice(this.#head);
    this.#queue.length = 0;
    this.#head = 0;
    for (const visit of [...inside, ...waiting]) this.#leave(visit, OUTCOME.lost);
  }

  #leave(visit: number, outcome: number): void {
    this.visits.leftUs[visit] = this.kernel.nowUs;
    if (this.visits.outcome[visit] === OUTCOME.pending) this.visits.outcome[visit] = outcome;
    this.events.left(visit);
  }
}
