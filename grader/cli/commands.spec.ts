import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { courseRoot, listExercises } from '../catalogue.ts';
import { canSandbox } from '../judge/sandbox.ts';

/** Commands as they are typed: real processes, a progress folder of their own. */
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'commands-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

interface Outcome {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

function run(command: string, words: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Outcome> {
  const child = spawn(process.execPath, ['--import', 'tsx', join('grader', 'cli', `${command}.ts`), ...words], {
    cwd: courseRoot,
    env: { ...process.env, INIT_CWD: courseRoot, LANG: 'C', ZERO_TO_MILLIONS_PROGRESS: folder, COLUMNS: '80', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [out, err] = ['', ''];
  child.stdout.on('data', (data) => {
    out += data;
  });
  child.stderr.on('data', (data) => {
    err += data;
  });
  return new Promise((done) => child.on('close', (code) => done({ code, out, err })));
}

const remember = (content: object) => {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'state.json'), JSON.stringify(content));
};
const state = () => JSON.parse(readFileSync(join(folder, 'state.json'), 'utf8'));

describe('a command that is called wrongly ends with 2 and one line', { timeout: 30_000 }, () => {
  test.each([
    [
      'an unknown id: the nearest and the list',
      ['rond-robin'],
      /^no exercise rond-robin: did you mean round-robin\? Known: .*ip-hash/,
    ],
    [
      'an unknown flag: the nearest and the list',
      ['round-robin', '--sed', '1'],
      /^unknown option --sed: did you mean --seed\? Known: .*--json/,
    ],
    [
      'an unknown file: the nearest',
      ['round-robin', '--file', 'exercises/02-load-balancing/round-robbin.ts'],
      /did you mean exercises\/02-load-balancing\/round-robin\.ts\?/,
    ],
    ['a folder for a file', ['round-robin', '--file', 'exercises'], /^exercises is not a file/],
    ['a seed that is no number', ['round-robin', '--seed', 'soon'], /^--seed must be a whole number/],
    ['a flag without its value', ['round-robin', '--seed'], /needs a value/],
    ['a language that the course does not speak', ['round-robin', '--lang', 'fr'], /^--lang must be one of en, ko/],
    ['a file without an exercise', ['--file', 'package.json'], /^--file grades one exercise/],
  ])('%s', async (_, words, line) => {
    const { code, out, err } = await run('grade', words);
    expect({ code, out, lines: err.trimEnd().split('\n').length }).toEqual({ code: 2, out: '', lines: 1 });
    expect(err).toMatch(line);
  });

  test('also in Korean, and Korean is remembered', async () => {
    expect((await run('grade', ['nosuch', '--lang', 'ko'])).err).toMatch(/실습이 없습니다.*round-robin/);
    expect((await run('hint', ['nosuch'])).err).toMatch(/실습이 없습니다/);
  });

  test('the saved choice wins over LANG, and LANG over nothing', async () => {
    expect((await run('grade', ['nosuch'], { LANG: 'ko_KR.UTF-8' })).err).toMatch(/실습이 없습니다/);
    remember({ language: 'en' });
    expect((await run('grade', ['nosuch'], { LANG: 'ko_KR.UTF-8' })).err).toMatch(/^no exercise/);
  });
});

describe('grading from the command line', { timeout: 60_000 }, () => {
  test('a right answer ends with 0 and counts as nobody’s attempt when it is another file', async () => {
    const file = 'solutions/02-load-balancing/round-robin.ts';
    const { code, out } = await run('grade', ['round-robin', '--file', file, '--json', '--seed', '7']);
    expect(code).toBe(0);
    const { version, results } = JSON.parse(out);
    expect(version).toBe(1);
    expect(results).toHaveLength(1);
    expect(results[0]).toMatchObject({ exercise: 'round-robin', file, status: 'passed', seed: 7, misconception: null });
    expect(() => state()).toThrow();
  });

  test('the stub ends with 1, says where to begin, and is no attempt', async () => {
    const { code, out } = await run('grade', ['round', '--file', 'grader/stubs/02-load-balancing/round-robin.ts']);
    expect(code).toBe(1);
    expect(out).toMatch(/not attempted/);
    expect(out).toMatch(/Next +npm run hint round-robin/);
    expect(out).not.toContain('\u001b');
  });

  test('a wrong answer ends with 1 and tells its story within 60 columns', async () => {
    const file = 'grader/misconceptions/02-load-balancing/round-robin/index-counts-old-list.ts';
    const { code, out } = await run('grade', ['round-robin', '--file', file], { COLUMNS: '60' });
    expect(code).toBe(1);
    expect(out).toMatch(
      /✗ keeps-rotation[\s\S]*servers +a[\s\S]*expected b[\s\S]*still counts[\s\S]*\/02-load-balancing\/#/,
    );
    expect(out.split('\n').filter((line) => line.length > 60 && !/http:|npm run|\.ts/.test(line))).toEqual([]);
  });
});

describe('the sandbox for other people’s code', { timeout: 60_000 }, () => {
  const wrong = [
    'round-robin',
    '--file',
    'grader/misconceptions/02-load-balancing/round-robin/index-counts-old-list.ts',
  ];

  test('is refused with 2 where the machine has no walls, and what to do is said', async () => {
    const { code, out, err } = await run('grade', [...wrong, '--sandbox', '--json'], { PATH: folder });
    expect({ code, out, lines: err.trimEnd().split('\n').length }).toEqual({ code: 2, out: '', lines: 1 });
    expect(err).toMatch(/^no sandbox .*(bwrap|darwin|win32).*apt-get install bubblewrap.*leave --sandbox out/);
    expect((await run('grade', [...wrong, '--sandbox', '--lang', 'ko'], { PATH: folder })).err).toMatch(/샌드박스/);
  });

  test.skipIf(!canSandbox())('gives the verdict that would come without it', async () => {
    const [walled, open] = await Promise.all(
      [['--sandbox'], []].map((flags) => run('grade', [...wrong, '--json', ...flags])),
    );
    const verdict = ({ out }: Outcome) => ({ ...JSON.parse(out).results[0], durationMs: 0 });
    expect(walled?.code).toBe(1);
    expect(verdict(walled as Outcome)).toEqual(verdict(open as Outcome));
  });
});

describe('the ladder of hints', { timeout: 30_000 }, () => {
  test('goes one rung further with each call, stops at the last, and remembers', async () => {
    const titles: string[] = [];
    for (let call = 0; call < 5; call++) {
      const { code, out } = await run('hint', ['round-robin']);
      expect(code).toBe(0);
      titles.push(/Hint \d of \d/.exec(out)?.[0] ?? out);
    }
    expect(titles).toEqual(['Hint 1 of 4', 'Hint 2 of 4', 'Hint 3 of 4', 'Hint 4 of 4', 'Hint 4 of 4']);
    expect(state().exercises['round-robin'].hints).toBe(4);
    expect((await run('hint', ['round-robin', '--all'])).out.match(/Hint \d of 4/g)).toHaveLength(4);
  });

  test('shows the brief without giving hints away', async () => {
    const { out } = await run('hint', ['round-robin', '--brief']);
    expect(out).toContain('What to write');
    expect(out).not.toMatch(/Hint|<\w/);
  });
});

describe('the solution', { timeout: 30_000 }, () => {
  test('stays closed until the exercise passes', async () => {
    const { code, out, err } = await run('solution', ['round-robin']);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toMatch(/--give-up/);
    remember({ exercises: { 'round-robin': { passed: true } } });
    expect((await run('solution', ['round-robin'])).out).toContain('class RoundRobin');
    expect(state().exercises['round-robin'].gaveUp).toBeUndefined();
  });

  test('opens to whoever gives up, and that is remembered', async () => {
    expect((await run('solution', ['round-robin', '--give-up'])).code).toBe(0);
    expect(state().exercises['round-robin'].gaveUp).toBe(true);
    expect((await run('progress', [])).out).toMatch(/round-robin.*solution seen/);
  });
});

describe('progress', { timeout: 30_000 }, () => {
  test('lists every exercise and what comes next', async () => {
    remember({ exercises: { 'round-robin': { passed: true, best: 10, max: 10, attempts: 3 } } });
    const { code, out } = await run('progress', []);
    expect(code).toBe(0);
    for (const { id } of listExercises()) expect(out).toContain(` ${id} `);
    expect(out).toMatch(/✓ round-robin.*10\/10/);
    expect(out).toMatch(/npm run watch (?!round-robin)/);
  });
});
