import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { activate, mutate } from './mutants.ts';

it('finds the small changes of a source, each with its line and what it replaces', async () => {
  const { mutants } = await mutate('const one = 1;\nexport const larger = (n: number) => n < one;\n');
  expect(mutants).toContainEqual({
    id: expect.any(String),
    mutator: 'EqualityOperator',
    line: 2,
    original: 'n < one',
    replacement: 'n <= one',
  });
});

it('wakes exactly the mutant that is named', async () => {
  const { source, mutants } = await mutate('const larger = (n, than) => n < than;\nlarger;\n');
  const evaluate = (prelude: string) => runInNewContext(`${prelude}${source}`) as (n: number, than: number) => boolean;
  const orEqual = mutants.find(({ replacement }) => replacement === 'n <= than')!;
  expect(evaluate(activate({ id: 'none' }))(1, 1)).toBe(false);
  expect(evaluate(activate(orEqual))(1, 1)).toBe(true);
});
