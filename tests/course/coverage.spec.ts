import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import matter from 'gray-matter';
import { beforeAll, describe, expect, it } from 'vitest';
import { listExercises } from '../../grader/catalogue.ts';
import type { Suite } from '../../grader/suite.ts';
import type { AnyScene } from './figures.ts';
import { loadScenes } from './figures.ts';
import type { Page } from './pages.ts';
import { lessonPages, sectionText, tagsOf } from './pages.ts';
import type { Chapter, Point } from './seed-outline.ts';
import { outline } from './seed-outline.ts';

const root = process.cwd();
const pages = lessonPages(root);
const lessons = [...new Set(pages.map(({ lesson }) => lesson))].filter((lesson) => lesson !== '');
const exercises = listExercises(root);

let scenes: ReadonlyMap<string, AnyScene>;
beforeAll(async () => {
  scenes = await loadScenes(root);
});

const pageIn = (lesson: string, language: Page['language']): Page | undefined =>
  pages.find((page) => page.lesson === lesson && page.language === language);

/** The words as they are read: terms that light up a shape are words like others. */
const withoutMarks = (text: string): string => text.replace(/<\/?Term\b[^>]*>/g, '');

/** What is missing for a point of the outline to be taught in one language; empty when nothing is. */
function gaps(chapter: Chapter, point: Point, language: Page['language']): string[] {
  const page = pageIn(chapter.lesson, language);
  if (!page) return [`${chapter.lesson} has no page in ${language}`];
  const text = sectionText(page.source, point.section);
  const missing: string[] = [];
  if (text === undefined) missing.push(`${page.file} has no section {#${point.section}}`);
  else if (!withoutMarks(text).includes(point.words[language])) {
    missing.push(`${page.file}#${point.section} no longer says “${point.words[language]}”`);
  }
  if (!point.exercise && !point.scene && !point.coming) missing.push('neither an exercise nor a scene belongs to it');
  if (point.coming && exercises.some(({ id }) => id === point.coming)) {
    missing.push(`exercise ${point.coming} is written: say \`exercise\` instead of \`coming\``);
  }
  if (point.exercise) {
    if (!exercises.some(({ id, lesson }) => id === point.exercise && lesson === chapter.lesson)) {
      missing.push(`there is no exercise ${point.exercise} in ${chapter.lesson}`);
    }
    if (!tagsOf(page.source, 'Exercise').some(({ props }) => props.id === point.exercise)) {
      missing.push(`${page.file} does not show exercise ${point.exercise}`);
    }
  }
  if (point.scene) {
    if (!scenes.has(point.scene)) missing.push(`there is no scene ${point.scene}`);
    if (!tagsOf(page.source, 'Simulation').some(({ props }) => props.scene === point.scene)) {
      missing.push(`${page.file} does not show scene ${point.scene}`);
    }
  }
  return missing;
}

/** The sheet: what the document says → where it is taught → where a learner meets it. */
function sheet(chapter: Chapter): string {
  const rows = chapter.points.map(({ label, section, exercise, scene, coming }) => [
    label,
    `#${section}`,
    [exercise && `exercise ${exercise}`, scene && `scene ${scene}`, coming && `(coming: exercise ${coming})`]
      .filter(Boolean)
      .join(', '),
  ]);
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => row[column]!.length)));
  const lines = rows.map(([label, section, where]) => {
    return `  ${label!.padEnd(widths[0]!)}  ${section!.padEnd(widths[1]!)}  ${where}`;
  });
  return [`Chapter ${chapter.number}, ${chapter.title} → lessons/${chapter.lesson}`, ...lines].join('\n');
}

describe.each(outline)('chapter $number of the document, $title', (chapter) => {
  it.each(chapter.points)('is taught: $label', (point) => {
    expect([...gaps(chapter, point, 'en'), ...gaps(chapter, point, 'ko')]).toEqual([]);
  });

  it('names each of its points once', () => {
    expect(new Set(chapter.points.map(({ id }) => id)).size).toBe(chapter.points.length);
    console.log(sheet(chapter));
  });
});

describe.each(lessons)('%s', (lesson) => {
  it('has the same sections, simulations, predictions, exercises and questions in both languages', () => {
    const shape = (page: Page | undefined) => ({
      sections: page?.sections,
      simulations: page && tagsOf(page.source, 'Simulation').map(({ props }) => props),
      predictions: page && tagsOf(page.source, 'Predict').map(({ props: { question: _, ...props } }) => props),
      exercises: page && tagsOf(page.source, 'Exercise').map(({ props }) => props.id),
      questions: page && tagsOf(page.source, 'SelfCheck').length,
      incidents: page && tagsOf(page.source, 'Incident').map(({ props: { date, source } }) => ({ date, source })),
    });
    expect(shape(pageIn(lesson, 'ko'))).toEqual(shape(pageIn(lesson, 'en')));
  });

  it('asks at least five questions to check oneself', () => {
    expect(tagsOf(pageIn(lesson, 'en')?.source ?? '', 'SelfCheck').length).toBeGreaterThanOrEqual(5);
  });

  it('shows each exercise of the lesson, and none of another', () => {
    const shown = tagsOf(pageIn(lesson, 'en')?.source ?? '', 'Exercise').map(({ props }) => props.id);
    expect([...shown].sort()).toEqual(
      exercises
        .filter((each) => each.lesson === lesson)
        .map(({ id }) => id)
        .sort(),
    );
  });

  it('has only simulations and predictions of scenes, presets and exercises that exist', () => {
    const { source = '' } = pageIn(lesson, 'en') ?? {};
    const strange = [...tagsOf(source, 'Simulation'), ...tagsOf(source, 'Predict')].filter(({ props }) => {
      const scene = props.scene === undefined ? undefined : scenes.get(String(props.scene));
      if (props.scene !== undefined && !scene) return true;
      const preset = props.preset !== undefined && !scene?.presets.some(({ id }) => id === props.preset);
      const exercise = props.exercise !== undefined && !(String(props.exercise) in (scene?.exercises ?? {}));
      return preset || (exercise && props.exercise !== 'none');
    });
    expect(strange.map(({ name, line, props }) => `line ${line}: <${name}> ${JSON.stringify(props)}`)).toEqual([]);
  });

  it('has a section for every anchor that its exercises and their checks name', async () => {
    const sections = pageIn(lesson, 'en')?.sections ?? [];
    const named: string[] = [];
    for (const exercise of exercises.filter((each) => each.lesson === lesson)) {
      const brief = matter.read(exercise.files.brief.en).data;
      named.push(`${exercise.id}: ${brief.section}`);
      if (!existsSync(exercise.files.suite)) continue;
      const { suite } = (await import(pathToFileURL(exercise.files.suite).href)) as { suite: Suite<unknown> };
      named.push(...suite.checks.map(({ id, section }) => `${exercise.id}/${id}: ${section}`));
    }
    expect(named.filter((each) => !sections.includes(each.split(': ')[1]!))).toEqual([]);
  });
});

describe.each(['en', 'ko'] as const)('the front page in %s', (language) => {
  it('links the lessons that there are, and no others', () => {
    const source = pageIn('', language)?.source ?? '';
    const linked = [...source.matchAll(/\]\(\.\/(\d\d-[a-z0-9-]+)\/\)/g)].map(([, lesson]) => lesson!);
    expect([...new Set(linked)].sort()).toEqual(lessons);
    expect(linked.every((lesson) => existsSync(join(root, 'lessons', lesson, 'lesson.mdx')))).toBe(true);
  });
});
