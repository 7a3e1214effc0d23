import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/**
 * Runs `create` while every context that is made comes with a `gc`. The flag is for the whole process, and what it puts
 * there cannot be taken away again: code of learners never runs in such a context.
 */
export function withGarbageCollector<T>(create: () => T): T {
  setFlagsFromString('--expose-gc');
  try {
    return create();
  } finally {
    setFlagsFromString('--no-expose-gc');
  }
}

let collect: (() => void) | undefined;

/** Throws away what nothing in this process refers to, and waits until those are told who wanted to know of it. */
export async function collectGarbage(): Promise<void> {
  collect ??= withGarbageCollector(() => runInNewContext('gc') as () => void);
  collect();
  await new Promise((resolve) => setImmediate(resolve));
}
