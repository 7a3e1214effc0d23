import type { Message, WorkOrder } from './protocol.ts';
import { type RunReport, VitestDriver } from './vitest-driver.ts';

/*
 * A process that drives vitest, in plain Node: loaded through tsx, as the commands are, vitest takes five times as
 * long to start. It talks with `runner.ts`.
 */

export type DriverRequest =
  | { readonly ask: 'run'; readonly order: WorkOrder; readonly sandbox: boolean }
  | { readonly ask: 'stop' };

export type DriverAnswer =
  | { readonly say: 'message'; readonly message: Message }
  | { readonly say: 'done'; readonly report: RunReport }
  | { readonly say: 'failed'; readonly detail: string };

const driver = new VitestDriver();
driver.prepare();
driver.open().catch((error: unknown) => answer({ say: 'failed', detail: textOf(error) }));

process.on('message', (request: DriverRequest) => {
  if (request.ask === 'stop') driver.stop();
  else void run(request.order, request.sandbox);
});
process.on('disconnect', () => {
  driver.close();
  process.exit();
});

async function run(order: WorkOrder, sandbox: boolean): Promise<void> {
  try {
    const report = await driver.run(order, (message) => answer({ say: 'message', message }), sandbox);
    answer({ say: 'done', report });
    driver.prepare();
  } catch (error) {
    answer({ say: 'failed', detail: textOf(error) });
  }
}

function answer(what: DriverAnswer): void {
  process.send?.(what, () => undefined);
}

function textOf(error: unknown): string {
  return error instanceof Error ? `${error.stack}` : String(error);
}
