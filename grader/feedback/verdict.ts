import { FEEDBACK, NEXT_STEPS, STATUS_NAMES } from '../text/feedback.ts';
import type { CheckVerdict, Verdict } from '../verdict.ts';
import { renderCheckInFull, renderCheckLine, renderWays, type Way, waysFrom } from './check.ts';
import { harmless } from './harmless.ts';
import { lessonNumber, lessonUrl, sectionTitle } from './links.ts';
import { type Page, paragraph, say, spread, widthOf } from './page.ts';
import { quoteLine } from './source.ts';
import { renderConsole, renderWarnings } from './warnings.ts';

/** What the terminal says about a verdict besides the verdict itself. */
export interface VerdictContext {
  /** The exercise's title. */
  readonly title: string;
  /** Anchor of its section on the lesson's page. */
  readonly section: string | undefined;
  /** Lines of the graded file. */
  readonly lines: readonly string[];
  /** Every failing check in full, no long case cut. */
  readonly verbose: boolean;
  /** File of the exercise that comes next, as the learner would open it. */
  readonly nextFile: string | undefined;
}

/** A whole verdict, in the order of the README: score, checks, the first failing one in full, where to go next. */
export function renderVerdict(page: Page, graded: Verdict, context: VerdictContext): string {
  const verdict = harmless(graded);
  const shown = shownChecks(verdict, context.verbose);
  const blocks = [
    renderHead(page, verdict, context),
    renderChecks(page, verdict),
    verdict.problem || verdict.checks.length === 0 ? renderProblem(page, verdict, context) : [],
    renderWarnings(page, verdict, shown),
    ...renderFailures(page, verdict, shown, context),
    ...(shown.length === 0 ? [renderWays(page, nextWays(page, verdict, context))] : []),
  ];
  return `${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.map((line) => line.trimEnd()).join('\n'))
    .join('\n\n')}\n`;
}

function renderHead(page: Page, verdict: Verdict, context: VerdictContext): string[] {
  const { bold, green, red, yellow, dim } = page.colors;
  const paint = verdict.status === 'passed' ? green : verdict.status === 'not-attempted' ? yellow : red;
  const passed = verdict.checks.filter((check) => check.status === 'passed').length;
  const facts = [
    paint(say(page, STATUS_NAMES[verdict.status])),
    ...(verdict.checks.length > 0 ? [say(page, FEEDBACK.summary(passed, verdict.checks.length))] : []),
    ...(verdict.checks.length > 0 ? [dim(say(page, FEEDBACK.seed(verdict.seed)))] : []),
    ...(verdict.durationMs >= 100 ? [dim(say(page, FEEDBACK.seconds((verdict.durationMs / 1000).toFixed(1))))] : []),
  ];
  const score = verdict.status === 'grader-error' ? '' : say(page, FEEDBACK.score(verdict.score, verdict.maxScore));
  return [
    ...spread(page, ` ${bold(verdict.exercise)}  ${context.title}`, bold(paint(score))),
    ...paragraph(page, facts.join(dim(' · ')), 1),
    ` ${dim(verdict.file)}`,
  ];
}

function renderChecks(page: Page, verdict: Verdict): string[] {
  const idColumn = Math.max(0, ...verdict.checks.map((check) => widthOf(check.id))) + 2;
  return verdict.checks.flatMap((check) =>
    renderCheckLine(page, verdict.status === 'not-attempted' ? { ...check, status: 'not-run' } : check, idColumn),
  );
}

function renderProblem(page: Page, verdict: Verdict, context: VerdictContext): string[] {
  const { problem, status } = verdict;
  const place = placeOf(verdict);
  const quoted =
    problem?.line === undefined || (problem.file !== undefined && problem.file !== verdict.file)
      ? []
      : quoteLine(page, context.lines, problem.line, problem.column);
  const advice =
    status === 'passed' || status === 'failed' ? [] : paragraph(page, say(page, NEXT_STEPS[status](place)));
  return [
    ...(problem ? paragraph(page, page.colors.bold(problem.message)) : []),
    ...(problem?.line === undefined ? [] : [`   ${page.colors.dim(place)}`, ...quoted, '']),
    ...advice,
  ];
}

/** `file`, `file:14` or `file:14:7`, as editors and terminals open it. */
function placeOf({ problem, file }: Verdict): string {
  return [problem?.file ?? file, problem?.line, problem?.line === undefined ? undefined : problem.column]
    .filter((part) => part !== undefined)
    .join(':');
}

/** Failing checks that are told in full; an exercise that nobody has begun has no cases worth telling. */
function shownChecks(verdict: Verdict, verbose: boolean): readonly CheckVerdict[] {
  if (verdict.status === 'not-attempted') return [];
  const failed = verdict.checks.filter((check) => check.status === 'failed');
  return verbose ? failed : failed.slice(0, 1);
}

/** The last one ends with the next command to type. */
function renderFailures(
  page: Page,
  verdict: Verdict,
  shown: readonly CheckVerdict[],
  context: VerdictContext,
): string[][] {
  return shown.flatMap((check, index) => {
    const about = { verdict, lines: context.lines, section: context.section, whole: context.verbose };
    const ways = waysFrom(page, check, about);
    return [
      [page.colors.dim('─'.repeat(page.width))],
      renderCheckInFull(page, check, about),
      renderConsole(page, verdict, check.id),
      index === 0 && verdict.misconception ? paragraph(page, verdict.misconception.message) : [],
      renderWays(page, check === shown.at(-1) ? [...ways, ...nextWays(page, verdict, context)] : ways),
    ];
  });
}

function nextWays(page: Page, verdict: Verdict, context: VerdictContext): Way[] {
  const { exercise, status } = verdict;
  const next = (text: string): Way => ({ name: say(page, FEEDBACK.next), text });
  switch (status) {
    case 'passed':
      return [
        { ...next(`npm run solution ${exercise}`), note: say(page, FEEDBACK.compare) },
        ...(context.nextFile === undefined
          ? []
          : [{ name: '', text: context.nextFile, note: say(page, FEEDBACK.nextExercise) }]),
      ];
    case 'not-submitted':
      return [next(`npm run reset ${exercise}`)];
    case 'grader-error':
      return [next('npm run doctor')];
    case 'not-attempted':
      return [readLesson(page, verdict, context), next(`npm run hint ${exercise}`)];
    case 'failed':
      return [next(`npm run hint ${exercise}`)];
    default:
      return [next(`npm run watch ${exercise}`)];
  }
}

function readLesson(page: Page, { lesson }: Verdict, { section }: VerdictContext): Way {
  const name = say(page, FEEDBACK.lesson(lessonNumber(lesson)));
  const heading = section === undefined ? undefined : sectionTitle(lesson, page.language, section);
  return {
    name: say(page, FEEDBACK.read),
    text: heading === undefined ? name : `${name} › ${heading}`,
    target: lessonUrl(lesson, page.language, section),
  };
}
