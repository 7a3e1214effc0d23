import { FEEDBACK, WARNING_NAMES } from '../text/feedback.ts';
import type { CheckVerdict, Verdict, Warning } from '../verdict.ts';
import { definition, type Page, say, widthOf } from './page.ts';

const MAX_CONSOLE_LINES = 10;

/** What the learner's code printed while a check ran, under that check. */
export function renderConsole(page: Page, verdict: Verdict, check: string): string[] {
  const printed = verdict.warnings.filter((warning) => warning.kind === 'console' && warning.check === check);
  return cut(
    page,
    printed.flatMap((warning) => renderWarning(page, warning, [warning])),
  );
}

/** Everything else worth knowing. Nothing here costs points. */
export function renderWarnings(page: Page, verdict: Verdict, told: readonly CheckVerdict[]): string[] {
  const rest = verdict.warnings.filter(
    (warning) => !(warning.kind === 'console' && told.some((check) => check.id === warning.check)),
  );
  if (rest.length === 0) return [];
  const console = rest.filter((warning) => warning.kind === 'console');
  const others = rest.filter((warning) => warning.kind !== 'console');
  return [
    `   ${page.colors.yellow(say(page, FEEDBACK.warnings))}`,
    ...others.flatMap((warning) => renderWarning(page, warning, rest)),
    ...cut(
      page,
      console.flatMap((warning) => renderWarning(page, warning, rest)),
    ),
  ];
}

function renderWarning(page: Page, warning: Warning, beside: readonly Warning[]): string[] {
  const nameOf = (one: Warning) =>
    [
      say(page, WARNING_NAMES[one.kind]),
      one.kind === 'console' && one.check !== undefined ? `(${one.check})` : '',
      one.line === undefined ? '' : say(page, FEEDBACK.line(one.line)),
    ]
      .filter((part) => part !== '')
      .join(' ');
  const column = Math.max(...beside.map((one) => widthOf(nameOf(one)))) + 2;
  return warning.message
    .split('\n')
    .flatMap((line, index) => definition(page, index === 0 ? page.colors.dim(nameOf(warning)) : '', line, column));
}

function cut(page: Page, lines: readonly string[]): string[] {
  if (lines.length <= MAX_CONSOLE_LINES) return [...lines];
  const gap = `   ${page.colors.dim(say(page, FEEDBACK.linesLeftOut(lines.length - MAX_CONSOLE_LINES)))}`;
  return [...lines.slice(0, MAX_CONSOLE_LINES), gap];
}
