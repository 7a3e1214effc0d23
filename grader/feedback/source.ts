import { existsSync, readFileSync, statSync } from 'node:fs';
import { harmlessText } from './harmless.ts';
import { clip, type Page, widthOf } from './page.ts';

const MAX_BYTES = 1_000_000;

/** Lines of the learner's file, to quote from; none when it cannot be read. */
export function readLines(file: string): readonly string[] {
  try {
    if (!existsSync(file) || statSync(file).size > MAX_BYTES) return [];
    return readFileSync(file, 'utf8')
      .split(/\r?\n/)
      .map((line) => harmlessText(line));
  } catch {
    return [];
  }
}

/** The learner's own line, as it stands, with a caret under `column` (from 1) when one is known. */
export function quoteLine(page: Page, lines: readonly string[], line: number, column?: number, indent = 3): string[] {
  const text = lines[line - 1];
  if (text === undefined || text.trim() === '') return [];
  const { dim, red } = page.colors;
  const outer = text.length - text.trimStart().length;
  const gutter = `${' '.repeat(indent)}${line} │ `;
  const shown = clip(text.trimStart().replaceAll('\t', '  '), page.width - widthOf(gutter));
  const quoted = [`${dim(gutter)}${shown}`];
  if (column !== undefined && column > outer) {
    const before = widthOf(text.slice(outer, column - 1).replaceAll('\t', '  '));
    if (before < widthOf(shown)) {
      quoted.push(`${dim(`${' '.repeat(widthOf(gutter) - 2)}│ `)}${' '.repeat(before)}${red('^')}`);
    }
  }
  return quoted;
}
