import { createColors } from 'picocolors';
import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import type { CheckVerdict, Status, Verdict } from '../verdict.ts';
import { STATUSES } from '../verdict.ts';
import type { Page } from './page.ts';
import { renderVerdict, type VerdictContext } from './verdict.ts';

const FILE = 'exercises/02-load-balancing/round-robin.ts';

const passing: CheckVerdict = {
  id: 'rotates',
  title: 'any n picks over n servers use each server once',
  status: 'passed',
  points: 2,
  maxPoints: 2,
  message: '',
  counterexample: null,
  replay: 'npm run grade round-robin -- --seed 7',
};

const failing: CheckVerdict = {
  ...passing,
  id: 'keeps-rotation',
  title: 'removing a server must not make anybody skip a turn',
  status: 'failed',
  points: 0,
  message: 'Expected b, received c.',
  section: 'list-changes',
  counterexample: {
    steps: [
      { what: 'servers', value: 'a b c' },
      { what: 'pick', result: '→ a' },
      { what: 'remove', value: 'a', result: '→ true' },
      { what: 'pick', result: '→ c', expected: 'b' },
    ],
    expected: 'b',
    received: 'c',
    line: 3,
    scene: 'scene=slow-server&seed=7&exercise=round-robin&p.speed=25',
  },
};

const failed: Verdict = {
  exercise: 'round-robin',
  lesson: '02-load-balancing',
  file: FILE,
  status: 'failed',
  score: 2,
  maxScore: 6,
  seed: 7,
  durationMs: 812,
  checks: [passing, failing, { ...failing, id: 'shares-nothing', title: 'two instances share nothing' }],
  misconception: { id: 'index-kept', message: 'Your index still counts from the old list.' },
  warnings: [],
};

const context: VerdictContext = {
  title: 'Round robin',
  section: 'round-robin',
  lines: ['class A {', '  pick() {', '    return this.servers[this.turn++];', '  }', '}'],
  verbose: false,
  nextFile: undefined,
};

const page = (over: Partial<Page> = {}): Page => ({
  language: 'en',
  width: 80,
  colors: createColors(false),
  ...over,
});

