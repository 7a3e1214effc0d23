import type { Exercise } from '../catalogue.ts';
import { climb } from '../progress/ladder.ts';
import { FEEDBACK } from '../text/feedback.ts';
import { HINT } from '../text/tools.ts';
import { renderWays } from './check.ts';
import { compileBrief } from './mdx/compile.ts';
import { renderPieces } from './mdx/terminal.ts';
import { type Page, say, spread } from './page.ts';

/** An exercise's brief, without its hints. */
export async function renderBrief(page: Page, exercise: Exercise, title: string, file: string): Promise<string> {
  const { body } = await compileBrief(exercise.files.brief[page.language]);
  return `${[
    ...spread(page, ` ${page.colors.bold(exercise.id)}  ${title}`, page.colors.dim(file)),
    '',
    ...renderPieces(page, body),
    '',
    ...renderWays(page, [{ name: say(page, FEEDBACK.next), text: `npm run watch ${exercise.id}` }]),
  ].join('\n')}\n`;
}

/** Rungs `from` to `to` (from 1, both included) of an exercise's ladder of hints. */
export async function renderHints(page: Page, exercise: Exercise, from: number, to: number): Promise<string> {
  const { hints } = await compileBrief(exercise.files.brief[page.language]);
  const rungs = hints
    .slice(from - 1, to)
    .flatMap((hint, index) => [
      ...spread(
        page,
        ` ${page.colors.bold(say(page, HINT.title(from + index, hints.length)))}`,
        page.colors.dim(exercise.id),
      ),
      '',
      ...renderPieces(page, hint),
      '',
    ]);
  const left = hints.length - to;
  const next =
    left > 0
      ? { text: `npm run hint ${exercise.id}`, note: say(page, HINT.more(left)) }
      : { text: `npm run solution ${exercise.id} -- --give-up`, note: say(page, HINT.last) };
  return `${[...rungs, ...renderWays(page, [{ name: say(page, FEEDBACK.next), ...next }])].join('\n')}\n`;
}

/** How many hints an exercise has in this language. */
export async function countHints(page: Page, exercise: Exercise): Promise<number> {
  return (await compileBrief(exercise.files.brief[page.language])).hints.length;
}

/** One rung further up an exercise's ladder, remembered. Says so when there is no ladder. */
export async function climbAndRender(page: Page, exercise: Exercise): Promise<string> {
  const total = await countHints(page, exercise);
  if (total === 0) return ` ${say(page, HINT.none)}`;
  const rung = climb(exercise.id, total);
  return renderHints(page, exercise, rung, rung);
}
