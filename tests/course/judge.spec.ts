import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSession, type Session } from '../../grader/grade.ts';
import { differences, FIXTURE_COURSE, FIXTURES, fixtures, OPTIONS, TALLY } from '../../grader/judge/fixture-files.ts';
import { canSandbox } from '../../grader/judge/sandbox.ts';
import { STATUSES, type Verdict } from '../../grader/verdict.ts';
import { descendants } from './processes.ts';

let session: Session;
beforeAll(() => {
  session = openSession();
});
afterAll(() => session.close());

describe('an answer gets the verdict that its file names', () => {
  const honest = fixtures('answers');
  let verdicts: Verdict[] = [];
  beforeAll(async () => {
    const requests = honest.map(({ file }) => ({ exercise: TALLY, file }));
    verdicts = await session.grade(requests, { ...OPTIONS, typecheck: true });
  });

  it.for(honest.map((fixture, i) => [fixture.name, fixture, i] as const))('%s', ([, fixture, i]) => {
    const verdict = verdicts[i] as Verdict;
    expect(differences(verdict, fixture)).toEqual([]);
    const kinds = new Set(verdict.warnings.map(({ kind }) => kind));
    kinds.delete('type');
    if (fixture.wants.warns === undefined) expect([...kinds]).toEqual([]);
    expect(verdict.score).toBe(verdict.checks.reduce((sum, { points }) => sum + points, 0));
    expect(verdict.maxScore === 10 || verdict.status === 'grader-error').toBe(true);
  });
});

it('reaches every status that there is, by a file or by a test further down', () => {
  const named = [...fixtures('answers'), ...fixtures('hostile')].flatMap(({ status }) => status);
  const below = ['not-submitted', 'invalid-submission', 'flaky', 'grader-error'];
  expect([...new Set([...named, ...below])].sort()).toEqual([...STATUSES].sort());
});

describe('a file that is no answer', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'judge-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it.for([
    ['is missing', 'not-submitted', () => undefined],
    ['is a folder', 'invalid-submission', (file: string) => mkdirSync(file)],
    ['is a link', 'invalid-submission', (file: string) => symlinkSync(join(FIXTURES, 'answers/right.ts'), file)],
    ['is far too large', 'invalid-submission', (file: string) => writeFileSync(file, Buffer.alloc(100_000_000, 47))],
    ['is no text', 'invalid-submission', (file: string) => writeFileSync(file, Buffer.from([0xff, 0xfe, 0, 1]))],
    ['is empty', 'contract-error', (file: string) => writeFileSync(file, '')],
  ] as const)('%s', async ([name, status, make]) => {
    const file = join(folder, `${name.replaceAll(' ', '-')}.ts`);
    make(file);
    const [verdict] = await session.grade([{ exercise: TALLY, file }], OPTIONS);
    expect(verdict).toMatchObject({ status, score: 0, maxScore: 10 });
  });

  it('has settings beside it that count for nothing', async () => {
    const inner = join(folder, 'settings');
    mkdirSync(join(inner, 'node_modules', 'zod'), { recursive: true });
    writeFileSync(join(inner, 'vitest.config.ts'), 'throw new Error("read")');
    writeFileSync(
      join(inner, 'tsconfig.json'),
      '{"compilerOptions": {"target": "es5", "paths": {"./contract.ts": ["x"]}}}',
    );
    writeFileSync(join(inner, 'package.json'), '{"type": "commonjs", "sideEffects": false, "imports": {"#x": "./x"}}');
    writeFileSync(join(inner, '.npmrc'), 'node-options=--require ./evil.js\nignore-scripts=false\n');
    writeFileSync(join(inner, 'contract.ts'), 'export const NOBODY = "forged";');
    const file = join(inner, 'tally.ts');
    writeFileSync(file, readFileSync(join(FIXTURES, 'answers/right-with-contract-value.ts')));
    const [verdict] = await session.grade([{ exercise: TALLY, file }], OPTIONS);
    expect(verdict?.status).toBe('passed');
  });
});

it.skipIf(process.platform === 'win32')(
  'settings that never end keep nobody waiting for long',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'judge-'));
    for (const name of ['package.json', 'tsconfig.json']) execFileSync('mkfifo', [join(folder, name)]);
    const file = join(folder, 'tally.ts');
    writeFileSync(file, readFileSync(join(FIXTURES, 'answers/right.ts')));
    const [verdict] = await session.grade([{ exercise: TALLY, file }], { ...OPTIONS, typecheck: true });
    expect(verdict?.status).toBe('passed');
    expect(descendants(process.pid).filter(({ command }) => command.includes(folder))).toEqual([]);
    rmSync(folder, { recursive: true });
  },
  30_000,
);

