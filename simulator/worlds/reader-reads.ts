import { mix } from '../hash.ts';
import type { MakeReader, Reader } from '../parts/slots/cache.ts';
import type { RunOptions } from '../scene.ts';
import { afterPromiseJobs, runSettled } from '../settle.ts';
import type { Trace } from '../trace.ts';
import type { Front, ReadsPlan } from './reads-world.ts';
import { ReadsWorld } from './reads-world.ts';

/** Reads through a cache that answers with promises and loads by itself. */
export interface ReaderReadsPlan extends ReadsPlan {
  readonly ttlMs: number;
  /** Web processes, each with a cache of its own. */
  readonly processes: number;
  /** Keys 0 … this − 1 are in every cache when the run begins. */
  readonly warmKeys: number;
  /** They were stored evenly over this long before it; 0: all at its first moment. Less than `ttlMs`. */
  readonly warmOverMs: number;
}

/**
 * Runs a plan with one read path. One that throws, or rejects with anything but the database's own error, ends the run
 * there with `failure` set.
 * @throws RangeError when plan or commands name something that does not exist
 */
export async function runReaderReads(plan: ReaderReadsPlan, make: MakeReader, options: RunOptions): Promise<Trace> {
  const world = new ReadsWorld(plan, options);
  const front = new ReaderFront(world, plan, make);
  world.use(front);
  front.restart();
  await front.warm();
  if (!world.failure) {
    await runSettled(world.kernel, world.durationUs, (kind, a, b) => {
      const called = world.handle(kind, a, b);
      if (world.failure) return 'over';
      return called ? 'called' : undefined;
    });
  }
  return world.trace();
}

/** A load that the database refused, lost or never got rejects with this. */
const NO_ANSWER = 'the database gives no answer';

const WARM_STEPS = 50;

class ReaderFront implements Front {
  #readers: Reader[] = [];
  /** Whose call the strategy's next load belongs to. */
  #asking = -1;
  #open = false;
  /** How long before the run's first moment it is, ms, while the caches are being filled. */
  #aheadMs = 0;
  readonly #loads = new Map<
    number,
    { resolve: (value: string) => void; reject: (error: Error) => void; key: string }
  >();

  constructor(
    private readonly world: ReadsWorld,
    private readonly plan: ReaderReadsPlan,
    private readonly make: MakeReader,
  ) {}

  /** Lets the caches load what they are to hold: until this is done, loads answer at once. */
  async warm(): Promise<void> {
    const { warmKeys, warmOverMs } = this.plan;
    const steps = warmOverMs > 0 ? WARM_STEPS : 1;
    for (let step = 0; step < steps && !this.world.failure; step++) {
      this.#aheadMs = (warmOverMs * (steps - 1 - step)) / steps;
      for (let key = step; key < warmKeys; key += steps) this.#warmKey(nameOf(key));
      await new Promise<void>((done) => afterPromiseJobs(done));
    }
    this.#aheadMs = 0;
    this.#open = true;
  }

  read(request: number): void {
    const { world } = this;
    const name = nameOf(world.traffic.key[request]!);
    const arrivedUs = world.kernel.nowUs;
    this.#asking = request;
    world.guard(() => {
      this.#readers[mix(request) % this.#readers.length]!.get(name).then(
        (value) => {
          if (value !== postsOf(name)) world.fail(new TypeError(`get("${name}") gave ${String(value)}`));
          else if (world.kernel.nowUs === arrivedUs) world.hit(request);
          else world.answer(request, true);
        },
        (error: unknown) => {
          if (error instanceof Error && error.message === NO_ANSWER) world.answer(request, false);
          else world.fail(error);
        },
      );
    });
  }

  loaded(visit: number, ok: boolean): void {
    const load = this.#loads.get(visit)!;
    this.#loads.delete(visit);
    this.#asking = this.world.visits.request[visit]!;
    if (ok) load.resolve(postsOf(load.key));
    else load.reject(new Error(NO_ANSWER));
  }

  restart(): void {
    const { ttlMs, capacity, processes } = this.plan;
    const now = (): number => this.world.kernel.nowUs / 1000 - this.#aheadMs;
    const load = (key: string): Promise<string> => this.#load(key);
    this.world.guard(() => {
      this.#readers = Array.from({ length: processes }, () => this.make({ load, ttlMs, capacity, now }));
    });
  }

  #warmKey(name: string): void {
    this.world.guard(() => {
      for (const reader of this.#readers) reader.get(name).catch((error: unknown) => this.world.fail(error));
    });
  }

  #load(key: string): Promise<string> {
    if (!this.#open) return Promise.resolve(postsOf(key));
    return new Promise((resolve, reject) => {
      this.world.passOn(this.#asking);
      this.#loads.set(this.world.query(this.#asking), { resolve, reject, key });
    });
  }
}

function nameOf(key: number): string {
  return `feed-${key + 1}`;
}

function postsOf(name: string): string {
  return `posts of ${name}`;
}
