import { expect, test } from 'vitest';
import { Kernel } from './kernel.ts';
import { afterPromiseJobs, runSettled } from './settle.ts';

/** Resolves after so many promise jobs in a row. */
async function ticks(count: number): Promise<void> {
  for (let tick = 0; tick < count; tick++) await undefined;
}

test('every promise job of an event runs before the next event, however long the chain', async () => {
  const kernel = new Kernel();
  const seen: string[] = [];
  for (const atUs of [10, 10, 20]) kernel.at(atUs, 0, atUs);
  await runSettled(kernel, 100, (_, a) => {
    seen.push(`event ${a}`);
    void ticks(1000).then(() => seen.push(`jobs of ${a} at ${kernel.nowUs}`));
    return 'called';
  });
  expect(seen).toEqual([
    'event 10',
    'jobs of 10 at 10',
    'event 10',
    'jobs of 10 at 10',
    'event 20',
    'jobs of 20 at 20',
  ]);
});

test('events without a call to the strategy follow each other at once', async () => {
  const kernel = new Kernel();
  const seen: number[] = [];
  for (let atUs = 0; atUs < 5; atUs++) kernel.at(atUs, 0, atUs);
  const done = runSettled(kernel, 100, (_, a) => void seen.push(a));
  expect(seen).toEqual([0, 1, 2, 3, 4]);
  await done;
  expect(kernel.nowUs).toBe(100);
});

test('a run ends where its handler says so', async () => {
  const kernel = new Kernel();
  const seen: number[] = [];
  for (let atUs = 0; atUs < 5; atUs++) kernel.at(atUs, 0, atUs);
  await runSettled(kernel, 100, (_, a) => {
    seen.push(a);
    return a === 2 ? 'over' : 'called';
  });
  expect(seen).toEqual([0, 1, 2]);
});

test('what the handler throws rejects the run, also after a turn', async () => {
  const kernel = new Kernel();
  kernel.at(1, 0, 1);
  kernel.at(2, 0, 2);
  const run = runSettled(kernel, 100, (_, a) => {
    if (a === 2) throw new RangeError('second event');
    return 'called';
  });
  await expect(run).rejects.toThrow('second event');
});

test('turns come in the order in which they were asked for', async () => {
  const seen: number[] = [];
  await new Promise<void>((done) => {
    afterPromiseJobs(() => seen.push(1));
    afterPromiseJobs(() => seen.push(2));
    afterPromiseJobs(done);
  });
  expect(seen).toEqual([1, 2]);
});
