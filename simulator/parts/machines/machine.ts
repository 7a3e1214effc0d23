import type { Kernel } from '../../kernel.ts';
import { microseconds } from '../../microseconds.ts';
import type { VisitRecorder } from '../../recorder.ts';
import { OUTCOME } from '../../recorder.ts';
import type { ServerCommand } from '../../scene.ts';
import { NEVER } from '../../trace.ts';
import { Disk } from './disk.ts';
import { Memory } from './memory.ts';
import type { ServerPlan } from './server.ts';
import { Server } from './server.ts';

export interface MachinePlan extends ServerPlan {
  /** Memory for requests. Without it there is always enough. */
  readonly memory?: {
    readonly limitMb: number;
    /** What one request holds from its arrival until its answer has been received. */
    readonly perRequestMb: number;
    /** From running out of memory to taking requests again. Without it a machine stays down until it is revived. */
    readonly restartMs?: number;
  };
  /** Without it every operation takes no time. */
  readonly disk?: { readonly iops: number };
  /** Requests inside at the same time; who comes when all are taken waits outside, holding nothing. Default: no bound. */
  readonly slots?: number;
}

/** What one request asks of a machine. */
export interface Work {
  /** CPU time at full speed, µs. */
  readonly costUs: number;
  /** Disk operations, done before the CPU work; default 0. */
  readonly diskOps?: number;
  /** How long the answer takes to be received, µs: a slow phone keeps its memory. Default 0. */
  readonly receivingUs?: number;
}

/**
 * A process on a machine of cores, memory and disk. A visit takes a slot and its memory, waits for the disk, then for
 * a core (`Server`: first in, first out), and keeps both slot and memory until its answer has been received. What does
 * not fit into memory kills the process: all that is inside or waits outside is lost, and it may start again by itself.
 *
 * The columns of a visit tell of the cores (`enteredUs` is when it joined their queue); how it ended for its user is
 * told to `done`.
 */
export class Machine {
  readonly memory: Memory | undefined;
  /** Times that memory ran out. */
  deaths = 0;
  readonly #server: Server;
  readonly #disk: Disk | undefined;
  readonly #inside = new Set<number>();
  #outside: number[] = [];
  /** Tells the restart after this death from one after an earlier death. */
  #life = 0;

  /** @throws RangeError when a number of the plan is out of range */
  constructor(
    private readonly kernel: Kernel,
    private readonly visits: VisitRecorder,
    readonly plan: MachinePlan,
    private readonly events: {
      /** Kind and first argument of the cores' finish events, as for `Server`. */
      readonly finish: number;
      readonly base: number;
      /** Kinds of the events for `read` and `received` (first argument: the visit), and for `restart` (second one). */
      readonly read: number;
      readonly received: number;
      readonly restart: number;
      readonly work: (visit: number) => Work;
      /** A visit is over for its user. */
      readonly done: (visit: number, outcome: number) => void;
      /** The process has died of memory, or started again by itself: `state` is another. */
      readonly changed: () => void;
    },
  ) {
    if (!((plan.slots ?? 1) >= 1)) throw new RangeError(`slots: ${plan.slots} is less than 1`);
    this.memory = plan.memory && new Memory(plan.memory.limitMb);
    this.#disk = plan.disk && new Disk(plan.disk.iops);
    this.#server = new Server(kernel, visits, plan, {
      finish: events.finish,
      base: events.base,
      costUs: (visit) => events.work(visit).costUs,
      left: (visit) => this.#left(visit),
    });
  }

  get state(): Server['state'] {
    return this.#server.state;
  }

  get speed(): number {
    return this.#server.speed;
  }

  /** Requests that hold a slot. */
  get inside(): number {
    return this.#inside.size;
  }

  /** Requests that wait for a slot. */
  get outside(): number {
    return this.#outside.length;
  }

  enter(visit: number): void {
    if (!this.#server.accepts) this.#server.enter(visit);
    else if (this.#inside.size < (this.plan.slots ?? Number.POSITIVE_INFINITY)) this.#admit(visit);
    else this.#outside.push(visit);
  }

  /** The disk has done what this visit asked for. */
  read(visit: number): void {
    if (this.#inside.has(visit)) this.#server.enter(visit);
  }

  /** A finish event of the cores has come. */
  finish(core: number, version: number): void {
    this.#server.finish(core, version);
  }

  /** The user has all of this visit's answer. */
  received(visit: number): void {
    if (this.#inside.has(visit)) this.#end(visit, OUTCOME.ok);
  }

  /** The time of a restart has come; an outdated one is ignored. */
  restart(life: number): void {
    if (life !== this.#life || this.state !== 'down') return;
    this.#server.revive();
    this.events.changed();
  }

  /** Does what a command says; a machine that comes back from hanging has forgotten all that it held. */
  obey(command: ServerCommand): void {
    const forgets = command.kind === 'kill' || (command.kind === 'revive' && this.state === 'hung');
    if (forgets) this.#loseAll();
    this.#server.obey(command);
  }

  #admit(visit: number): void {
    const { memory, disk } = this.plan;
    if (memory && !this.memory!.hold(visit, memory.perRequestMb)) {
      this.#runOut(visit, memory.restartMs);
      return;
    }
    this.#inside.add(visit);
    const { diskOps = 0 } = this.events.work(visit);
    if (!disk || diskOps === 0) this.#server.enter(visit);
    else this.kernel.after(this.#disk!.use(this.kernel.nowUs, diskOps), this.events.read, visit);
  }

  /** The cores are through with a visit, or have lost or turned it away. */
  #left(visit: number): void {
    const outcome = this.visits.outcome[visit]!;
    const { receivingUs = 0 } = this.events.work(visit);
    if (outcome !== OUTCOME.ok || receivingUs === 0) this.#end(visit, outcome);
    else this.kernel.after(receivingUs, this.events.received, visit);
  }

  #end(visit: number, outcome: number): void {
    const freed = this.#inside.delete(visit);
    this.memory?.release(visit);
    this.events.done(visit, outcome);
    if (freed && this.#outside.length > 0) this.#admit(this.#outside.shift()!);
  }

  #runOut(visit: number, restartMs: number | undefined): void {
    this.deaths++;
    this.#outside.push(visit);
    this.#loseAll();
    if (restartMs !== undefined) {
      this.kernel.after(microseconds(restartMs), this.events.restart, this.events.base, this.#life);
    }
    this.events.changed();
  }

  #loseAll(): void {
    this.#life++;
    this.#disk?.clear();
    const outside = this.#outside;
    this.#outside = [];
    this.#server.kill();
    for (const visit of [...this.#inside, ...outside]) {
      if (this.visits.leftUs[visit] === NEVER) {
        this.visits.leftUs[visit] = this.kernel.nowUs;
        if (this.visits.outcome[visit] === OUTCOME.pending) this.visits.outcome[visit] = OUTCOME.lost;
      }
      this.#end(visit, OUTCOME.lost);
    }
  }
}
