import { FEEDBACK, NEXT_STEPS, STATUS_NAMES } from '../text/feedback.ts';
import type { Verdict } from '../verdict.ts';
import { renderCheckInFull, renderCheckLine, renderWayLines, renderWays, type Way } from './check.ts';
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
export function renderVerdict(page: Page, verdict: Verdict, context: VerdictContext): string {
  const blocks = [
    renderHead(page, verdict, context),
    renderChecks(page, verdict),
    verdict.problem || verdict.checks.length === 0 ? renderProblem(page, verdict, context) : [],
    ...renderFailures(page, verdict, context),
    renderWarnings(page, verdict, shownChecks(verdict, context.verbose)),
    renderNext(page, verdict, context),
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
  const score =
    verdict.status === 'grader-error' ? '' : `${verdict.score}/${verdict.maxScore} ${say(page, FEEDBACK.points)}`;
  return [
    ...spread(page, ` ${bold(verdict.exercise)}  ${context.title}`, bold(paint(score))),
    ...paragraph(page, facts.join(dim(' · ')), 1),
    ` ${dim(verdict.file)}`,
  ];
}

function renderChecks(page: Page, verdict: Verdict): string[] {
  const idColumn = Math.min(28, Math.max(0, ...verdict.checks.map((check) => widthOf(check.id)))) + 2;
  return verdict.checks.flatMap((check) => renderCheckLine(page, check, idColumn));
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

function shownChecks(verdict: Verdict, verbose: boolean) {
  const failed = verdict.checks.filter((check) => check.status === 'failed');
  return verbose ? failed : failed.slice(0, 1);
}

function renderFailures(page: Page, verdict: Verdict, context: VerdictContext): string[][] {
  return shownChecks(verdict, context.verbose).flatMap((check, index) => {
    const about = { verdict, lines: context.lines, section: context.section, whole: context.verbose };
    return [
      [page.colors.dim('─'.repeat(page.width))],
      renderCheckInFull(page, check, about),
      renderConsole(page, verdict, check.id),
      index === 0 && verdict.misconception ? paragraph(page, verdict.misconception.message) : [],
      renderWays(page, check, about),
    ];
  });
}

function renderNext(page: Page, verdict: Verdict, context: VerdictContext): string[] {
  const { exercise, lesson, status } = verdict;
  const next = (text: string): Way => ({ name: say(page, FEEDBACK.next), text });
  switch (status) {
    case 'passed':
      return renderWayLines(page, [
        next(`npm run solution ${exercise}   ${page.colors.dim(say(page, FEEDBACK.compare))}`),
        ...(context.nextFile === undefined
          ? []
          : [{ name: '', text: `${context.nextFile}   ${page.colors.dim(say(page, FEEDBACK.nextExercise))}` }]),
      ]);
    case 'not-submitted':
      return renderWayLines(page, [next(`npm run reset ${exercise}`)]);
    case 'grader-error':
      return renderWayLines(page, [next('npm run doctor')]);
    case 'not-attempted': {
      const heading = context.section && sectionTitle(lesson, page.language, context.section);
      const name = say(page, FEEDBACK.lesson(lessonNumber(lesson)));
      return renderWayLines(page, [
        {
          name: say(page, FEEDBACK.read),
          text: heading ? `${name} › ${heading}` : name,
          target: lessonUrl(lesson, page.language, context.section),
        },
        next(`npm run hint ${exercise}`),
      ]);
    }
    case 'failed':
      return renderWayLines(page, [next(`npm run hint ${exercise}`)]);
    default:
      return renderWayLines(page, [next(`npm run watch ${exercise}`)]);
  }
}
