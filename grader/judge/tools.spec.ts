import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TodoError, todo } from '../../exercises/todo.ts';
import type { Check, Suite } from '../suite.ts';
import { runCheck, runSuite } from './tools.ts';

interface Exports {
  readonly sum: (numbers: number[]) => number;
}

const bilingual = (en: string) => ({ en, ko: `${en} (ko)` });

function check(run: Check<Exports>['run']): Check<Exports> {
  return { id: 'sums', title: bilingual('sums'), points: 1, section: 'sum', run };
}

const property = check((subject, tools) =>
  tools.forAll(fc.array(fc.integer({ min: 0, max: 99 })), (numbers, story) => {
    const result = story.call('sum', [numbers], () => subject.sum([...numbers]));
    story.expect(
      result,
      numbers.reduce((a, b) => a + b, 0),
    );
  }),
);
const OPTIONS = { seed: 7, language: 'en' } as const;
const right = { sum: (numbers: number[]) => numbers.reduce((a, b) => a + b, 0) };
const skipsFirst = { sum: (numbers: number[]) => numbers.slice(1).reduce((a, b) => a + b, 0) };

describe('a property', () => {
  it('passes for code that keeps it', async () => {
    expect(await runCheck(property, right, OPTIONS)).toEqual({ id: 'sums', outcome: 'passed' });
  });

  it('tells the smallest case that breaks it, with what was expected', async () => {
    const { outcome, failure } = await runCheck(property, skipsFirst, OPTIONS);
    expect(outcome).toBe('failed');
    expect(failure?.steps).toEqual([{ what: 'sum', value: '[1]', result: '→ 0', expected: '1' }]);
    expect(failure).toMatchObject({ reason: 'differs', expected: '1', received: '0' });
  });

  it('tells of a call that gave nothing where nothing was expected of it', async () => {
    const nothing = check((_, tools) =>
      tools.example((story) => {
        story.call('set', [], () => undefined);
        story.expect(
          story.call('get', [], () => undefined),
          undefined,
        );
        story.require(false, bilingual('more'));
      }),
    );
    const { failure } = await runCheck(nothing, right, OPTIONS);
    expect(failure?.steps).toEqual([{ what: 'set' }, { what: 'get', result: '→ undefined' }]);
  });

  it('fails alike under the same seed', async () => {
    expect(await runCheck(property, skipsFirst, OPTIONS)).toEqual(await runCheck(property, skipsFirst, OPTIONS));
  });

  it('runs its failing case again against another subject', async () => {
    const { failure } = await runCheck(property, skipsFirst, OPTIONS);
    let calls = 0;
    const counting = {
      sum: (numbers: number[]) => {
        calls++;
        return skipsFirst.sum(numbers);
      },
    };
    const again = await runCheck(property, counting, OPTIONS, failure?.case);
    expect(again.failure?.steps).toEqual(failure?.steps);
    expect(calls).toBe(1);
    expect((await runCheck(property, right, OPTIONS, failure?.case)).outcome).toBe('passed');
  });

  it('is not failed by values that the suite skips', async () => {
    const skipping = check((subject, tools) =>
      tools.forAll(fc.nat(), (n, story) => {
        fc.pre(n % 2 === 0);
        story.call('sum', [n], () => subject.sum([n]));
      }),
    );
    expect((await runCheck(skipping, right, OPTIONS)).outcome).toBe('passed');
  });
});

describe('code that is not written yet', () => {
  const unwritten = { sum: () => todo('add the numbers') };

  it('is told as such by every kind of case', async () => {
    const throwing = check((subject, tools) =>
      tools.example((story) => story.throws('sum', [], () => subject.sum([]), 'Error')),
    );
    const suite: Suite<Exports> = { requires: { sum: 'function' }, checks: [property, throwing] };
    const results = await runSuite(suite, unwritten, OPTIONS);
    expect(results.map(({ outcome }) => outcome)).toEqual(['todo', 'todo']);
    expect(results[0]?.failure?.message).toContain('add the numbers');
  });

  it('does not hide a failure that was found before it', async () => {
    const half = { sum: ([n = 0]: number[]) => (n < 5 ? todo('small numbers') : n + 1) };
    const pair = check((subject, tools) =>
      tools.forAll(fc.nat(1000), (n, story) =>
        story.expect(
          story.call('sum', [n], () => subject.sum([n])),
          n,
        ),
      ),
    );
    expect((await runCheck(pair, half, OPTIONS)).outcome).toBe('failed');
  });
});

describe('an error that is due', () => {
  const wants = (mentions: string) =>
    check((subject, tools) =>
      tools.example((story) => story.throws('sum', [], () => subject.sum([]), 'RangeError', mentions)),
    );
  const throwing = (error: unknown) => ({
    sum: () => {
      throw error;
    },
  });

  it('passes by its name and what its message mentions', async () => {
    const { outcome } = await runCheck(wants('empty'), throwing(new RangeError('empty list')), OPTIONS);
    expect(outcome).toBe('passed');
  });

  it('fails when another one comes, or none', async () => {
    const other = await runCheck(wants('empty'), throwing(new TypeError('empty')), OPTIONS);
    expect(other.failure?.received).toBe('TypeError: empty');
    const none = await runCheck(wants('empty'), right, OPTIONS);
    expect(none.failure).toMatchObject({ reason: 'silent', received: 'returned 0 without throwing' });
  });

  it('is never a TodoError', async () => {
    const { outcome } = await runCheck(wants(''), throwing(new TodoError('x')), OPTIONS);
    expect(outcome).toBe('todo');
  });
});

describe('a failed case', () => {
  it('stays failed when the code under test swallows what it throws', async () => {
    const swallowing = check((subject, tools) =>
      tools.example((story) => {
        try {
          story.expect(subject.sum([1]), 2);
        } catch {}
      }),
    );
    expect((await runCheck(swallowing, right, OPTIONS)).outcome).toBe('failed');
  });

  it('asks to remove async when a promise came where a value was due', async () => {
    const subject = { sum: (async () => 1) as unknown as Exports['sum'] };
    const { failure } = await runCheck(property, subject, OPTIONS);
    expect(failure).toMatchObject({ reason: 'promise', received: 'Promise' });
    expect(failure?.message).toContain('async');
  });

  it('is told in Korean when asked', async () => {
    const { failure } = await runCheck(property, skipsFirst, { ...OPTIONS, language: 'ko' });
    expect(failure?.message).toBe('기대한 값은 1, 받은 값은 0입니다.');
  });
});
