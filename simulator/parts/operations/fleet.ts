import type { Kernel } from '../../kernel.ts';
import { microseconds } from '../../microseconds.ts';

export interface FleetPlan {
  /** Fewest and most machines that may be wanted, 0 ≤ min ≤ max. There are `max` machines, numbered from 0. */
  readonly min: number;
  readonly max: number;
  /** Machines that are up when the run begins, min … max. */
  readonly initial: number;
  /** From the order to start a machine until it takes work, ms: boot, load, warm up. */
  readonly startUpMs: number;
}

/** `draining`: takes nothing new and ends when its work is done. `down`: crashed. Only `off` costs nothing. */
export type MachineState = 'off' | 'starting' | 'up' | 'draining' | 'down';

interface Machine {
  state: MachineState;
  startedUs: number;
  /** Tells an outdated event from the valid one. */
  version: number;
}

/**
 * Machines of one kind that are started, stopped and paid for: consumers, web servers. What a machine does is the
 * world's affair; the fleet says when it may begin (`ready`), should end (`drain`, answered by `left`) or has died.
 */
export class Fleet {
  readonly #machines: Machine[];
  #wanted: number;
  #starts = 0;
  /** How long each machine was paid for that is off again, µs. */
  readonly #livesUs: number[] = [];

  /** @throws RangeError when a number of the plan is out of range */
  constructor(
    private readonly kernel: Kernel,
    readonly plan: FleetPlan,
    private readonly events: {
      /** Kind of the fleet's own events. */
      readonly kind: number;
      /** The machine takes work from now on. */
      readonly ready: (machine: number) => void;
      /** The machine should take nothing new; the world calls `left` when it is empty, perhaps at once. */
      readonly drain: (machine: number) => void;
      /** The machine has died with everything in it. */
      readonly crashed: (machine: number) => void;
      readonly changed?: (machine: number, state: MachineState) => void;
    },
  ) {
    const { min, max, initial, startUpMs } = plan;
    if (!(min >= 0 && min <= initial && initial <= max)) {
      throw new RangeError(`initial: 0 ≤ ${min} ≤ ${initial} ≤ ${max} does not hold`);
    }
    if (!(startUpMs >= 0)) throw new RangeError(`startUpMs: ${startUpMs} is below 0`);
    this.#machines = Array.from({ length: max }, () => ({ state: 'off', startedUs: 0, version: 0 }));
    this.#wanted = initial;
    for (let machine = 0; machine < initial; machine++) this.#start(machine, 0);
  }

  /** How many there should be: starting, up and crashed ones that come back together. */
  get wanted(): number {
    return this.#wanted;
  }

  /** Machines that were ever ordered to start, those of the beginning included. */
  get starts(): number {
    return this.#starts;
  }

  state(machine: number): MachineState {
    return this.#machines[machine]!.state;
  }

  count(state: MachineState): number {
    return this.#machines.filter((machine) => machine.state === state).length;
  }

  /**
   * Starts or stops machines until there are so many. Those that are still starting are stopped first, then the
   * youngest. One that drains is not called back: while all others are in use, its place is filled when it has left.
   * @throws RangeError when `wanted` is not a whole number in min … max
   */
  resize(wanted: number): void {
    if (!(wanted >= this.plan.min && wanted <= this.plan.max) || wanted !== Math.floor(wanted)) {
      throw new RangeError(`wanted: ${wanted} is not a whole number in ${this.plan.min} … ${this.plan.max}`);
    }
    this.#wanted = wanted;
    this.#fit();
  }

  /** A draining machine is empty: it goes off. */
  left(machine: number): void {
    if (this.#machines[machine]!.state !== 'draining') return;
    this.#end(machine);
    this.#fit();
  }

  /** Kills a machine that is up or draining; one that is up is back after `backAfterMs`, if that is given. */
  crash(machine: number, backAfterMs?: number): void {
    const { state } = this.#machines[machine]!;
    if (state !== 'up' && state !== 'draining') return;
    if (state === 'draining') this.#end(machine);
    else this.#become(machine, 'down');
    this.events.crashed(machine);
    if (state === 'draining') this.#fit();
    else if (backAfterMs !== undefined) this.#comeUp(machine, microseconds(backAfterMs));
  }

  /** The start-up of a machine is over. */
  handle(machine: number, version: number): void {
    if (this.#machines[machine]!.version !== version) return;
    this.#become(machine, 'up');
    this.events.ready(machine);
  }

  /** Time that all machines together have been paid for, µs: from the order to start until off. */
  machineUs(): number {
    return this.billedUs(0);
  }

  /** The same with a least time per start, µs: clouds bill a minute that has begun. */
  billedUs(leastMs: number): number {
    const leastUs = microseconds(leastMs);
    const { nowUs } = this.kernel;
    const running = this.#machines.filter(({ state }) => state !== 'off').map(({ startedUs }) => nowUs - startedUs);
    return [...this.#livesUs, ...running].reduce((sum, lifeUs) => sum + Math.max(leastUs, lifeUs), 0);
  }

  #fit(): void {
    while (this.#members() > this.#wanted) this.#stop(this.#nextToStop());
    for (const machine of this.#machines.keys()) {
      if (this.#members() >= this.#wanted) return;
      if (this.state(machine) === 'off') this.#start(machine, microseconds(this.plan.startUpMs));
    }
  }

  #members(): number {
    return this.count('starting') + this.count('up') + this.count('down');
  }

  #nextToStop(): number {
    const starting = this.count('starting') > 0;
    let youngest = -1;
    this.#machines.forEach(({ state, startedUs }, machine) => {
      const may = starting ? state === 'starting' : state === 'up' || state === 'down';
      if (may && !(startedUs < (this.#machines[youngest]?.startedUs ?? 0))) youngest = machine;
    });
    return youngest;
  }

  #start(machine: number, inUs: number): void {
    this.#starts++;
    this.#machines[machine]!.startedUs = this.kernel.nowUs;
    this.#become(machine, 'starting');
    this.#comeUp(machine, inUs);
  }

  #comeUp(machine: number, inUs: number): void {
    this.kernel.after(inUs, this.events.kind, machine, this.#machines[machine]!.version);
  }

  #stop(machine: number): void {
    if (this.#machines[machine]!.state !== 'up') {
      this.#end(machine);
      return;
    }
    this.#become(machine, 'draining');
    this.events.drain(machine);
  }

  #end(machine: number): void {
    this.#livesUs.push(this.kernel.nowUs - this.#machines[machine]!.startedUs);
    this.#become(machine, 'off');
  }

  #become(machine: number, state: MachineState): void {
    const it = this.#machines[machine]!;
    it.state = state;
    it.version++;
    this.events.changed?.(machine, state);
  }
}
