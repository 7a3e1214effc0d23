import type { Text } from '../../simulator/text.ts';
import type { CatalogueEntry } from '../catalogue.ts';
import { type Page, paragraph, say } from '../feedback/page.ts';
import { renderProblemLines } from '../feedback/problem-lines.ts';
import { readLines } from '../feedback/source.ts';
import { renderVerdict } from '../feedback/verdict.ts';
import { WATCH } from '../text/watch.ts';
import type { Verdict } from '../verdict.ts';
import { shownPath } from './terminal.ts';

const CLEAR_SCREEN = '\u001b[2J\u001b[3J\u001b[H';
/** What `.vscode/tasks.json` takes for the beginning and the end of a grading. */
const BEGIN = 'grading:';
const END = 'graded.';
const CLEAR_LINE = '\r\u001b[2K';

/** What a watch shows: on a terminal one screen with the keys at its foot, elsewhere one thing after another. */
export interface Screen {
  /** Something is going on; gone with the next thing shown. */
  readonly busy: (what: Text) => void;
  /** Starts the screen anew with a verdict. */
  readonly verdict: (verdict: Verdict, entry: CatalogueEntry, next: CatalogueEntry | undefined) => void;
  /** Adds a text as it is. */
  readonly show: (text: string) => void;
  /** Adds a sentence or two. */
  readonly note: (what: Text, more?: string) => void;
}

/** @param problems write for an editor: no clearing, one line per problem between two marks */
export function createScreen(stream: NodeJS.WriteStream, page: () => Page, problems: boolean): Screen {
  const terminal = stream.isTTY === true && !problems;
  const keys = (): string =>
    terminal ? `${page().colors.dim(paragraph(page(), say(page(), WATCH.keys), 1).join('\n'))}\n` : '';
  const write = (text: string) => stream.write(`${terminal ? CLEAR_LINE : ''}${text.trimEnd()}\n\n${keys()}`);
  return {
    busy: (what) => {
      if (terminal) stream.write(`${CLEAR_LINE} ${page().colors.dim(say(page(), what))}`);
      if (problems) stream.write(`${BEGIN}\n`);
    },
    verdict: (verdict, entry, next) => {
      if (terminal) stream.write(CLEAR_SCREEN);
      const text = renderVerdict(page(), verdict, {
        title: entry.brief[page().language].title,
        section: entry.brief.en.section,
        lines: readLines(entry.files.stub),
        verbose: false,
        nextFile: next && shownPath(next.files.stub),
      });
      stream.write(`${terminal ? CLEAR_LINE : ''}${text.trimEnd()}\n\n`);
      if (problems) stream.write(`${renderProblemLines([verdict])}${END}\n`);
    },
    show: (text) => write(`\n${text}`),
    note: (what, more) =>
      write(
        [...paragraph(page(), say(page(), what), 1), ...(more === undefined ? [] : paragraph(page(), more, 1))].join(
          '\n',
        ),
      ),
  };
}
