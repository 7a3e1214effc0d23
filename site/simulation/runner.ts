import type { Trace } from '../../simulator/trace.ts';
import type { Figures, LaneSource, RunRequest, Thrown, WorkerAnswer } from './protocol.ts';

/** How long a learner's code may take for one run, ms, before it is stopped. */
export const LIMIT_MS = 3_000;

export type World = Pick<RunRequest, 'scene' | 'params' | 'seed' | 'commands'>;

export interface RunEvents {
  readonly trace: (trace: Trace) => void;
  readonly figures: (figures: Figures) => void;
  readonly threw: (thrown: Thrown) => void;
  /** The run was stopped because it took longer than `LIMIT_MS`. Course code is never stopped. */
  readonly tooLong?: () => void;
}

interface Job {
  readonly world: World;
  readonly source: LaneSource;
  readonly events: RunEvents;
}

/** Runs the course's own lanes, one after another in one worker. A lane's newest job replaces one that waits. */
export class CourseRunner {
  readonly #worker: Worker;
  readonly #waiting = new Map<string, Job>();
  #busy = false;
  #run = 0;

  constructor(scene: string) {
    this.#worker = startWorker(scene);
  }

  run(lane: string, job: Job): void {
    this.#waiting.delete(lane);
    this.#waiting.set(lane, job);
    if (!this.#busy) this.#next();
  }

  dispose(): void {
    this.#waiting.clear();
    this.#worker.terminate();
  }

  #next(): void {
    const [lane, job] = this.#waiting.entries().next().value ?? [];
    this.#busy = job !== undefined;
    if (lane === undefined || job === undefined) return;
    this.#waiting.delete(lane);
    const obsolete = () => this.#waiting.has(lane);
    listen(this.#worker, ++this.#run, job.events, obsolete, () => this.#next());
    this.#worker.postMessage(request(this.#run, job));
  }
}

/**
 * Runs a learner's code: every run in a worker in which nothing has run before, made ready in advance, and stopped
 * when it takes too long. What they write can neither hang the page nor leave anything behind for the next run.
 */
export class LearnerRunner {
  #ready: Worker;
  #busy: Worker | undefined;
  #watchdog = 0;
  #run = 0;

  constructor(private readonly scene: string) {
    this.#ready = startWorker(scene);
  }

  /** Stops the run before it, if that one is still at work. */
  run(job: Job): void {
    this.#stop();
    const worker = this.#ready;
    this.#busy = worker;
    const finish = () => {
      if (this.#busy !== worker) return;
      this.#stop();
      this.#ready = startWorker(this.scene);
    };
    this.#watchdog = window.setTimeout(() => {
      finish();
      job.events.tooLong?.();
    }, LIMIT_MS);
    listen(worker, ++this.#run, job.events, () => this.#busy !== worker, finish);
    worker.postMessage(request(this.#run, job));
  }

  dispose(): void {
    this.#stop();
    this.#ready.terminate();
  }

  #stop(): void {
    window.clearTimeout(this.#watchdog);
    if (this.#busy === this.#ready) this.#ready = startWorker(this.scene);
    this.#busy?.terminate();
    this.#busy = undefined;
  }
}

function startWorker(scene: string): Worker {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
  worker.postMessage({ kind: 'prepare', scene });
  return worker;
}

function request(run: number, { world, source }: Job): RunRequest {
  return { kind: 'run', run, ...world, source };
}

function listen(worker: Worker, run: number, events: RunEvents, obsolete: () => boolean, finish: () => void): void {
  worker.onmessage = ({ data }: MessageEvent<WorkerAnswer>) => {
    if (data.kind === 'ready' || data.run !== run) return;
    if (!obsolete()) {
      if (data.kind === 'trace') events.trace(data.trace);
      else if (data.kind === 'figures') events.figures(data.figures);
      else events.threw(data.thrown);
    }
    if (data.kind !== 'trace') finish();
  };
  worker.onerror = (error) => {
    error.preventDefault();
    if (!obsolete()) events.threw({ name: 'Error', message: error.message || 'the worker did not start', stack: '' });
    finish();
  };
}
