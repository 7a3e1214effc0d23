import type { CatalogueEntry } from '../catalogue.ts';
import { type CourseState, stateOf } from '../progress/state.ts';
import { FEEDBACK } from '../text/feedback.ts';
import { PROGRESS } from '../text/progress.ts';
import { renderWays } from './check.ts';
import { lessonNumber, lessonTitle, lessonUrl } from './links.ts';
import { clip, type Page, padEnd, padStart, say, spread, widthOf } from './page.ts';

/** Where a learner stands, by lesson: stars, best points, hints taken, and what comes next. */
export function renderProgress(page: Page, catalogue: readonly CatalogueEntry[], state: CourseState): string {
  const lessons = [...new Set(catalogue.map((entry) => entry.lesson))];
  const idColumn = Math.max(0, ...catalogue.map((entry) => widthOf(entry.id))) + 2;
  const blocks = lessons.map((lesson) => {
    const entries = catalogue.filter((entry) => entry.lesson === lesson);
    return [
      renderLesson(page, lesson, entries, state),
      ...entries.map((entry) => renderRow(page, entry, state, idColumn)),
    ];
  });
  return `${[...blocks, renderTotal(page, catalogue, state)].map((block) => block.join('\n')).join('\n\n')}\n`;
}

/** The exercise to do next: the first in the order of the course that has not passed. */
export function nextExercise<E extends CatalogueEntry>(catalogue: readonly E[], state: CourseState): E | undefined {
  return catalogue.find((entry) => !stateOf(state, entry.id).passed);
}

/** Stars of what has passed. */
export function starsEarned(entries: readonly CatalogueEntry[], state: CourseState): number {
  return entries
    .filter((entry) => stateOf(state, entry.id).passed)
    .reduce((sum, entry) => sum + entry.brief.en.stars, 0);
}

function renderLesson(page: Page, lesson: string, entries: readonly CatalogueEntry[], state: CourseState): string {
  const title = lessonTitle(lesson, page.language) ?? lesson;
  const name = `${say(page, FEEDBACK.lesson(lessonNumber(lesson)))}  ${title}`;
  const passed = entries.filter((entry) => stateOf(state, entry.id).passed).length;
  return spread(page, ` ${page.colors.bold(clip(name, page.width - 12))}`, `${passed}/${entries.length}`).join('\n');
}

function renderRow(page: Page, entry: CatalogueEntry, state: CourseState, idColumn: number): string {
  const { green, yellow, dim } = page.colors;
  const { passed, attempts, best, max, gaveUp } = stateOf(state, entry.id);
  const mark = passed ? green('✓') : attempts > 0 ? yellow('…') : dim('·');
  const right = `${gaveUp ? `${say(page, PROGRESS.gaveUp)}  ` : ''}${padEnd('★'.repeat(entry.brief.en.stars), 3)}  ${padStart(
    attempts > 0 ? `${best}/${max}` : '–',
    6,
  )}`;
  const room = page.width - 3 - idColumn - widthOf(right) - 2;
  const title = room >= 8 ? clip(entry.brief[page.language].title, room) : '';
  const left = ` ${mark} ${padEnd(entry.id, idColumn)}${dim(title)}`;
  return spread(page, left, right).join('\n');
}

function renderTotal(page: Page, catalogue: readonly CatalogueEntry[], state: CourseState): string[] {
  const passed = catalogue.filter((entry) => stateOf(state, entry.id).passed).length;
  const stars = catalogue.reduce((sum, entry) => sum + entry.brief.en.stars, 0);
  const summary = say(page, PROGRESS.total(passed, catalogue.length, starsEarned(catalogue, state), stars));
  const next = nextExercise(catalogue, state);
  if (next === undefined) return [` ${summary}`, ` ${say(page, PROGRESS.finished)}`];
  const lesson = say(page, FEEDBACK.lesson(lessonNumber(next.lesson)));
  return [
    ` ${summary}`,
    '',
    ...renderWays(page, [
      {
        name: say(page, FEEDBACK.next),
        text: `${lesson} › ${next.brief[page.language].title}`,
        target: lessonUrl(next.lesson, page.language, next.brief.en.section),
      },
      { name: '', text: `npm run watch ${next.id}` },
    ]),
  ];
}
