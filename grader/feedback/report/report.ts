import { readFileSync } from 'node:fs';
import type { Language } from '../../../simulator/text.ts';
import type { CatalogueEntry } from '../../catalogue.ts';
import { FEEDBACK } from '../../text/feedback.ts';
import { REPORT } from '../../text/report.ts';
import type { Verdict } from '../../verdict.ts';
import { lessonNumber } from '../links.ts';
import { compileBrief } from '../mdx/compile.ts';
import { briefToHtml } from '../mdx/html.ts';
import { readLines } from '../source.ts';
import { exerciseSection } from './exercise-section.ts';
import { dataScript, html, type Markup, trusted } from './html.ts';
import { buildPlayer, buildReplay } from './replay/build.ts';

const REPLAY_MARK = '<div class="replay">';

/** Nothing from anywhere else, to nowhere else: the learner's code runs here, possibly on a teacher's machine. */
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline' blob:; worker-src blob:; base-uri 'none'; form-action 'none'";

export interface ReportedExercise {
  readonly verdict: Verdict;
  readonly entry: CatalogueEntry;
  /** Absolute path of the file that was graded. */
  readonly file: string;
}

/** Everything that was graded as one HTML page: no other file, no network, readable in any browser and in print. */
export async function renderReport(
  graded: readonly ReportedExercise[],
  language: Language,
  now: Date = new Date(),
): Promise<string> {
  const style = readFileSync(new URL('./style.css', import.meta.url), 'utf8');
  const sections = await Promise.all(graded.map((exercise) => sectionOf(exercise, language)));
  const player = sections.some(({ markup }) => markup.includes(REPLAY_MARK)) ? await buildPlayer() : undefined;
  const page = html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<title>${REPORT.title[language]}</title>
<style>${trusted(style)}</style>
</head>
<body>
<main>
<h1>${REPORT.title[language]}</h1>
${graded.length > 1 ? contents(graded, language) : undefined}
${sections}
</main>
<footer>${REPORT.graded[language]} <time datetime="${now.toISOString()}">${now.toISOString().slice(0, 16).replace('T', ' ')} UTC</time></footer>
${player === undefined ? undefined : html`<script>${trusted(player)}</script>`}
</body>
</html>
`;
  return page.markup;
}

async function sectionOf({ verdict, entry, file }: ReportedExercise, language: Language): Promise<Markup> {
  const [{ body }, replays] = await Promise.all([
    compileBrief(entry.files.brief[language]),
    replaysOf(verdict, language, file),
  ]);
  return exerciseSection({
    verdict,
    language,
    title: entry.brief[language].title,
    lesson: FEEDBACK.lesson(lessonNumber(entry.lesson))[language],
    section: entry.brief.en.section,
    brief: briefToHtml(body),
    lines: readLines(file),
    replays,
  });
}

/** Players of the failing scenarios, by check. */
async function replaysOf(verdict: Verdict, language: Language, file: string): Promise<ReadonlyMap<string, Markup>> {
  const { lesson, exercise } = verdict;
  const replays = await Promise.all(
    verdict.checks.map(async ({ id, counterexample }): Promise<[string, Markup][]> => {
      if (counterexample?.scene === undefined) return [];
      const config = await buildReplay(counterexample.scene, { lesson, exercise, language }, file);
      return config === undefined ? [] : [[id, html`<div class="replay">${dataScript(config)}</div>`]];
    }),
  );
  return new Map(replays.flat());
}

function contents(graded: readonly ReportedExercise[], language: Language): Markup {
  return html`<nav aria-label="${REPORT.contents[language]}"><ul>${graded.map(
    ({ verdict, entry }) =>
      html`<li><a href="#${verdict.exercise}">${entry.brief[language].title}</a> ${verdict.score}/${verdict.maxScore}</li>`,
  )}</ul></nav>`;
}
