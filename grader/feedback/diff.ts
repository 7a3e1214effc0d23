import { diffLines } from 'diff';
import { clip, type Page, padEnd, padStart } from './page.ts';

/** One row of a comparison: a line on either side, or a gap where only the other side has one. */
export interface DiffRow {
  readonly kind: 'same' | 'changed';
  readonly left?: string;
  readonly right?: string;
}

/** Lines of two texts beside each other, in order; line ends and trailing blanks do not count as a difference. */
export function compareLines(left: string, right: string): DiffRow[] {
  const rows: DiffRow[] = [];
  let removed: string[] = [];
  let added: string[] = [];
  const pairUp = () => {
    for (let index = 0; index < Math.max(removed.length, added.length); index++) {
      const [one, other] = [removed[index], added[index]];
      rows.push({
        kind: 'changed',
        ...(one === undefined ? {} : { left: one }),
        ...(other === undefined ? {} : { right: other }),
      });
    }
    removed = [];
    added = [];
  };
  for (const change of diffLines(normalise(left), normalise(right))) {
    const lines = change.value.replace(/\n$/, '').split('\n');
    if (change.removed) removed.push(...lines);
    else if (change.added) added.push(...lines);
    else {
      pairUp();
      rows.push(...lines.map((line): DiffRow => ({ kind: 'same', left: line, right: line })));
    }
  }
  pairUp();
  return rows;
}

/** Two columns where there is room for code in both, one below the other where there is not. */
export function renderDiff(page: Page, rows: readonly DiffRow[], leftName: string, rightName: string): string {
  const lines =
    page.width >= 120 ? sideBySide(page, rows, leftName, rightName) : unified(page, rows, leftName, rightName);
  return `${lines.map((line) => line.trimEnd()).join('\n')}\n`;
}

function unified({ colors }: Page, rows: readonly DiffRow[], leftName: string, rightName: string): string[] {
  const { red, green, dim } = colors;
  const lines = [red(`--- ${leftName}`), green(`+++ ${rightName}`), ''];
  for (let index = 0; index < rows.length; ) {
    const row = rows[index];
    if (row?.kind === 'same') {
      lines.push(dim(`  ${row.left}`));
      index++;
      continue;
    }
    const end = rows.findIndex((one, at) => at > index && one.kind === 'same');
    const block = rows.slice(index, end === -1 ? undefined : end);
    lines.push(
      ...block.filter((one) => one.left !== undefined).map((one) => red(`- ${one.left}`)),
      ...block.filter((one) => one.right !== undefined).map((one) => green(`+ ${one.right}`)),
    );
    index += block.length;
  }
  return lines;
}

function sideBySide(page: Page, rows: readonly DiffRow[], leftName: string, rightName: string): string[] {
  const { red, green, dim, bold } = page.colors;
  const numbers = String(rows.length).length;
  const column = Math.floor((page.width - 3) / 2) - numbers - 3;
  const side = (text: string | undefined, number: number, mark: string, paint: (text: string) => string) =>
    text === undefined
      ? ' '.repeat(column + numbers + 3)
      : `${dim(padStart(String(number), numbers))} ${mark} ${padEnd(paint(clip(text, column)), column)}`;
  let [leftNumber, rightNumber] = [0, 0];
  const body = rows.map(({ kind, left, right }) => {
    if (left !== undefined) leftNumber++;
    if (right !== undefined) rightNumber++;
    const changed = kind === 'changed';
    return [
      side(left, leftNumber, changed ? '-' : ' ', changed ? red : dim),
      side(right, rightNumber, changed ? '+' : ' ', changed ? green : dim),
    ].join(dim(' │ '));
  });
  const head = `${padEnd(bold(leftName), column + numbers + 3)}   ${bold(rightName)}`;
  return [head, dim('─'.repeat(page.width)), ...body];
}

function normalise(text: string): string {
  return `${text
    .split(/\r?\n/)
    .map((line) => line.trimEnd())
    .join('\n')
    .trimEnd()}\n`;
}