describe('a verdict in the terminal', () => {
  test('keeps a long check name apart from what it requires', () => {
    const long = { ...failing, id: 'a-slow-reader-stores-nothing-old' };
    const text = renderVerdict(page(), { ...failed, checks: [long] }, context);
    expect(text.match(/a-slow-reader-stores-nothing-old {2,}\S/g)).toHaveLength(2);
  });

  test('tells in the promised order', () => {
    const text = renderVerdict(page(), failed, context);
    const places = [
      '2/6',
      '✓ rotates',
      'removing a server must not',
      'pick     → c       expected b',
      `${FILE}:3`,
      'return this.servers[this.turn++]',
      'Your index still counts',
      '/02-load-balancing/#list-changes',
      '/02-load-balancing/?scene=slow-server&seed=7&exercise=round-robin&p.speed=25',
      'npm run hint round-robin',
    ].map((part) => text.lastIndexOf(part));
    expect(places).not.toContain(-1);
    expect([...places].sort((a, b) => a - b)).toEqual(places);
  });

  test('tells only the first failing check in full, unless asked for all', () => {
    const steps = (text: string) => text.match(/remove {3}a/g)?.length;
    expect(steps(renderVerdict(page(), failed, context))).toBe(1);
    expect(steps(renderVerdict(page(), failed, { ...context, verbose: true }))).toBe(2);
  });

  test('does not say a second time in a sentence what the steps have shown', () => {
    expect(renderVerdict(page(), failed, context)).not.toContain('Expected b, received c.');
  });

  test('says what was expected and received when no step could', () => {
    const check = {
      ...failing,
      message: 'Not met: at most half of them wait.',
      counterexample: { steps: [], expected: 'at most half of them wait', received: '81 of 100' },
    };
    const text = renderVerdict(page(), { ...failed, checks: [check] }, context);
    expect(text).toMatch(/expected {2}at most half of them wait\n {3}received {2}81 of 100/);
    expect(text).not.toContain('Not met');
  });

  test('shows the clock of a case that has one', () => {
    const steps = [
      { atMs: 0, what: 'server b crashes' },
      { atMs: 250, what: 'pick', result: '→ b' },
      { atMs: 12_500, what: 'pick', result: '→ b', expected: 'a' },
    ];
    const check = { ...failing, counterexample: { steps, expected: 'a', received: 'b' } };
    const text = renderVerdict(page(), { ...failed, checks: [check] }, context);
    expect(text).toContain('     0 ms  server b crashes\n   250 ms  pick  → b\n   12.5 s  pick  → b       expected a');
  });

  test('leaves out the middle of a long case', () => {
    const steps = Array.from({ length: 60 }, (_, index) => ({ what: 'pick', result: `→ s${index}` }));
    const verdict = { ...failed, checks: [{ ...failing, counterexample: { steps } }] };
    const short = renderVerdict(page(), verdict, context);
    expect(short).toContain('→ s5\n   … 36 more steps …\n');
    expect(short).toContain('→ s59');
    expect(renderVerdict(page(), verdict, { ...context, verbose: true })).toContain('→ s30');
  });

  test('puts console output under the check that printed it', () => {
    const warnings = [
      { kind: 'console', message: 'turn 3', check: 'keeps-rotation' },
      { kind: 'console', message: 'elsewhere', check: 'rotates' },
      { kind: 'type', message: "Type 'string' is not assignable to type 'number'.", line: 2 },
    ] as const;
    const text = renderVerdict(page(), { ...failed, warnings }, context);
    expect(text.indexOf('turn 3')).toBeLessThan(text.indexOf('Your index still counts'));
    expect(text.indexOf('elsewhere')).toBeGreaterThan(text.indexOf('costs no points'));
    expect(text).toContain("type error line 2  Type 'string'");
  });

  test('points at the column of a syntax error, in cells, not in characters', () => {
    const verdict: Verdict = {
      ...failed,
      status: 'compile-error',
      checks: [],
      misconception: null,
      problem: { message: 'Expected ";" but found "b"', file: FILE, line: 1, column: 18 },
    };
    const text = renderVerdict(page(), verdict, { ...context, lines: ["  const 서버 = 'a' b;"] });
    const [quote = '', caret = ''] = text.split('\n').filter((line) => line.includes('│'));
    expect(text).toContain(`${FILE}:1:18\n`);
    expect(stringWidth(caret.slice(0, caret.indexOf('^')))).toBe(stringWidth(quote.slice(0, quote.indexOf('b;'))));
  });

  test.each(STATUSES)('%s says what to do next, in both languages', (status: Status) => {
    const verdict = status === 'failed' ? failed : { ...failed, status, checks: [], misconception: null };
    const english = renderVerdict(page(), verdict, context);
    const korean = renderVerdict(page({ language: 'ko' }), verdict, context);
    expect(english).toMatch(/Next +npm run (hint|watch|reset|solution|doctor)/);
    expect(korean).toMatch(/다음 +npm run (hint|watch|reset|solution|doctor)/);
    expect(english).not.toMatch(/undefined|NaN|\[object/);
  });

  test('a broken grader names no score', () => {
    const text = renderVerdict(page(), { ...failed, status: 'grader-error', checks: [], score: 0 }, context);
    expect(text).not.toMatch(/0\/6/);
  });

  test.each([
    ['en', 60],
    ['ko', 60],
    ['en', 100],
    ['ko', 45],
  ] as const)('no line but a link a path or a command is wider than the page (%s, %i columns)', (language, width) => {
    const check: CheckVerdict = {
      ...failing,
      title: '서버를 빼도 다른 서버가 차례를 건너뛰거나 두 번 받지 않아야 합니다. 순서는 그대로 이어져야 합니다.',
      counterexample: {
        ...failing.counterexample,
        steps: [
          { what: '주어진 서버', value: Array.from({ length: 40 }, (_, index) => `server-${index}`).join(' ') },
          { what: 'pick', result: 'TypeError: Cannot read properties of undefined (reading a very long name indeed)' },
          { atMs: 3, what: '서울의 데이터 센터가 전력을 잃고 모든 연결이 끊어져 아무 응답도 돌아오지 않게 됩니다' },
        ],
      },
    };
    const text = renderVerdict(page({ language, width }), { ...failed, checks: [check, passing] }, context);
    const wide = text.split('\n').filter((line) => stringWidth(line) > width && !/http:|\.ts|npm run/.test(line));
    expect(wide).toEqual([]);
  });

  test('a learner’s text cannot drive the terminal', () => {
    const warnings = [{ kind: 'console', message: '\u001b[2J\u0007cleared\rover', check: 'rotates' }] as const;
    const text = renderVerdict(page(), { ...failed, warnings }, context);
    expect(text).toContain('�[2J�cleared�over');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/);
  });

  test('colour changes nothing but colour', () => {
    const plain = renderVerdict(page(), failed, context);
    const coloured = renderVerdict(page({ colors: createColors(true) }), failed, context);
    expect(coloured).toContain('\u001b[');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences are what is taken out
    expect(coloured.replace(/\u001b\[\d+m/g, '').replace(/ +$/gm, '')).toBe(plain);
  });
});
