import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { grade, openSession } from '../../grader/grade.ts';
import { ROOT } from '../../grader/judge/course.ts';
import { differences, FIXTURES, fixtures, OPTIONS, TALLY } from '../../grader/judge/fixture-files.ts';
import { canSandbox } from '../../grader/judge/sandbox.ts';
import type { Verdict } from '../../grader/verdict.ts';
import { descendants, orphans } from './processes.ts';
import { filesUnder } from './snapshot.ts';

/*
 * Files that try to pass without being right, to read what they should not, to harm or to hang. They are graded with
 * the real time limit of a check, so that one that can only be ended by killing its worker must be noticed long before.
 */
const hostile = fixtures('hostile');
const LIMITS = { callMs: 500, checkMs: 15_000, compileMs: 2000 };
/** A call may take 500 ms and as much as four times that on a busy machine, and a second more to be ended. */
const LONGEST_MS = 7500;
const COURSE_FOLDERS = ['exercises', 'grader', 'lessons', 'simulator', 'solutions', 'tests', '.git/hooks'];

const verdicts: Verdict[] = [];
/** How long each check took from when it was announced to when the next was, by exercise and check. */
const took: { readonly at: string; readonly ms: number }[] = [];
let outside: string;
let before: ReadonlyMap<string, string>;
let after: ReadonlyMap<string, string>;
const saved = { HOME: process.env.HOME, TMPDIR: process.env.TMPDIR };

const look = () => new Map([...COURSE_FOLDERS.map((folder) => join(ROOT, folder)), outside].flatMap(filesUnder));

beforeAll(async () => {
  outside = mkdtempSync(join(tmpdir(), 'outside-'));
  Object.assign(process.env, { CANARY: 'CANARY-ENVIRONMENT', HOME: outside, TMPDIR: outside });
  before = look();
  const session = openSession();
  try {
    for (const { file, name } of hostile) {
      let announced: { readonly at: string; readonly ms: number } | undefined;
      const note = (at: string) => {
        const ms = performance.now();
        if (announced !== undefined) took.push({ at: announced.at, ms: ms - announced.ms });
        announced = { at, ms };
      };
      const options = { ...OPTIONS, limits: LIMITS, typecheck: false };
      const [verdict] = await session.grade([{ exercise: TALLY, file }], {
        ...options,
        onProgress: (step) => step.is === 'starts' && note(`${name} ${step.check}`),
      });
      note('');
      verdicts.push(verdict as Verdict);
    }
  } finally {
    await session.close();
    delete process.env.CANARY;
    Object.assign(process.env, saved);
    after = look();
  }
}, 300_000);
afterAll(() => rmSync(outside, { recursive: true }));

describe('a hostile answer', () => {
  it.for(hostile.map((fixture, i) => [fixture.name, fixture, i] as const))(
    '%s is told as what it is',
    ([, fixture, i]) => {
      expect(differences(verdicts[i] as Verdict, fixture)).toEqual([]);
    },
  );

  it('never passes', () => {
    expect(verdicts.filter(({ status }) => status === 'passed')).toEqual([]);
    expect(verdicts.every(({ score, maxScore }) => score < maxScore)).toBe(true);
    expect(hostile.length).toBeGreaterThan(75);
  });

  it('learns nothing of the suite, the environment or the grader, nor does its reader', () => {
    for (const verdict of verdicts) {
      expect(JSON.stringify(verdict)).not.toMatch(/CANARY|node_modules|checks\.vitest|grader\/judge\/\w+\.ts/);
    }
  });

  it('is ended soon after its limit', () => {
    expect(took.filter(({ ms }) => ms > LONGEST_MS)).toEqual([]);
  });

  it('writes nothing anywhere', () => {
    expect([...after].filter(([path, state]) => before.get(path) !== state)).toEqual([]);
    expect([...before.keys()].filter((path) => !after.has(path))).toEqual([]);
    expect(readdirSync(outside)).toEqual([]);
  });

  it('leaves no process behind', async () => {
    const ours = () =>
      [...descendants(process.pid), ...orphans(ROOT)].filter(({ command }) => !/esbuild/.test(command));
    await expect.poll(ours, { timeout: 20_000 }).toEqual([]);
  });
});

describe('a file that is made to be hard to read', () => {
  it.for([
    ['blanks after import', `/* import${' '.repeat(200_000)}*/`, 'passed'],
    ['blocks in blocks', '{'.repeat(120_000) + '}'.repeat(120_000), 'compile-error'],
    [
      'lists in lists',
      `export const deep = ${'['.repeat(100_000)}${']'.repeat(100_000)};`,
      'passed|compile-error|crashed',
    ],
    ['one line of many statements', 'void 0;'.repeat(30_000), 'passed'],
  ] as const)('is read or given up: %s', async ([name, head, status]) => {
    const session = openSession();
    const file = join(outside, `${name.replaceAll(' ', '-')}.ts`);
    const right = fixtures('answers').find((fixture) => fixture.name === 'right')!;
    writeFileSync(file, `${head}\n${readFileSync(right.file, 'utf8')}`);
    const since = performance.now();
    const [verdict] = await session.grade([{ exercise: TALLY, file }], { ...OPTIONS, typecheck: false });
    expect(status.split('|')).toContain(verdict?.status);
    expect(performance.now() - since).toBeLessThan(20_000);
    await session.close();
  });
});

describe.skipIf(!canSandbox())('behind walls of the operating system', () => {
  const bombs = hostile.filter(({ name }) => /bomb|huge|blocks|patched-json/.test(name));

  it('a hostile answer is told as what it is, too', async () => {
    const session = openSession();
    const requests = bombs.map(({ file }) => ({ exercise: TALLY, file }));
    const found = await session.grade(requests, { ...OPTIONS, typecheck: true, sandbox: true });
    await session.close();
    expect(bombs.length).toBeGreaterThan(8);
    expect(found.flatMap((verdict, i) => differences(verdict, bombs[i]!))).toEqual([]);
  });

  it('the compiler says nothing of what a suite looks like', async () => {
    const file = join(outside, 'nosy.ts');
    const suite = join(FIXTURES, 'suites', '01-numbers', 'tally.ts');
    const right = fixtures('answers').find(({ name }) => name === 'right')!;
    const head = `import type { suite } from '${suite}';\nexport const n: typeof suite.checks = 3;\nexport const m: string = 4;\n`;
    writeFileSync(file, head + readFileSync(right.file, 'utf8'));
    const typesOf = async (sandbox: boolean) => {
      const [verdict] = await grade([{ exercise: TALLY, file }], { ...OPTIONS, sandbox });
      return verdict?.warnings.map(({ message }) => message);
    };
    expect(await typesOf(true)).toEqual(["Type 'number' is not assignable to type 'string'."]);
    expect(await typesOf(false)).toHaveLength(2);
  });
});
