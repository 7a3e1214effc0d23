import { microseconds } from '../microseconds.ts';
import type { MakeStore, Store } from '../parts/slots/cache.ts';
import type { RunOptions } from '../scene.ts';
import { stream } from '../stream.ts';
import type { Trace } from '../trace.ts';
import { keySampler } from '../workload/keys.ts';
import type { Front, ReadsPlan } from './reads-world.ts';
import { ReadsWorld } from './reads-world.ts';

/** Reads through a store whose policy is the lane's; looking, loading and storing are the world's. */
export interface StoreReadsPlan extends ReadsPlan {
  /** Reads of the first source before the run that fill the cache, at that source's rate. */
  readonly warmReads: number;
  /** Whether requests for a value that is being loaded wait for that load, or each start their own. */
  readonly oneLoadPerKey: boolean;
}

/**
 * Runs a plan with one store. A store that throws ends the run there with `failure` set.
 * @throws RangeError when plan or commands name something that does not exist
 */
export function runStoreReads(plan: StoreReadsPlan, make: MakeStore, options: RunOptions): Trace {
  const world = new ReadsWorld(plan, options);
  world.guard(() => {
    const front = new StoreFront(world, plan, make);
    front.warm(options.seed);
    world.use(front);
  });
  if (!world.failure) {
    world.kernel.run(world.durationUs, (kind, a, b) => {
      world.handle(kind, a, b);
      return world.failure === undefined;
    });
  }
  return world.trace();
}

class StoreFront implements Front {
  readonly #ttlUs: number;
  readonly #names: string[] = [];
  /** Requests that wait for a load, by key; the one that started it is not among them. */
  readonly #waiting = new Map<number, number[]>();
  #store: Store;
  /** Visits of loads that were sent in the cache's present life. */
  #own = new Set<number>();

  constructor(
    private readonly world: ReadsWorld,
    private readonly plan: StoreReadsPlan,
    private readonly make: MakeStore,
  ) {
    this.#store = make(plan.capacity);
    this.#ttlUs = plan.ttlMs === undefined ? Number.POSITIVE_INFINITY : microseconds(plan.ttlMs);
  }

  warm(seed: number): void {
    const source = this.plan.sources[0]!;
    const keyOf = keySampler(source.keys);
    const units = stream(seed, 'warm');
    const gapUs = 1_000_000 / source.perSecond;
    for (let read = 0; read < this.plan.warmReads; read++) {
      const atUs = -Math.round((this.plan.warmReads - read) * gapUs);
      const name = this.#name(keyOf(units.unit(), read));
      if (!this.#holds(name, atUs)) this.#store.set(name, atUs);
    }
  }

  read(request: number): void {
    const key = this.world.traffic.key[request]!;
    this.world.guard(() => {
      if (this.#holds(this.#name(key), this.world.kernel.nowUs)) {
        this.world.hit(request);
        return;
      }
      const waiting = this.#waiting.get(key);
      if (waiting) {
        waiting.push(request);
        return;
      }
      if (this.plan.oneLoadPerKey) this.#waiting.set(key, []);
      this.world.passOn(request);
      this.#own.add(this.world.query(request));
    });
  }

  loaded(visit: number, ok: boolean): void {
    const request = this.world.visits.request[visit]!;
    const key = this.world.traffic.key[request]!;
    this.world.answer(request, ok);
    const waiting = this.#waiting.get(key);
    this.#waiting.delete(key);
    for (const waiter of waiting ?? []) this.world.answer(waiter, ok);
    if (!this.#own.delete(visit) || !ok) return;
    this.world.guard(() => this.#store.set(this.#name(key), this.world.kernel.nowUs));
  }

  restart(): void {
    this.#own = new Set();
    this.world.guard(() => {
      this.#store = this.make(this.plan.capacity);
    });
  }

  #holds(name: string, nowUs: number): boolean {
    const storedUs = this.#store.get(name);
    if (storedUs === undefined) return false;
    if (typeof storedUs !== 'number') throw new TypeError(`get: ${String(storedUs)} was never stored`);
    return nowUs < storedUs + this.#ttlUs;
  }

  #name(key: number): string {
    this.#names[key] ??= `feed-${key + 1}`;
    return this.#names[key]!;
  }
}
