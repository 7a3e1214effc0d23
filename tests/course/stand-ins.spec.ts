import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSession, type Session } from '../../grader/grade.ts';
import { COURSE } from '../../grader/judge/course.ts';

const LESSON = '04-caching-and-cdn';
const READ_THROUGH = { exercise: { id: 'read-through-cache', lesson: LESSON } };

let folder: string;
let session: Session;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'stand-ins-'));
  session = openSession();
});

afterAll(async () => {
  await session.close();
  rmSync(folder, { recursive: true });
});

/** A learner's copy of the exercises, with the reference read-through cache and this text as its LRU cache. */
async function gradeWith(name: string, lru: string) {
  const exercises = join(folder, name, 'exercises');
  mkdirSync(exercises, { recursive: true });
  cpSync(COURSE.exercises, exercises, { recursive: true });
  cpSync(join('solutions', LESSON, 'read-through-cache.ts'), join(exercises, LESSON, 'read-through-cache.ts'));
  if (lru !== '') writeFileSync(join(exercises, LESSON, 'lru-cache.ts'), lru);
  const file = join(exercises, LESSON, 'read-through-cache.ts');
  const options = { seed: 1, language: 'en', typecheck: false, course: { ...COURSE, exercises } } as const;
  const [verdict] = await session.grade([{ ...READ_THROUGH, file }], options);
  const standIns = verdict?.warnings.filter(({ kind }) => kind === 'stand-in').map(({ message }) => message) ?? [];
  return { status: verdict?.status, standIns };
}

describe('an answer that builds on an earlier exercise', () => {
  const named = [expect.stringContaining('npm run grade lru-cache')];

  it('is judged with the course’s own where the earlier one is not written yet', async () => {
    expect(await gradeWith('stub', '')).toEqual({ status: 'passed', standIns: named });
  });

  it('is judged with the course’s own where the earlier one does not even compile', async () => {
    expect(await gradeWith('broken', 'export class LruCache {')).toEqual({ status: 'passed', standIns: named });
  });

  it('is judged with the learner’s own where that passes', async () => {
    const own = readFileSync(join('solutions', LESSON, 'lru-cache.ts'), 'utf8');
    expect(await gradeWith('own', own)).toEqual({ status: 'passed', standIns: [] });
  });

  it('does not go round in circles where two exercises build on each other', async () => {
    const circle =
      "import { createReadThrough } from './read-through-cache.ts';\nexport const LruCache = createReadThrough;\n";
    expect((await gradeWith('circle', circle)).status).toBe('passed');
  });
});
