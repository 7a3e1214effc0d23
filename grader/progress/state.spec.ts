import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Verdict } from '../verdict.ts';
import { recordVerdicts } from './record.ts';
import { readState, stateOf, untouched, updateExercise, updateState } from './state.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'progress-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const file = () => join(folder, 'state.json');
const put = (content: unknown) =>
  writeFileSync(file(), typeof content === 'string' ? content : JSON.stringify(content));
const remembered = () => stateOf(readState(folder), 'round-robin');

const verdict = (over: Partial<Verdict>): Verdict => ({
  exercise: 'round-robin',
  lesson: '02-load-balancing',
  file: 'exercises/02-load-balancing/round-robin.ts',
  status: 'failed',
  score: 4,
  maxScore: 10,
  seed: 1,
  durationMs: 1,
  checks: [],
  misconception: null,
  warnings: [],
  ...over,
});

describe('what the course remembers', () => {
  test('nothing, before anything happened', () => {
    expect(readState(join(folder, 'nowhere'))).toEqual({ exercises: {} });
    expect(remembered()).toEqual(untouched);
  });

  test('survives in a file that people can read', () => {
    updateExercise('round-robin', (state) => ({ ...state, hints: 2 }), folder);
    updateState((state) => ({ ...state, language: 'ko' }), folder);
    expect(JSON.parse(readFileSync(file(), 'utf8'))).toMatchObject({
      version: 1,
      language: 'ko',
      exercises: { 'round-robin': { hints: 2 } },
    });
    expect(readdirSync(folder)).toEqual(['state.json']);
  });

  test('fields of another version stay in the file', () => {
    put({ version: 9, streak: 4, exercises: { old: { best: 3, medal: 'gold' }, 'round-robin': { note: 'x' } } });
    updateExercise('round-robin', (state) => ({ ...state, attempts: 1 }), folder);
    expect(JSON.parse(readFileSync(file(), 'utf8'))).toMatchObject({
      streak: 4,
      exercises: { old: { best: 3, medal: 'gold' }, 'round-robin': { note: 'x', attempts: 1 } },
    });
  });

  test('content of the wrong shape is read as nothing', () => {
    for (const content of ['[]', 'null', '{"exercises":[1]}', '{"language":"fr","exercises":{"round-robin":7}}']) {
      put(content);
      expect(readState(folder).language).toBeUndefined();
      expect(remembered()).toEqual(untouched);
    }
    put({ exercises: { 'round-robin': { best: 'ten', hints: -3, attempts: 1.5, gaveUp: 'yes' } } });
    expect(remembered()).toEqual({ ...untouched, attempts: 1 });
  });

  test('a file that is no JSON is kept aside', () => {
    put('{"exercises": {"round-ro');
    updateExercise('round-robin', (state) => ({ ...state, hints: 1 }), folder);
    expect(remembered().hints).toBe(1);
    expect(readdirSync(folder).filter((name) => name.startsWith('unreadable-'))).toHaveLength(1);
  });

  test('a writer killed at any moment leaves a whole file', async () => {
    const writer = `
      import { updateExercise } from ${JSON.stringify(new URL('./state.ts', import.meta.url).href)};
      console.log('ready');
      for (let i = 1; ; i++) updateExercise('round-robin', (state) => ({ ...state, hints: i }), ${JSON.stringify(folder)});`;
    for (let round = 0; round < 3; round++) {
      const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', writer]);
      await once(child.stdout, 'data');
      await new Promise((resolve) => setTimeout(resolve, 20 + 17 * round));
      child.kill('SIGKILL');
      await once(child, 'exit');
      expect(() => JSON.parse(readFileSync(file(), 'utf8'))).not.toThrow();
      updateExercise('other', (state) => state, folder);
      expect(readdirSync(folder)).toEqual(['state.json']);
    }
  }, 30_000);
});

describe('recording verdicts', () => {
  test('a worse result never takes back a better one', () => {
    recordVerdicts([verdict({ status: 'passed', score: 10 })], folder);
    recordVerdicts([verdict({ score: 2 })], folder);
    expect(remembered()).toMatchObject({ best: 10, max: 10, passed: true, attempts: 2 });
  });

  test('the untouched stub, a missing file and a broken grader are no attempts', () => {
    recordVerdicts([verdict({ status: 'not-attempted' })], folder);
    recordVerdicts([verdict({ status: 'not-submitted' }), verdict({ status: 'grader-error' })], folder);
    expect(readdirSync(folder)).toEqual([]);
  });

  test('a first attempt that scores nothing is still an attempt', () => {
    recordVerdicts([verdict({ status: 'compile-error', score: 0 })], folder);
    expect(remembered()).toMatchObject({ best: 0, max: 10, attempts: 1, passed: false });
  });
});
