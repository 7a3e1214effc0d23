import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Brief } from '../exercises/brief.ts';
import type { Language } from '../simulator/text.ts';

/** The folder that holds `exercises/`, `lessons/` and the rest of the course. */
export const courseRoot = fileURLToPath(new URL('..', import.meta.url));

/** An exercise as its files name it: nothing is listed anywhere, a brief in a lesson's folder is enough. */
export interface Exercise {
  readonly id: string;
  /** Folder name of its lesson, `02-load-balancing`. */
  readonly lesson: string;
  readonly files: ExerciseFiles;
}

/** Absolute paths. Only the brief is certain to exist. */
export interface ExerciseFiles {
  /** What the learner edits. */
  readonly stub: string;
  /** The stub as it was handed out, for `reset` and for telling whether anything was attempted. */
  readonly pristine: string;
  readonly brief: Readonly<Record<Language, string>>;
  readonly suite: string;
  readonly solution: string;
}

/** An exercise together with what its brief says about it, in both languages. */
export interface CatalogueEntry extends Exercise {
  readonly brief: Readonly<Record<Language, Brief>>;
}

const LESSON = /^\d\d-[a-z0-9-]+$/;
const BRIEF = /^([a-z0-9-]+)\.mdx$/;

/**
 * Every exercise of the course by file name alone, by lesson, then by id: reads no file.
 * @throws Error when two lessons have an exercise of the same id, naming both
 */
export function listExercises(root: string = courseRoot): Exercise[] {
  const base = join(root, 'exercises');
  const exercises = foldersIn(base).flatMap((lesson) =>
    readdirSync(join(base, lesson))
      .map((name) => BRIEF.exec(name)?.[1])
      .filter((id) => id !== undefined)
      .sort()
      .map((id): Exercise => ({ id, lesson, files: filesOf(root, lesson, id) })),
  );
  const seen = new Map<string, Exercise>();
  for (const exercise of exercises) {
    const twin = seen.get(exercise.id);
    if (twin) throw new Error(`the id ${exercise.id} is used in ${twin.lesson} and in ${exercise.lesson}: rename one`);
    seen.set(exercise.id, exercise);
  }
  return exercises;
}

/**
 * Every exercise with its brief's frontmatter, in the order of the course.
 * @throws Error naming the file and the field when frontmatter does not fit the schema
 */
export async function readCatalogue(root: string = courseRoot): Promise<CatalogueEntry[]> {
  const entries = await Promise.all(listExercises(root).map(readEntry));
  return entries.sort((a, b) => a.lesson.localeCompare(b.lesson) || a.brief.en.order - b.brief.en.order);
}

/** One exercise with its brief's frontmatter; see `readCatalogue`. */
export async function readEntry(exercise: Exercise): Promise<CatalogueEntry> {
  const [en, ko] = await Promise.all([readBrief(exercise.files.brief.en), readBrief(exercise.files.brief.ko)]);
  return { ...exercise, brief: { en, ko } };
}

async function readBrief(file: string): Promise<Brief> {
  const [{ default: matter }, { briefSchema }] = await Promise.all([
    import('gray-matter'),
    import('../exercises/brief.ts'),
  ]);
  const result = briefSchema.safeParse(matter(readFileSync(file, 'utf8')).data);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new Error(`${file}: ${issue?.path.join('.') || 'frontmatter'}: ${issue?.message}`);
}

function foldersIn(base: string): string[] {
  if (!existsSync(base)) return [];
  return readdirSync(base, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && LESSON.test(entry.name))
    .map((entry) => entry.name)
    .sort();
}

function filesOf(root: string, lesson: string, id: string): ExerciseFiles {
  const source = (...folders: string[]) => join(root, ...folders, lesson, `${id}.ts`);
  return {
    stub: source('exercises'),
    pristine: source('grader', 'stubs'),
    brief: {
      en: join(root, 'exercises', lesson, `${id}.mdx`),
      ko: join(root, 'exercises', lesson, `${id}.ko.mdx`),
    },
    suite: source('grader', 'suites'),
    solution: source('solutions'),
  };
}
