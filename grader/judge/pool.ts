import type { ChildProcess } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Duplex } from 'node:stream';
import type { PoolRunnerInitializer, PoolWorker, WorkerRequest } from 'vitest/node';
import { GRACE_MS } from './limits.ts';
import { type Hung, MESSAGE_FD, type Message } from './protocol.ts';
import { startWorker } from './worker-process.ts';

/** Why a worker ended before its work was done. */
export interface Death {
  readonly why: 'timeout' | 'memory-limit' | 'aborted' | 'unknown';
  /** What the worker wrote about itself. */
  readonly detail: string;
}

export interface Watch {
  readonly hear: (message: Message) => void;
  readonly died: (death: Death) => void;
  readonly sandbox: boolean;
}

/** For the worker to start and read the suites. */
const BOOT_MS = 30_000;
const MAX_RSS_MB = 900;
export interface JudgePool extends PoolRunnerInitializer {
  /** Starts a worker ahead of its work. */
  readonly prepare: () => void;
  /** Ends the work that is going on. */
  readonly stop: () => void;
  /** Ends everything. */
  readonly close: () => void;
}

/** A pool for vitest whose worker sees no environment, has a heap limit, reports through a pipe and can be killed. */
export function createPool(watch: () => Watch): JudgePool {
  const workers = new Set<JudgeWorker>();
  let ready: ChildProcess | undefined;
  const take = (sandbox: boolean) => {
    const child = sandbox || !isAlive(ready) ? startWorker(sandbox) : ready;
    if (child === ready) ready = undefined;
    return child;
  };
  return {
    name: 'judge',
    createPoolWorker: () => {
      const worker = new JudgeWorker(watch(), take);
      workers.add(worker);
      return worker;
    },
    prepare: () => {
      if (!isAlive(ready)) ready = startWorker(false);
    },
    stop: () => {
      for (const worker of workers) worker.kill('aborted');
      workers.clear();
    },
    close: () => {
      for (const worker of workers) worker.kill('aborted');
      ready?.kill('SIGKILL');
    },
  };
}

function isAlive(child: ChildProcess | undefined): child is ChildProcess {
  return child !== undefined && child.exitCode === null && child.signalCode === null;
}

class JudgeWorker implements PoolWorker {
  readonly name = 'judge';
  readonly cacheFs = true;
  private readonly emitter = new EventEmitter();
  private child: ChildProcess | undefined;
  private clock: NodeJS.Timeout | undefined;
  private memory: NodeJS.Timeout | undefined;
  private reason: Death['why'] | undefined;
  private stopping = false;
  private written = '';

  private readonly watch: Watch;
  private readonly take: (sandbox: boolean) => ChildProcess;

  constructor(watch: Watch, take: (sandbox: boolean) => ChildProcess) {
    this.watch = watch;
    this.take = take;
  }

  on(event: string, callback: (...args: never[]) => void): void {
    if (event === 'error') this.emitter.on('error', callback as () => void);
    else this.child?.on(event, callback as () => void);
  }

  off(event: string, callback: (...args: never[]) => void): void {
    if (event === 'error') this.emitter.off('error', callback as () => void);
    else this.child?.off(event, callback as () => void);
  }

  send(message: WorkerRequest): void {
    if (this.child?.connected) this.child.send(message, () => undefined);
  }

  deserialize(data: unknown): unknown {
    return data;
  }

  async start(): Promise<void> {
    const child = this.take(this.watch.sandbox);
    this.child = child;
    child.on('error', (error) => this.emitter.emit('error', error));
    child.stderr?.on('data', (chunk: Buffer) => {
      this.written = (this.written + chunk.toString()).slice(-4000);
    });
    child.once('exit', (code, signal) => this.ended(code, signal));
    createInterface({ input: child.stdio[MESSAGE_FD] as Duplex }).on('line', (line) => {
      this.hear(JSON.parse(line) as Message | Hung);
    });
    this.limit(BOOT_MS);
    this.memory = setInterval(() => this.weigh(), 50);
  }

  async stop(): Promise<void> {
    const { child } = this;
    this.stopping = true;
    this.rest();
    if (!isAlive(child)) return;
    const exited = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await exited;
  }

  kill(why: Death['why']): void {
    this.reason ??= why;
    this.child?.kill('SIGKILL');
  }

  private hear(message: Message | Hung): void {
    if (message.is === 'hung') {
      this.kill('timeout');
      return;
    }
    if (message.is === 'starts') this.limit(message.limitMs + GRACE_MS);
    else if (message.is !== 'plan') this.limit(BOOT_MS);
    this.watch.hear(message);
  }

  private limit(milliseconds: number): void {
    clearTimeout(this.clock);
    this.clock = setTimeout(() => this.kill('timeout'), milliseconds);
  }

  /** The isolate's own limit cannot interrupt every way of filling memory, so the process is weighed as well. */
  private weigh(): void {
    try {
      if (residentBytes(Number(this.child?.pid)) > MAX_RSS_MB * 2 ** 20) this.kill('memory-limit');
    } catch {
      clearInterval(this.memory);
    }
  }

  private ended(code: number | null, signal: NodeJS.Signals | null): void {
    this.rest();
    if (this.stopping) return;
    const ranOut = signal === 'SIGABRT' || signal === 'SIGTRAP' || signal === 'SIGSEGV' || signal === 'SIGILL';
    const why = this.reason ?? (ranOut || code === 133 || code === 134 ? 'memory-limit' : 'unknown');
    this.watch.died({ why, detail: `${signal ?? code} ${this.written.trim()}`.trim() });
  }

  private rest(): void {
    clearTimeout(this.clock);
    clearInterval(this.memory);
  }
}

/** Of a process and all below it: in the sandbox the worker is a grandchild. */
function residentBytes(pid: number): number {
  const pages = Number(readFileSync(`/proc/${pid}/statm`, 'latin1').split(' ')[1]);
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'latin1').split(' ').filter(Boolean);
  return children.reduce((sum, child) => sum + residentBytes(Number(child)), pages * 4096);
}
