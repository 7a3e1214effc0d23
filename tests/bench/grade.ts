import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openSession } from '../../grader/grade.ts';
import type { Row } from './row.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const LESSON = '02-load-balancing';
const EXERCISE = 'round-robin';
const SOLUTION = join('solutions', LESSON, `${EXERCISE}.ts`);
const ROUNDS = 7;
const SAVES = 9;
const MANY = 20;
const VERDICT_MS = 400;
/** Between two saves: the next worker gets ready meanwhile, as it does while somebody types. */
const PAUSE_MS = 700;

/** How long grading takes: the whole command beside plain vitest, a save in watch mode, many answers at once. */
export async function bench(): Promise<readonly Row[]> {
  const folder = mkdtempSync(join(ROOT, '.bench-'));
  try {
    const plain = plainVitest(folder);
    const grade = () => command('npm', 'run', '-s', 'grade', EXERCISE, '--', '--file', SOLUTION, '--json');
    const bare = () =>
      command('npm', 'run', '-s', 'grade', EXERCISE, '--', '--file', SOLUTION, '--no-typecheck', '--json');
    const [plainMs = 0, gradeMs = 0, bareMs = 0] = rounds([plain, grade, bare]);
    const baseline = `npx vitest run of the same suite, importing the file (${Math.round(plainMs)} ms)`;
    return [
      row('npm run grade round-robin', gradeMs, baseline, plainMs, 1.6),
      row('npm run grade round-robin -- --no-typecheck', bareMs, baseline, plainMs, 1.6),
      ...(await warm(folder, bareMs)),
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function warm(folder: string, commandMs: number): Promise<Row[]> {
  const session = openSession();
  const file = join(folder, `${EXERCISE}.ts`);
  const options = { seed: 1, language: 'en', typecheck: false } as const;
  const request = { exercise: { id: EXERCISE, lesson: LESSON }, file };
  try {
    const save = async (typecheck: boolean) => {
      const saves: number[] = [];
      for (let i = 0; i < SAVES; i++) {
        writeFileSync(file, `${readFileSync(join(ROOT, SOLUTION), 'utf8')}\n// save ${i}\n`);
        saves.push(await timed(() => session.grade([request], { ...options, typecheck })));
        await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
      }
      return median(saves);
    };
    await save(false);
    const [typed, bare] = [await save(true), await save(false)];
    const many = await timed(() => session.grade(Array(MANY).fill(request), options));
    const limit = `${VERDICT_MS} ms`;
    return [
      row('watch mode, save to verdict', typed, limit, VERDICT_MS, 1),
      row('watch mode, save to verdict, without types', bare, limit, VERDICT_MS, 1),
      row(`${MANY} answers in one go`, many, `the command for one answer (${Math.round(commandMs)} ms)`, commandMs, 4),
    ];
  } finally {
    await session.close();
  }
}

/** Writes a project of one spec that imports suite and answer, and gives back how to run it. */
function plainVitest(folder: string): () => void {
  mkdirSync(folder, { recursive: true });
  const from = (path: string) => JSON.stringify(join(ROOT, path));
  const spec = `
    import { expect, test } from 'vitest';
    import { runCheck } from ${from('grader/judge/tools.ts')};
    import { suite } from ${from(`grader/suites/${LESSON}/${EXERCISE}.ts`)};
    import * as subject from ${from(SOLUTION)};
    for (const check of suite.checks) {
      test(check.id, async () => {
        expect((await runCheck(check, subject, { seed: 1, language: 'en' })).outcome).toBe('passed');
      });
    }`;
  writeFileSync(join(folder, 'plain.spec.ts'), spec);
  writeFileSync(join(folder, 'vitest.config.ts'), 'export default {};');
  return () => command('npx', 'vitest', 'run', '--root', folder, '--config', join(folder, 'vitest.config.ts'));
}

/** The median time of each, taken in turns so that whatever else the machine does falls on all of them. */
function rounds(acts: readonly (() => void)[]): number[] {
  const times = acts.map((): number[] => []);
  for (let round = 0; round < ROUNDS; round++) {
    acts.forEach((act, i) => {
      const start = performance.now();
      act();
      times[i]?.push(performance.now() - start);
    });
  }
  return times.map(median);
}

function command(program: string, ...args: readonly string[]): void {
  const run = spawnSync(program, args, { cwd: ROOT, encoding: 'utf8', shell: process.platform === 'win32' });
  if (run.status !== 0) throw new Error(`${program} ${args.join(' ')}\n${run.stdout}\n${run.stderr}`);
}

async function timed(act: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await act();
  return performance.now() - start;
}

function median(times: readonly number[]): number {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

function row(name: string, value: number, baseline: string, against: number, atMost: number): Row {
  return { name, value, unit: 'ms', baseline, ratio: value / against, promise: { atMost } };
}
