import type { Language } from '../../simulator/text.ts';
import { type CatalogueEntry, readCatalogue } from '../catalogue.ts';
import { renderProblemLines } from '../feedback/problem-lines.ts';
import { nextExercise, renderProgress } from '../feedback/progress.ts';
import { readLines } from '../feedback/source.ts';
import { renderVerdict } from '../feedback/verdict.ts';
import { readState } from '../progress/state.ts';
import { MESSAGES } from '../text/commands.ts';
import type { Report, Verdict } from '../verdict.ts';
import type { Request } from './requests.ts';
import { pageFor, shownPath } from './terminal.ts';

export interface Output {
  readonly language: Language;
  readonly json: boolean;
  readonly verbose: boolean;
  /** Also one line per problem, in a shape that editors match. */
  readonly problems: boolean;
  /** Absolute path of the HTML report, if one is wanted. */
  readonly report: string | undefined;
  /** End with the progress table. */
  readonly table: boolean;
}

/** Prints verdicts: as JSON and nothing else, or for people. `requests[i]` is what `verdicts[i]` is about. */
export async function showVerdicts(
  verdicts: readonly Verdict[],
  requests: readonly Request[],
  output: Output,
): Promise<void> {
  if (output.json) {
    const report: Report = { version: 1, results: verdicts };
    process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
    return;
  }
  const page = pageFor(process.stdout, output.language);
  const catalogue = await readCatalogue();
  const state = readState();
  const texts = verdicts.map((verdict, index) => {
    const entry = catalogue.find((one) => one.id === verdict.exercise);
    const request = requests[index];
    return renderVerdict(page, verdict, {
      title: entry?.brief[output.language].title ?? '',
      section: entry?.brief.en.section,
      lines: request === undefined ? [] : readLines(request.file),
      verbose: output.verbose,
      nextFile: shownNext(catalogue, verdict),
    });
  });
  if (verdicts.length === 0) texts.push(nothingAttempted(catalogue, output.language));
  if (output.table && catalogue.length > 0) texts.push(renderProgress(page, catalogue, state));
  if (output.problems) texts.push(renderProblemLines(verdicts));
  process.stdout.write(`\n${texts.filter((text) => text !== '').join('\n')}`);

  function shownNext(entries: readonly CatalogueEntry[], verdict: Verdict): string | undefined {
    const next = nextExercise(
      entries.filter((entry) => entry.id !== verdict.exercise),
      state,
    );
    return next && shownPath(next.files.stub);
  }
}

function nothingAttempted(catalogue: readonly CatalogueEntry[], language: Language): string {
  const [first] = catalogue;
  const lines = [MESSAGES.nothingAttempted, ...(first ? [MESSAGES.startHere(shownPath(first.files.stub))] : [])];
  return `${lines.map((line) => ` ${line[language]}`).join('\n')}\n`;
}
