import type { Language } from '../../simulator/text.ts';
import { type CatalogueEntry, readCatalogue, readEntry } from '../catalogue.ts';
import { renderProblemLines } from '../feedback/problem-lines.ts';
import { nextExercise, renderProgress } from '../feedback/progress.ts';
import { readLines } from '../feedback/source.ts';
import { renderVerdict } from '../feedback/verdict.ts';
import { readState, replaceFile } from '../progress/state.ts';
import { MESSAGES } from '../text/commands.ts';
import { REPORT } from '../text/report.ts';
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
  if (output.report !== undefined) await writeReport(output.report, verdicts, requests, output.language);
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

/** @throws Error when the report cannot be written: it was asked for, so its absence is not passed over */
async function writeReport(
  path: string,
  verdicts: readonly Verdict[],
  requests: readonly Request[],
  language: Language,
): Promise<void> {
  const { renderReport } = await import('../feedback/report/report.ts');
  const graded = await Promise.all(
    requests.map(async ({ exercise, file }, index) => {
      const verdict = verdicts[index];
      if (verdict === undefined) throw new Error(`no verdict on ${exercise.id}`);
      return { verdict, entry: await readEntry(exercise), file };
    }),
  );
  const text = await renderReport(graded, language);
  try {
    replaceFile(path, text);
  } catch (error) {
    throw new Error(
      REPORT.notWritten(shownPath(path), error instanceof Error ? error.message : String(error))[language],
    );
  }
  console.error(` ${REPORT.written(shownPath(path))[language]}`);
}

function nothingAttempted(catalogue: readonly CatalogueEntry[], language: Language): string {
  const [first] = catalogue;
  const lines = [MESSAGES.nothingAttempted, ...(first ? [MESSAGES.startHere(shownPath(first.files.stub))] : [])];
  return `${lines.map((line) => ` ${line[language]}`).join('\n')}\n`;
}
