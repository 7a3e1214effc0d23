import { FEEDBACK } from '../text/feedback.ts';
import type { CheckVerdict, Verdict } from '../verdict.ts';
import { lessonNumber, lessonUrl, sceneUrl, sectionTitle } from './links.ts';
import { definition, type Page, padEnd, padStart, paragraph, say, widthOf, wrap } from './page.ts';
import { quoteLine } from './source.ts';
import { renderSteps } from './steps.ts';

/** What a check's feedback needs besides the check. */
export interface CheckContext {
  readonly verdict: Verdict;
  /** Lines of the learner's file. */
  readonly lines: readonly string[];
  /** Anchor of the lesson's section about the exercise. */
  readonly section: string | undefined;
  /** Leave nothing of a long case out. */
  readonly whole: boolean;
}

const MARKS = { passed: '✓', failed: '✗', 'not-run': '·' } as const;

/** One check in one line (two where the page is narrow): mark, id, what is required, points. */
export function renderCheckLine(page: Page, check: CheckVerdict, idColumn: number): string[] {
  const { green, red, dim, bold } = page.colors;
  const paint = { passed: green, failed: red, 'not-run': dim }[check.status];
  const points = check.status === 'not-run' ? `–/${check.maxPoints}` : `${check.points}/${check.maxPoints}`;
  const pointsColumn = Math.max(5, widthOf(points)) + 1;
  const name = check.status === 'failed' ? bold(check.id) : check.id;
  const head = ` ${paint(MARKS[check.status])} `;
  const titleColumn = page.width - 3 - idColumn - pointsColumn;
  if (titleColumn >= 24) {
    const [first = '', ...rest] = wrap(check.title, titleColumn);
    return [
      `${head}${padEnd(name, idColumn)}${padEnd(first, titleColumn)}${padStart(points, pointsColumn)}`,
      ...rest.map((line) => `${' '.repeat(3 + idColumn)}${line}`),
    ];
  }
  return [
    `${head}${padEnd(name, page.width - 3 - pointsColumn)}${padStart(points, pointsColumn)}`,
    ...paragraph(page, check.title, 5),
  ];
}

/** Where a failing check's case, quoted line and ways on are told. */
export function renderCheckInFull(page: Page, check: CheckVerdict, context: CheckContext): string[] {
  const { lines, verdict, whole } = context;
  const { counterexample } = check;
  const blocks: string[][] = [renderCheckLine(page, check, widthOf(check.id) + 3)];
  if (counterexample && counterexample.steps.length > 0) blocks.push(renderSteps(page, counterexample.steps, whole));
  blocks.push(renderDifference(page, check));
  const line = counterexample?.line;
  if (line !== undefined) {
    blocks.push([`   ${page.colors.dim(`${verdict.file}:${line}`)}`, ...quoteLine(page, lines, line)]);
  }
  return blocks.filter((block) => block.length > 0).flatMap((block, index) => (index === 0 ? block : ['', ...block]));
}

/** Where to go from a failing check: the lesson's section, the case in the simulation, the case once more. */
export function waysFrom(page: Page, check: CheckVerdict, context: CheckContext): Way[] {
  const { verdict } = context;
  const section = check.section ?? context.section;
  const scene = check.counterexample?.scene;
  const ways: Way[] = [];
  if (section !== undefined) {
    const lesson = say(page, FEEDBACK.lesson(lessonNumber(verdict.lesson)));
    const title = sectionTitle(verdict.lesson, page.language, section);
    ways.push({
      name: say(page, FEEDBACK.read),
      text: title === undefined ? lesson : `${lesson} › ${title}`,
      target: lessonUrl(verdict.lesson, page.language, section),
    });
  }
  if (scene !== undefined) {
    ways.push({
      name: say(page, FEEDBACK.see),
      text: say(page, FEEDBACK.sameCase),
      target: sceneUrl(verdict.lesson, page.language, scene),
    });
  }
  if (check.replay !== '') ways.push({ name: say(page, FEEDBACK.replay), text: check.replay });
  return ways;
}

export interface Way {
  readonly name: string;
  /** Words, or a command: one that is too long stays in one piece, so that it can be copied. */
  readonly text: string;
  /** A link: never broken over two lines, so that terminals can open it. */
  readonly target?: string;
}

/** Ways on as a table: name, words, link. */
export function renderWays(page: Page, ways: readonly Way[]): string[] {
  const column = Math.max(0, ...ways.map((way) => widthOf(way.name))) + 3;
  const texts = ways.filter((way) => way.target !== undefined).map((way) => widthOf(way.text));
  const textColumn = Math.max(0, ...texts) + 3;
  return ways.flatMap((way) => {
    const name = page.colors.dim(way.name);
    if (way.target === undefined) {
      return way.text.startsWith('npm ')
        ? [`   ${padEnd(name, column)}${way.text}`]
        : definition(page, name, way.text, column);
    }
    const target = page.colors.underline(way.target);
    return 3 + column + textColumn + widthOf(way.target) <= page.width
      ? [`   ${padEnd(name, column)}${padEnd(way.text, textColumn)}${target}`]
      : [...definition(page, name, way.text, column), `   ${' '.repeat(column)}${target}`];
  });
}

function renderDifference(page: Page, check: CheckVerdict): string[] {
  const { counterexample, message } = check;
  const { green, red } = page.colors;
  const { expected, received, steps = [] } = counterexample ?? {};
  const told = steps.some((step) => step.expected !== undefined && step.expected === expected);
  if (told) return messageAddsNothing(check) ? [] : paragraph(page, message);
  const names = [say(page, FEEDBACK.expected), say(page, FEEDBACK.received)];
  const column = Math.max(...names.map((name) => widthOf(name))) + 2;
  return [
    ...(message === '' || messageAddsNothing(check) ? [] : paragraph(page, message)),
    ...(expected === undefined ? [] : definition(page, names[0] ?? '', green(expected), column)),
    ...(received === undefined ? [] : definition(page, names[1] ?? '', red(received), column)),
  ];
}

/** A message that only repeats what is expected, or the whole difference, beside which it would stand. */
function messageAddsNothing({ message, title, counterexample }: CheckVerdict): boolean {
  if (message === '' || message === title) return true;
  const { expected, received = '' } = counterexample ?? {};
  if (expected === undefined || !message.includes(expected)) return false;
  const told = message.includes(received) ? expected.length + received.length : expected.length;
  return message.length < told + 40;
}
