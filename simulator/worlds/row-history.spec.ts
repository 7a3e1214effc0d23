import { expect, test } from 'vitest';
import { NEVER } from '../trace.ts';
import { RowHistory } from './row-history.ts';

test('a value is out of date from the first acknowledgement of a later one', () => {
  const history = new RowHistory();
  const { value: first } = history.row(7);
  expect(history.commit(7, 'second')).toEqual({ value: 'second', version: 1 });
  history.commit(7, 'third');
  expect(history.staleUs(7, first, 100)).toBe(NEVER);
  history.acknowledge(7, 'third', 40);
  history.acknowledge(7, 'second', 60);
  expect(history.staleUs(7, first, 39)).toBe(NEVER);
  expect(history.staleUs(7, first, 100)).toBe(60);
  expect(history.staleUs(7, 'second', 100)).toBe(60);
  expect(history.staleUs(7, 'third', 100)).toBe(NEVER);
});

test('a value that the row never had is told apart from an old one', () => {
  const history = new RowHistory();
  history.commit(1, 'of another row');
  expect(history.staleUs(2, 'of another row', 0)).toBeUndefined();
  expect(history.staleUs(2, undefined, 0)).toBeUndefined();
});
