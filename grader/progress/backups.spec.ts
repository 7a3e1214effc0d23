import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Exercise, listExercises } from '../catalogue.ts';
import { isAttempted } from './attempted.ts';
import { keepBackup, listBackups, putStubBack, restoreBackup } from './backups.ts';

let root: string;
let exercise: Exercise;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'backups-'));
  vi.stubEnv('ZERO_TO_MILLIONS_PROGRESS', join(root, '.progress'));
  mkdirSync(join(root, 'exercises', '02-load-balancing'), { recursive: true });
  writeFileSync(join(root, 'exercises', '02-load-balancing', 'round-robin.mdx'), '');
  exercise = listExercises(root)[0] as Exercise;
  mkdirSync(dirname(exercise.files.pristine), { recursive: true });
  writeFileSync(exercise.files.pristine, 'stub\n');
  writeFileSync(exercise.files.stub, 'stub\n');
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(root, { recursive: true });
});

const text = () => readFileSync(exercise.files.stub, 'utf8');
const write = (content: string) => writeFileSync(exercise.files.stub, content);

describe('resetting an exercise', () => {
  test('keeps what the learner wrote and brings it back', () => {
    write('mine\n');
    const name = keepBackup(exercise, new Date('2026-11-24T01:02:03Z'));
    putStubBack(exercise);
    expect([name, text()]).toEqual(['round-robin.2026-11-24T01-02-03.ts', 'stub\n']);
    restoreBackup(exercise, name ?? '');
    expect(text()).toBe('mine\n');
  });

  test('keeps two texts of the same second apart, newest last', () => {
    const now = new Date('2026-11-24T01:02:03Z');
    write('one\n');
    keepBackup(exercise, now);
    write('two\n');
    keepBackup(exercise, now);
    keepBackup(exercise, new Date('2026-11-24T01:02:04Z'));
    expect(listBackups('round-robin')).toHaveLength(3);
    restoreBackup(exercise, listBackups('round-robin')[0] ?? '');
    expect(text()).toBe('one\n');
  });

  test('what stands there when a text is brought back is kept too', () => {
    write('old\n');
    const name = keepBackup(exercise) ?? '';
    write('new\n');
    restoreBackup(exercise, name);
    const kept = listBackups('round-robin').map((one) => readFileSync(join(root, '.progress', 'backups', one), 'utf8'));
    expect(kept).toContain('new\n');
  });

  test('there is nothing to keep of the stub itself, or of a file that is gone', () => {
    expect(keepBackup(exercise)).toBeUndefined();
    rmSync(exercise.files.stub);
    expect(keepBackup(exercise)).toBeUndefined();
    putStubBack(exercise);
    expect(text()).toBe('stub\n');
  });

  test('another exercise whose id begins alike keeps its own', () => {
    write('mine\n');
    keepBackup(exercise);
    expect(listBackups('round')).toEqual([]);
  });
});

describe('an exercise counts as attempted', () => {
  test('once its text differs from the stub in more than blanks and line ends', () => {
    expect(isAttempted(exercise)).toBe(false);
    write('stub  \r\n\r\n');
    expect(isAttempted(exercise)).toBe(false);
    write('stub // mine\n');
    expect(isAttempted(exercise)).toBe(true);
    rmSync(exercise.files.stub);
    expect(isAttempted(exercise)).toBe(false);
  });
});
