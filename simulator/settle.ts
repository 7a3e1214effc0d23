import type { Kernel } from './kernel.ts';

/** What a handler says about the event it has handled: whether a strategy's code ran, or whether the run is over. */
export type Handled = 'called' | 'over' | undefined;

/**
 * Calls `go` when every promise job that is due now has run, those that they cause included. One macrotask turn does
 * that in every engine, because no host starts a task before its queue of promise jobs is empty. A turn costs about
 * 1 µs in Node (`setImmediate`) and 8 µs in a Chromium worker (a message to itself).
 */
export const afterPromiseJobs: (go: () => void) => void = turns();

/**
 * Handles every event before `untilUs`, as `Kernel.run` does, but lets all promise jobs run after each event in which
 * a strategy was called or a promise that it holds was settled (`called`). So what happens between two events never
 * depends on how many `await`s the strategy's author used, and a run gives the same trace on every host.
 * @throws whatever the handler throws, as a rejection
 */
export function runSettled(
  kernel: Kernel,
  untilUs: number,
  handle: (kind: number, a: number, b: number) => Handled,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const go = (): void => {
      try {
        while (kernel.next(untilUs)) {
          const handled = handle(kernel.kind, kernel.a, kernel.b);
          if (handled === 'over') break;
          if (handled === 'called') {
            afterPromiseJobs(go);
            return;
          }
        }
        resolve();
      } catch (error) {
        reject(error);
      }
    };
    go();
  });
}

/** The cheapest macrotask of this host, taken once, before anybody can replace it. */
function turns(): (go: () => void) => void {
  const { setImmediate } = globalThis as { setImmediate?: (go: () => void) => unknown };
  if (setImmediate) return (go) => void setImmediate(go);
  const waiting: (() => void)[] = [];
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => waiting.shift()!();
  return (go) => {
    waiting.push(go);
    port2.postMessage(undefined);
  };
}
