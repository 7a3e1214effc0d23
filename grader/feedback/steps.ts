import type { Language } from '../../simulator/text.ts';
import { FEEDBACK } from '../text/feedback.ts';
import type { Step } from '../verdict.ts';
import { type Page, padEnd, padStart, say, widthOf, wrap } from './page.ts';

const SHOWN_AT_START = 6;
const SHOWN_AT_END = 18;

/**
 * A case told as what happened, one step a line: time when there is one, what, with what, what came of it, and what
 * should have come of it where that differs. The middle of a long case is left out unless `whole`.
 */
export function renderSteps(page: Page, steps: readonly Step[], whole = false, indent = 3): string[] {
  const room = page.width - indent;
  const timed = steps.some((step) => step.atMs !== undefined);
  const times = steps.map((step) => (step.atMs === undefined ? '' : formatMs(step.atMs)));
  const timeColumn = timed ? Math.max(...times.map((time) => widthOf(time))) + 2 : 0;
  const labelled = steps.filter((step) => step.value !== undefined || step.result !== undefined);
  const widest = Math.max(0, ...labelled.map((step) => widthOf(step.what)));
  const whatColumn = Math.min(widest, Math.floor(room / 3)) + 2;

  const lines = steps.map((step, index) => {
    const margin = ' '.repeat(indent + timeColumn);
    const time = timed ? `${padStart(times[index] ?? '', timeColumn - 2)}  ` : '';
    const said = outcome(page, step);
    const head =
      said === ''
        ? step.what
        : `${padEnd(step.what, whatColumn)}${widthOf(step.what) > whatColumn - 2 ? '  ' : ''}${said}`;
    const [first = '', ...rest] = hang(head, room - timeColumn, said === '' ? 2 : whatColumn);
    return [`${' '.repeat(indent)}${page.colors.dim(time)}${first}`, ...rest.map((line) => `${margin}${line}`)];
  });
  const cut = lines.length - SHOWN_AT_START - SHOWN_AT_END;
  if (whole || cut < 2) return lines.flat();
  const gap = `${' '.repeat(indent)}${page.colors.dim(say(page, FEEDBACK.stepsLeftOut(cut)))}`;
  return [...lines.slice(0, SHOWN_AT_START).flat(), gap, ...lines.slice(-SHOWN_AT_END).flat()];
}

/** A moment of a scenario, in the unit that needs the fewest digits: `250 ms`, `4.2 s`. */
export function formatMs(ms: number): string {
  return Math.abs(ms) < 10_000 ? `${Number(ms.toFixed(1))} ms` : `${Number((ms / 1000).toFixed(2))} s`;
}

function outcome(page: Page, step: Step): string {
  const { red, green, bold } = page.colors;
  const wrong = step.expected !== undefined;
  const result = resultOf(step, page.language);
  return [
    step.value,
    wrong ? red(result) : result,
    wrong ? `      ${say(page, FEEDBACK.expected)} ${bold(green(step.expected ?? ''))}` : '',
  ]
    .filter((part) => part !== undefined && part !== '')
    .join(' ');
}

/** A call that gave nothing is only worth a word where something was expected of it. */
export function resultOf({ result, expected }: Step, language: Language): string {
  if (result === undefined) return expected === undefined ? '' : '→ undefined';
  return result.startsWith('→') ? result : `${FEEDBACK.throws[language]} ${result}`;
}

/** Wraps with every line after the first pushed in, so that columns stay columns. */
function hang(text: string, width: number, by: number): string[] {
  if (widthOf(text) <= width) return [text];
  const inner = Math.max(12, width - by);
  const [first = '', ...rest] = wrap(text, width);
  return [first, ...wrap(rest.join(' '), inner).map((line) => `${' '.repeat(Math.min(by, width - 12))}${line}`)];
}
