import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Candidate, listCandidates, loadSuite, surprises } from '../../grader/candidates.ts';
import { type CatalogueEntry, courseRoot, readCatalogue } from '../../grader/catalogue.ts';
import { openSession, type Session } from '../../grader/grade.ts';
import { readState, stateOf } from '../../grader/progress/state.ts';
import type { Verdict } from '../../grader/verdict.ts';
import type { Language } from '../../simulator/text.ts';

/**
 * Every exercise of the course has all its parts, and its suite tells right from wrong: every file once through the
 * judge that learners meet, and right answers on another seed in this process (`npm run soak` tries a hundred).
 */
const SEEDS = 1;
/** Every wrong answer of the course, on a machine that does other things as well. */
const JUDGING_MS = 600_000;
type Verdicts = ReadonlyMap<string, Verdict>;

const LANGUAGES: readonly Language[] = ['en', 'ko'];
const catalogue = await readCatalogue();

const judged = new Map<CatalogueEntry, Verdicts>();
let judging: Promise<unknown>;
beforeAll(() => {
  const waiting = [...catalogue];
  judging = Promise.all(Array.from({ length: availableParallelism() }, () => judgeAll(waiting, judged)));
  judging.catch(() => undefined);
});

describe.each(catalogue)('$lesson/$id', (exercise) => {
  const brief = Object.fromEntries(
    LANGUAGES.map((language) => [language, readFileSync(exercise.files.brief[language], 'utf8')]),
  ) as Record<Language, string>;
  const candidates = listCandidates(exercise);
  const wrong = candidates.filter(isWrong);

  it('says the same in both languages: facts, headings, examples and hints', () => {
    const facts = LANGUAGES.map((language) => {
      const { title: _, builds: __, ...rest } = exercise.brief[language];
      return { ...rest, ...partsOf(brief[language]) };
    });
    expect(facts[1]).toEqual(facts[0]);
    expect(partsOf(brief.en).hints).toBeGreaterThanOrEqual(3);
    expect(partsOf(brief.en).examples).toBeGreaterThanOrEqual(2);
    expect(brief.ko.replace(/```[\s\S]*?```/g, '')).toMatch(/[가-힣]/);
  });

  it('gives hints without the code', () => {
    for (const language of LANGUAGES) {
      for (const hint of brief[language].match(/<Hint>[\s\S]*?<\/Hint>/g) ?? []) expect(hint).not.toContain('```');
    }
  });

  it('starts from the stub that reset gives back', () => {
    const pristine = readFileSync(exercise.files.pristine, 'utf8');
    expect(pristine).toContain("from '../todo.ts'");
    const begun = stateOf(readState(), exercise.id).attempts > 0;
    if (!begun) expect(readFileSync(exercise.files.stub, 'utf8')).toBe(pristine);
  });

  it('has a solution, at least two other right answers and three wrong ones', () => {
    expect(existsSync(exercise.files.solution)).toBe(true);
    expect(candidates.filter(({ kind }) => kind === 'alternative').length).toBeGreaterThanOrEqual(2);
    expect(wrong.length).toBeGreaterThanOrEqual(3);
  });

  it('has a suite whose checks are named once, in both languages, and stand in a section of the page', async () => {
    const { requires, checks } = await loadSuite(exercise);
    expect(Object.keys(requires).length).toBeGreaterThan(0);
    expect(new Set(checks.map(({ id }) => id)).size).toBe(checks.length);
    for (const { id, title, points } of checks) {
      expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
      expect(points).toBeGreaterThan(0);
      for (const language of LANGUAGES) expect(title[language].trim()).not.toBe('');
    }
    for (const language of LANGUAGES) {
      const anchors = anchorsOf(exercise, language);
      for (const section of [exercise.brief.en.section, ...checks.map((check) => check.section)]) {
        expect(anchors).toContain(section);
      }
    }
  });

  it('names a scene that exists', () => {
    const { scene } = exercise.brief.en;
    if (scene === undefined) return;
    const scenes = readdirSync(join(courseRoot, 'lessons'), { recursive: true, encoding: 'utf8' });
    expect(scenes.map((path) => path.replaceAll('\\', '/').split('/').slice(-2).join('/'))).toContain(
      `scenes/${scene}.ts`,
    );
  });

  it.each(candidates.filter(isRight))('passes its $kind $name on another seed', async (candidate) => {
    expect(await surprises(exercise, candidate, SEEDS)).toEqual([]);
  });
});

