import { type ChildProcess, spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ROOT } from './course.ts';
import type { DriverAnswer, DriverRequest } from './driver.ts';
import type { Message, WorkOrder } from './protocol.ts';
import type { RunReport } from './vitest-driver.ts';

const DRIVER = fileURLToPath(new URL('./driver.ts', import.meta.url));

interface Run {
  readonly hear: (message: Message) => void;
  readonly resolve: (report: RunReport) => void;
  readonly reject: (error: Error) => void;
}

/** The process that drives vitest. Kept open, it grades again without starting up again. One run at a time. */
export class Runner {
  private driver: ChildProcess | undefined;
  private running: Run | undefined;
  private written = '';

  /** Starts the process, if it is not up yet. */
  open(): ChildProcess {
    this.driver ??= this.start();
    return this.driver;
  }

  /** @throws Error when the process fails or ends before it has reported */
  run(order: WorkOrder, hear: (message: Message) => void, sandbox: boolean): Promise<RunReport> {
    const driver = this.open();
    return new Promise((resolve, reject) => {
      this.running = { hear, resolve, reject };
      driver.send({ ask: 'run', order, sandbox } satisfies DriverRequest, (error) => {
        if (error !== null) reject(error);
      });
    });
  }

  /** Ends what is running now. */
  stop(): void {
    if (this.driver?.connected) this.driver.send({ ask: 'stop' } satisfies DriverRequest, () => undefined);
  }

  close(): void {
    const { driver } = this;
    this.driver = undefined;
    if (driver?.connected) driver.disconnect();
  }

  private start(): ChildProcess {
    const driver = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', DRIVER], {
      cwd: ROOT,
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      serialization: 'advanced',
      env: { ...process.env, ...keptInside(), NODE_OPTIONS: '', VITEST: undefined, VITEST_POOL_ID: undefined },
    });
    driver.stderr?.on('data', (chunk: Buffer) => {
      this.written = (this.written + chunk.toString()).slice(-4000);
    });
    driver.on('message', (answer: DriverAnswer) => this.hear(answer));
    driver.on('error', (error) => this.fail(error));
    driver.once('exit', (code, signal) => {
      if (this.driver === driver) this.driver = undefined;
      this.fail(new Error(`vitest's process ended: ${signal ?? code} ${this.written}`.trim()));
    });
    return driver;
  }

  private hear(answer: DriverAnswer): void {
    if (answer.say === 'message') this.running?.hear(answer.message);
    else if (answer.say === 'failed') this.fail(new Error(answer.detail));
    else {
      this.running?.resolve(answer.report);
      this.running = undefined;
    }
  }

  private fail(error: Error): void {
    this.running?.reject(error);
    this.running = undefined;
  }
}

/** vitest writes a token of its server, which is never started, where programs keep their data: not into a home. */
function keptInside(): NodeJS.ProcessEnv {
  const folder = join(ROOT, 'node_modules');
  try {
    accessSync(folder, constants.W_OK);
  } catch {
    return {};
  }
  return { XDG_DATA_HOME: join(folder, '.cache'), LOCALAPPDATA: join(folder, '.cache') };
}
