import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Announcer } from './announcer.ts';

const said: (string | null)[] = [];
const status = {
  set textContent(text: string | null) {
    said.push(text);
  },
};

beforeEach(() => {
  said.length = 0;
  vi.useFakeTimers();
});
afterEach(() => vi.useRealTimers());

it('says at most one thing a second, and the last one always', () => {
  const announcer = new Announcer(status);
  for (const text of ['a', 'b', 'c']) announcer.say(() => text);
  expect(said).toEqual(['a']);
  vi.advanceTimersByTime(999);
  expect(said).toEqual(['a']);
  vi.advanceTimersByTime(2_000);
  expect(said).toEqual(['a', 'c']);
  announcer.say(() => 'd');
  expect(said).toEqual(['a', 'c', 'd']);
});

it('tells of the moment at which it speaks', () => {
  const announcer = new Announcer(status);
  let clock = 1;
  announcer.say(() => `${clock}`);
  announcer.say(() => `${clock}`);
  clock = 2;
  vi.advanceTimersByTime(1_000);
  expect(said).toEqual(['1', '2']);
});
