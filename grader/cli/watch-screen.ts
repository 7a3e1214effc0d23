import type { Text } from '../../simulator/text.ts';
import type { CatalogueEntry } from '../catalogue.ts';
import { type Page, paragraph, say } from '../feedback/page.ts';
import { readLines } from '../feedback/source.ts';
import { renderVerdict } from '../feedback/verdict.ts';
import { WATCH } from '../text/watch.ts';
import type { Verdict } from '../verdict.ts';
import { shownPath } from './terminal.ts';

const CLEAR_SCREEN = '\u001b[2J\u001b[3J\u001b[H';
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

export function createScreen(stream: NodeJS.WriteStream, page: () => Page): Screen {
  const terminal = stream.isTTY === true;
  const keys = (): string => (terminal ? `${page().colors.dim(` ${say(page(), WATCH.keys)}`)}\n` : '');
  const write = (text: string) => stream.write(`${terminal ? CLEAR_LINE : ''}${text.trimEnd()}\n\n${keys()}`);
  return {
    busy: (what) => {
      if (terminal) stream.write(`${CLEAR_LINE} ${page().colors.dim(say(page(), what))}`);
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