describe('the judge that learners meet', () => {
  beforeAll(() => judging, JUDGING_MS);

  describe.each(catalogue)('on $id', (exercise) => {
    const candidates = listCandidates(exercise);
    let verdicts: Verdicts;
    beforeAll(() => {
      verdicts = judged.get(exercise)!;
    });

    it('calls the untouched stub not attempted', () => {
      expect(verdicts.get(exercise.files.pristine)).toMatchObject({ status: 'not-attempted', score: 0 });
    });

    it.each(candidates.filter(isRight))('passes $kind $name', ({ file }) => {
      const verdict = verdicts.get(file)!;
      expect(complaintsIn(verdict)).toEqual([]);
      expect(verdict).toMatchObject({ status: 'passed', score: verdict.maxScore });
    });

    it.each(candidates.filter(isWrong))('fails $name by its check and recognises it', async ({ name, file }) => {
      const verdict = verdicts.get(file)!;
      const first = verdict.checks.find(({ status }) => status === 'failed');
      expect({ status: verdict.status, first: first?.id, recognised: verdict.misconception?.id }).toEqual({
        status: 'failed',
        first: readFileSync(file, 'utf8').match(/fails: '([a-z0-9-]+)'/)?.[1],
        recognised: name,
      });
      expect(first?.counterexample?.steps.length).toBeGreaterThan(0);
    });
  });
});

/** Judges what is waiting, one exercise after the other, until nothing is left; others may help. */
async function judgeAll(waiting: CatalogueEntry[], judged: Map<CatalogueEntry, Verdicts>): Promise<void> {
  const session = openSession();
  try {
    for (let exercise = waiting.shift(); exercise !== undefined; exercise = waiting.shift()) {
      judged.set(exercise, await judge(session, exercise));
    }
  } finally {
    await session.close();
  }
}

async function judge(session: Session, exercise: CatalogueEntry): Promise<Verdicts> {
  const files = [exercise.files.pristine, ...listCandidates(exercise).map(({ file }) => file)];
  const requests = files.map((file) => ({ exercise: exercise.id, file }));
  const found = await session.grade(requests, { seed: 7, language: 'en', typecheck: false });
  return new Map(found.map((verdict, i) => [files[i]!, verdict]));
}

function isWrong({ kind }: Candidate): boolean {
  return kind === 'misconception';
}

function isRight(candidate: Candidate): boolean {
  return !isWrong(candidate);
}

function partsOf(mdx: string): { headings: number; examples: number; hints: number; imports: number } {
  const withoutCode = mdx.replace(/```[\s\S]*?```/g, '');
  return {
    headings: withoutCode.match(/^#{1,6} /gm)?.length ?? 0,
    examples: mdx.match(/^```\w+/gm)?.length ?? 0,
    hints: withoutCode.match(/<Hint>/g)?.length ?? 0,
    imports: withoutCode.match(/^import /gm)?.length ?? 0,
  };
}

function anchorsOf({ lesson }: CatalogueEntry, language: Language): string[] {
  const file = join(courseRoot, 'lessons', lesson, language === 'en' ? 'lesson.mdx' : 'lesson.ko.mdx');
  return [...readFileSync(file, 'utf8').matchAll(/^#+ .*\{#([a-z0-9-]+)\}/gm)].map(([, anchor]) => anchor!);
}

function complaintsIn({ checks, problem }: Verdict): string[] {
  const failed = checks.filter(({ status }) => status !== 'passed').map(({ id, message }) => `${id}: ${message}`);
  return problem === undefined ? failed : [problem.message, ...failed];
}
