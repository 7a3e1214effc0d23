import { writeSync } from 'node:fs';
import { describe, inject, test } from 'vitest';
import type { Suite } from '../suite.ts';
import { MESSAGE_FD, type Message, type Submission, type WorkOrder } from './protocol.ts';
import { KnownAnswers, Trial } from './trial.ts';

/*
 * What the worker runs: every check of every submission is a vitest test. Before it starts and after it has ended,
 * the parent is told through a pipe, synchronously, so that nothing is lost when a worker has to be killed.
 */
const order = inject('order' as never) as WorkOrder;
const known = new Map<string, KnownAnswers>();

for (const submission of order.submissions) {
  const { suite } = (await import(/* @vite-ignore */ submission.suite)) as { suite: Suite<Record<string, unknown>> };
  describe(submission.key, { timeout: 0 }, () => register(submission, suite));
}

function register(submission: Submission, suite: Suite<Record<string, unknown>>): void {
  const { key } = submission;
  let what = 'load';
  const onRun = (limitMs: number) => say({ is: 'starts', key, what, limitMs });
  const answers = known.get(submission.suite) ?? new KnownAnswers();
  known.set(submission.suite, answers);
  const trial = new Trial(order, submission, suite, onRun, answers);
  let over = false;

  say({
    is: 'plan',
    key,
    checks: suite.checks.map(({ id, title, points, section }) => ({ id, title, points, section })),
  });

  test('loads', async () => {
    const problem = await guarded(key, () => trial.load());
    over = problem !== null;
    say({ is: 'loaded', key, problem });
  });

  for (const check of suite.checks) {
    test(check.id, async ({ skip }) => {
      if (over) return skip();
      what = check.id;
      const { result, remarks, printed } = await guarded(key, () => trial.judge(check));
      over = result.failure?.reason === 'stopped';
      say({ is: 'judged', key, result, remarks, printed });
      if (result.outcome !== 'passed') throw new Error(result.outcome);
    });
  }

  test('is recognised', async () => {
    if (over) return;
    say({ is: 'starts', key, what: 'recognise', limitMs: order.limits.checkMs * 4 });
    const found = await guarded(key, () => trial.recognise());
    if (found !== undefined) say({ is: 'recognised', key, id: found.id, message: found.misconception.message });
  });
}

/** Whatever is thrown here is no learner's doing. */
async function guarded<T>(key: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    say({ is: 'broken', key, message: error instanceof Error ? `${error.stack}` : String(error) });
    throw error;
  }
}

function say(message: Message): void {
  let rest = Buffer.from(`${JSON.stringify(message)}\n`);
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(MESSAGE_FD, rest));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
    }
  }
}
