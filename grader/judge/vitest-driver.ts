import { Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { Reporter, TestModule, Vitest } from 'vitest/node';
import { ROOT } from './course.ts';
import { createPool, type Death, type Watch } from './pool.ts';
import type { Message, WorkOrder } from './protocol.ts';

const CHECKS = fileURLToPath(new URL('./checks.vitest.ts', import.meta.url));

/** What came of one run of the worker. */
export interface RunReport {
  /** Names of the vitest tests that passed, as `key > check`. */
  readonly passed: readonly string[];
  /** Errors of vitest's own: a suite that does not load, for one. */
  readonly errors: readonly string[];
  readonly death: Death | null;
}

/** Drives vitest over the hidden suites; kept open, it grades again without starting up again. */
export class VitestDriver {
  private vitest: Promise<Vitest> | undefined;
  private readonly pool = createPool(() => this.watch as Watch);
  private watch: Watch | undefined;
  private passed = new Set<string>();
  private errors: string[] = [];

  async run(order: WorkOrder, hear: (message: Message) => void, sandbox: boolean): Promise<RunReport> {
    let death: Death | null = null;
    this.watch = {
      hear,
      sandbox,
      died: (how) => {
        death = how;
      },
    };
    this.passed = new Set();
    this.errors = [];
    const vitest = await this.open();
    vitest.provide('order' as never, order as never);
    await vitest.runTestSpecifications([vitest.getRootProject().createSpecification(CHECKS)]);
    return { passed: [...this.passed], errors: this.errors, death };
  }

  /** Ends what is running now. */
  stop(): void {
    this.pool.stop();
  }

  /** Starts a worker ahead of its work. */
  prepare(): void {
    this.pool.prepare();
  }

  close(): void {
    this.pool.close();
  }

  /** Starts vitest, if it is not up yet. */
  open(): Promise<Vitest> {
    this.vitest ??= this.start();
    return this.vitest;
  }

  private async start(): Promise<Vitest> {
    const { createVitest } = await import('vitest/node');
    const nowhere = () => new Writable({ write: (_chunk, _encoding, done) => done() });
    return await createVitest(
      'test',
      {
        config: false,
        root: ROOT,
        watch: false,
        include: [],
        pool: this.pool as never,
        isolate: false,
        fileParallelism: false,
        maxWorkers: 1,
        testTimeout: 0,
        reporters: [this.reporter],
        execArgv: [],
      },
      { logLevel: 'silent', server: { ws: false, watch: null } },
      { stdout: nowhere(), stderr: nowhere() },
    );
  }

  private readonly reporter: Reporter = {
    onTestCaseResult: (test) => {
      if (test.result().state === 'passed') this.passed.add(test.fullName);
    },
    onTestRunEnd: (modules: readonly TestModule[], unhandled) => {
      for (const module of modules) this.errors.push(...module.errors().map(textOf));
      this.errors.push(...unhandled.map(textOf));
    },
  };
}

function textOf(error: { readonly message?: string; readonly stack?: string }): string {
  return error.stack ?? error.message ?? String(error);
}
