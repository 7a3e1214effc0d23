import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createSettler } from './settle.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function settlerWith(quietMs: number) {
  const told: string[] = [];
  return { told, settler: createSettler((file, what) => told.push(`${what} ${file}`), quietMs) };
}

test('a save in several steps is told once, by its last step', () => {
  const { told, settler } = settlerWith(40);
  settler.note('a.ts', 'gone');
  vi.advanceTimersByTime(39);
  settler.note('a.ts', 'saved');
  vi.advanceTimersByTime(39);
  expect(told).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(told).toEqual(['saved a.ts']);
});

test('one file does not wait for another', () => {
  const { told, settler } = settlerWith(40);
  settler.note('a.ts', 'saved');
  vi.advanceTimersByTime(30);
  settler.note('b.ts', 'saved');
  vi.advanceTimersByTime(10);
  expect(told).toEqual(['saved a.ts']);
});

test('nothing is told any more once it has stopped', () => {
  const { told, settler } = settlerWith(40);
  settler.note('a.ts', 'saved');
  settler.stop();
  vi.advanceTimersByTime(100);
  expect(told).toEqual([]);
});
