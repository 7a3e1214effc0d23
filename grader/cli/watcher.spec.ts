import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Exercise } from '../catalogue.ts';
import { listExercises } from '../catalogue.ts';
import type { Verdict } from '../verdict.ts';
import { followSaves } from './follow-saves.ts';
import { createWatcher, type WatchEvents } from './watcher.ts';

let root: string;
let exercises: Exercise[];
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'watch-'));
  const lesson = join(root, 'exercises', '02-load-balancing');
  mkdirSync(lesson, { recursive: true });
  for (const id of ['ip-hash', 'round-robin']) {
    writeFileSync(join(lesson, `${id}.mdx`), '');
    writeFileSync(join(lesson, `${id}.ts`), 'one');
  }
  exercises = listExercises(root);
});
afterEach(() => rmSync(root, { recursive: true }));

const exercise = (id: string) => exercises.find((one) => one.id === id) as Exercise;
const file = (id: string) => exercise(id).files.stub;

describe('following saves', () => {
  async function follow() {
    const told: string[] = [];
    const stop = await followSaves(join(root, 'exercises'), (path, what) => told.push(`${what} ${path}`));
    return { told, stop };
  }

  test('a plain save is told', async () => {
    const { told, stop } = await follow();
    writeFileSync(file('round-robin'), 'two');
    await vi.waitFor(() => expect(new Set(told)).toEqual(new Set([`saved ${file('round-robin')}`])));
    await stop();
  });

  test('an editor that writes beside and renames over is a save', async () => {
    const { told, stop } = await follow();
    writeFileSync(`${file('round-robin')}~`, 'two');
    renameSync(`${file('round-robin')}~`, file('round-robin'));
    await vi.waitFor(() => expect(new Set(told)).toEqual(new Set([`saved ${file('round-robin')}`])));
    await stop();
  });

  test('an editor that moves the old text away first is a save in the end', async () => {
    const { told, stop } = await follow();
    renameSync(file('round-robin'), `${file('round-robin')}~`);
    writeFileSync(file('round-robin'), 'two');
    await vi.waitFor(() => expect(told.at(-1)).toBe(`saved ${file('round-robin')}`));
    await stop();
  });

  test('a file that vanishes and returns is told both times', async () => {
    const { told, stop } = await follow();
    rmSync(file('round-robin'));
    await vi.waitFor(() => expect(told).toEqual([`gone ${file('round-robin')}`]));
    writeFileSync(file('round-robin'), 'back');
    await vi.waitFor(() => expect(told.at(-1)).toBe(`saved ${file('round-robin')}`));
    await stop();
  });

  test('files that are no TypeScript are left alone', async () => {
    const { told, stop } = await follow();
    writeFileSync(join(root, 'exercises', '02-load-balancing', 'notes.txt'), 'x');
    writeFileSync(file('round-robin'), 'two');
    await vi.waitFor(() => expect(new Set(told)).toEqual(new Set([`saved ${file('round-robin')}`])));
    await stop();
  });
});

describe('a watch', () => {
  function watchWith(judge: (exercise: Exercise, signal: AbortSignal) => Promise<Verdict>) {
    const told: string[] = [];
    const events: WatchEvents<Exercise> = {
      grading: (one) => told.push(`grading ${one.id}`),
      graded: (one) => told.push(`graded ${one.id}`),
      gone: (one) => told.push(`gone ${one.id}`),
      failed: (error) => told.push(`failed ${error}`),
    };
    return { told, watcher: createWatcher(exercises, exercise('round-robin'), judge, events) };
  }
  const verdict = { status: 'failed' } as Verdict;

  test('grades what was saved', async () => {
    const { told, watcher } = watchWith(async () => verdict);
    watcher.fileChanged(file('round-robin'), 'saved');
    await vi.waitFor(() => expect(told).toEqual(['grading round-robin', 'graded round-robin']));
  });

  test('turns to another exercise when that one is saved', async () => {
    const { told, watcher } = watchWith(async () => verdict);
    watcher.fileChanged(file('ip-hash'), 'saved');
    await vi.waitFor(() => expect(told).toEqual(['grading ip-hash', 'graded ip-hash']));
    expect(watcher.current().id).toBe('ip-hash');
  });

  test('the contract of the lesson concerns the current exercise, that of another lesson does not', async () => {
    const { told, watcher } = watchWith(async () => verdict);
    watcher.fileChanged(join(root, 'exercises', '03-data-tier', 'contract.ts'), 'saved');
    watcher.fileChanged(join(root, 'exercises', '02-load-balancing', 'contract.ts'), 'saved');
    await vi.waitFor(() => expect(told).toEqual(['grading round-robin', 'graded round-robin']));
  });

  test('a save during a grading gives that one up and tells only the newer verdict', async () => {
    const release: (() => void)[] = [];
    const judge = (_: Exercise, signal: AbortSignal) =>
      new Promise<Verdict>((resolve, reject) => {
        signal.addEventListener('abort', () => reject(new Error('stopped')));
        release.push(() => resolve(verdict));
      });
    const { told, watcher } = watchWith(judge);
    watcher.grade();
    await vi.waitFor(() => expect(release).toHaveLength(1));
    watcher.grade();
    watcher.grade();
    await vi.waitFor(() => expect(release).toHaveLength(2));
    release[1]?.();
    await vi.waitFor(() => expect(told).toContain('graded round-robin'));
    expect(told).toEqual(['grading round-robin', 'grading round-robin', 'graded round-robin']);
  });

  test('goes on after the grader itself failed', async () => {
    let calls = 0;
    const { told, watcher } = watchWith(async () => {
      calls++;
      if (calls === 1) throw new Error('broken');
      return verdict;
    });
    watcher.grade();
    await vi.waitFor(() => expect(told).toContain('failed Error: broken'));
    watcher.grade();
    await vi.waitFor(() => expect(told).toContain('graded round-robin'));
  });

  test('says when the file is gone, and grades when it is back', async () => {
    const { told, watcher } = watchWith(async () => verdict);
    watcher.fileChanged(file('ip-hash'), 'gone');
    watcher.fileChanged(file('round-robin'), 'gone');
    expect(told).toEqual(['gone round-robin']);
    watcher.fileChanged(file('round-robin'), 'saved');
    await vi.waitFor(() => expect(told.at(-1)).toBe('graded round-robin'));
  });
});