describe('a verdict', () => {
  const file = join(FIXTURES, 'stubs/01-numbers/tally.ts');

  it('says what to do first about the untouched stub', async () => {
    const [verdict] = await session.grade([{ exercise: TALLY, file }], OPTIONS);
    expect(verdict?.status).toBe('not-attempted');
    expect(verdict?.problem?.message).toMatch(/To begin with: (count|say)/);
    expect(verdict?.problem?.line).toBeTypeOf('number');
  });

  it('is the same again under the same seed', async () => {
    const wrong = { exercise: TALLY, file: join(FIXTURES, 'answers/changes-its-input.ts') };
    const verdicts = await session.grade([wrong, wrong], { ...OPTIONS, typecheck: false });
    const [one, two] = verdicts.map((verdict) => ({ ...verdict, durationMs: 0 }));
    expect(one).toEqual(two);
  });

  it('comes out the same behind the walls of the operating system, where there are any', async () => {
    const wrong = { exercise: TALLY, file: join(FIXTURES, 'answers/off-by-one.ts') };
    const walledIn = () => session.grade([wrong], { ...OPTIONS, typecheck: false, sandbox: true });
    if (!canSandbox()) return await expect(walledIn()).rejects.toThrow('bwrap');
    const [open] = await session.grade([wrong], { ...OPTIONS, typecheck: false });
    const [walled] = await walledIn();
    expect({ ...walled, durationMs: 0 }).toEqual({ ...open, durationMs: 0 });
  });

  it('is given up when asked, without a score', async () => {
    const stop = new AbortController();
    const endless = { exercise: TALLY, file: join(FIXTURES, 'answers/loop-in-a-call.ts') };
    const [verdict] = await session.grade([endless], {
      ...OPTIONS,
      limits: { callMs: 20_000, checkMs: 20_000 },
      signal: stop.signal,
      onProgress: (progress) => {
        if (progress.is === 'starts' && progress.check === 'counts') stop.abort();
      },
    });
    expect(verdict?.status).toBe('grader-error');
  });

  it('is told check by check while it is being reached', async () => {
    const told: string[] = [];
    /** A check that fails is run again, so it starts more than once. */
    const tellOnce = (line: string) => told.at(-1) !== line && told.push(line);
    const wrong = { exercise: TALLY, file: join(FIXTURES, 'answers/off-by-one.ts') };
    const [verdict] = await session.grade([wrong], {
      ...OPTIONS,
      typecheck: false,
      onProgress: (progress) => {
        if (progress.is === 'planned') told.push(...progress.checks.map(({ id, title }) => `due ${id}: ${title}`));
        else if (progress.is === 'starts') tellOnce(`starts ${progress.check}`);
        else told.push(`${progress.check} ${progress.passed ? 'passed' : 'failed'}`);
      },
    });
    const checks = verdict?.checks ?? [];
    expect(checks.map(({ status }) => status)).toContain('failed');
    expect(told).toEqual([
      ...checks.map(({ id, title }) => `due ${id}: ${title}`),
      'starts load',
      ...checks.flatMap(({ id, status }) => [`starts ${id}`, `${id} ${status}`]),
      'starts recognise',
    ]);
  });

  it('is told in Korean when asked', async () => {
    const wrong = { exercise: TALLY, file: join(FIXTURES, 'answers/off-by-one.ts') };
    const [verdict] = await session.grade([wrong], { ...OPTIONS, language: 'ko' });
    expect(verdict?.checks[0]).toMatchObject({
      title: '이름을 몇 번 넣었는지 말합니다',
      message: '기대한 값은 0, 받은 값은 1입니다.',
    });
    expect(verdict?.misconception?.message).toBe('모든 이름이 1에서 시작합니다.');
  });

  it('is flaky when a second run on the same seed comes out differently', async () => {
    const unsteady = { ...FIXTURE_COURSE, suites: join(FIXTURES, 'flaky-suites') };
    const right = { exercise: TALLY, file: join(FIXTURES, 'answers/right.ts') };
    const [verdict] = await session.grade([right], { ...OPTIONS, course: unsteady });
    expect(verdict).toMatchObject({ status: 'flaky', score: 0 });
    expect(verdict?.problem?.message).toContain('differently');
  });

  it('blames the grader when a suite does not load, and takes no points for it', async () => {
    const broken = { ...FIXTURE_COURSE, suites: join(FIXTURES, 'broken-suites') };
    const right = join(FIXTURES, 'answers/right.ts');
    const [verdict] = await session.grade([{ exercise: TALLY, file: right }], { ...OPTIONS, course: broken });
    expect(verdict?.status).toBe('grader-error');
    expect(verdict?.problem?.message).toContain('Please report');
  });
});
