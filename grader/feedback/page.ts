import type { Colors } from 'picocolors/types';
import stringWidth from 'string-width';
import wrapAnsi from 'wrap-ansi';
import type { Language, Text } from '../../simulator/text.ts';

/** Where feedback is written to: how wide, in which language, with or without colour. */
export interface Page {
  readonly language: Language;
  /** In terminal cells; a Korean syllable takes two. */
  readonly width: number;
  readonly colors: Colors;
}

/** `text` in the page's language. */
export function say(page: Page, text: Text): string {
  return text[page.language];
}

/** Lines no wider than the page, each begun by `indent` spaces. Words stay whole while they fit. */
export function paragraph(page: Page, text: string, indent = 3): string[] {
  const margin = ' '.repeat(indent);
  return text
    .split('\n')
    .flatMap((line) => wrap(line, page.width - indent))
    .map((line) => (line === '' ? '' : `${margin}${line}`));
}

/** `text` in lines of at most `width` cells. */
export function wrap(text: string, width: number): string[] {
  return wrapAnsi(text, Math.max(8, width), { hard: true, trim: true }).split('\n');
}

/** A term and its text in a second column that keeps its own left edge. */
export function definition(page: Page, term: string, text: string, column: number, indent = 3): string[] {
  const [first = '', ...rest] = wrap(text, page.width - indent - column);
  const margin = ' '.repeat(indent + column);
  return [`${' '.repeat(indent)}${padEnd(term, column)}${first}`, ...rest.map((line) => `${margin}${line}`)];
}

/** `left` at the left edge and `right` against the right one, on one line if both fit, else on two. */
export function spread(page: Page, left: string, right: string): string[] {
  const gap = page.width - stringWidth(left) - stringWidth(right);
  if (gap >= 2) return [`${left}${' '.repeat(gap)}${right}`];
  return [...wrap(left, page.width), `${' '.repeat(Math.max(0, page.width - stringWidth(right)))}${right}`];
}

/** `text` filled up to `cells` terminal cells. */
export function padEnd(text: string, cells: number): string {
  return text + ' '.repeat(Math.max(0, cells - stringWidth(text)));
}

/** `text` pushed to the right end of `cells` terminal cells. */
export function padStart(text: string, cells: number): string {
  return ' '.repeat(Math.max(0, cells - stringWidth(text))) + text;
}

/** `text` cut to `cells` terminal cells, the cut shown as `…`. For plain text without colour. */
export function clip(text: string, cells: number): string {
  if (stringWidth(text) <= cells) return text;
  let clipped = '';
  let used = 0;
  for (const character of text) {
    used += stringWidth(character);
    if (used > cells - 1) break;
    clipped += character;
  }
  return `${clipped}…`;
}

export { default as widthOf } from 'string-width';
