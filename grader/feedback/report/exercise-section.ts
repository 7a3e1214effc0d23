import type { Language } from '../../../simulator/text.ts';
import { FEEDBACK, NEXT_STEPS, STATUS_NAMES, WARNING_NAMES } from '../../text/feedback.ts';
import { REPORT } from '../../text/report.ts';
import type { CheckVerdict, Step, Verdict } from '../../verdict.ts';
import { lessonNumber, lessonUrl, sceneUrl, sectionTitle } from '../links.ts';
import { formatMs, resultOf } from '../steps.ts';
import { html, type Markup, prose } from './html.ts';

export interface SectionInput {
  readonly verdict: Verdict;
  readonly language: Language;
  readonly title: string;
  readonly lesson: string;
  /** Anchor of the exercise's section on the lesson's page. */
  readonly section: string;
  readonly brief: Markup;
  /** Lines of the graded file. */
  readonly lines: readonly string[];
  /** Players of failing scenarios, by check. */
  readonly replays: ReadonlyMap<string, Markup>;
}

/** One exercise of a report: score, checks, every failing case as a story, the code, what was asked. */
export function exerciseSection(input: SectionInput): Markup {
  const { verdict, language, title, lesson, brief } = input;
  const tone = verdict.status === 'passed' ? 'good' : 'bad';
  const failed = verdict.status === 'not-attempted' ? [] : verdict.checks.filter((check) => check.status === 'failed');
  return html`<section class="exercise" id="${verdict.exercise}" aria-labelledby="${verdict.exercise}-title">
<p class="muted">${lesson}</p>
<h2 id="${verdict.exercise}-title">${title}</h2>
<p class="score ${tone}">${FEEDBACK.score(verdict.score, verdict.maxScore)[language]} · ${STATUS_NAMES[verdict.status][language]}</p>
<dl>
<dt>${REPORT.file[language]}</dt><dd><code>${verdict.file}</code></dd>
<dt>${REPORT.seed[language]}</dt><dd>${verdict.seed}</dd>
<dt>${REPORT.duration[language]}</dt><dd>${FEEDBACK.seconds((verdict.durationMs / 1000).toFixed(1))[language]}</dd>
</dl>
${problem(input)}
${verdict.checks.length > 0 ? checksTable(verdict, language) : undefined}
${failed.length > 0 ? html`<h3>${REPORT.stories[language]}</h3>` : undefined}
${failed.map((check, index) => story(check, index === 0, input))}
${warnings(verdict, language)}
${code(input)}
<details><summary>${REPORT.brief[language]}</summary>${brief}</details>
</section>`;
}

function problem({ verdict, language }: SectionInput): Markup | undefined {
  const { status } = verdict;
  if (status === 'passed' || status === 'failed') return undefined;
  const where = [verdict.problem?.file ?? verdict.file, verdict.problem?.line].filter((part) => part !== undefined);
  return html`<p class="misconception">${prose(verdict.problem?.message ?? '')}</p><p>${NEXT_STEPS[status](where.join(':'))[language]}</p>`;
}

function checksTable({ checks, status }: Verdict, language: Language): Markup {
  const marks = { passed: '✓', failed: '✗', 'not-run': '·' } as const;
  const tones = { passed: 'good', failed: 'bad', 'not-run': 'muted' } as const;
  const rows = checks.map((check) => {
    const outcome = status === 'not-attempted' ? 'not-run' : check.status;
    return html`<tr><td class="${tones[outcome]}"><span aria-hidden="true">${marks[outcome]}</span> ${REPORT[outcome][language]}</td><td>${prose(check.title)}<br><code class="muted">${check.id}</code></td><td class="number">${check.points}/${check.maxPoints}</td></tr>`;
  });
  return html`<h3>${REPORT.checks[language]}</h3>
<div class="wide" tabindex="0" role="region" aria-label="${REPORT.checks[language]}"><table><thead><tr><th scope="col">${REPORT.result[language]}</th><th scope="col">${REPORT.required[language]}</th><th scope="col" class="number">${REPORT.points[language]}</th></tr></thead><tbody>${rows}</tbody></table></div>`;
}

function story(check: CheckVerdict, first: boolean, input: SectionInput): Markup {
  const { verdict, language, lines } = input;
  const found = check.counterexample;
  const line = found?.line;
  const misconception = first ? verdict.misconception : null;
  return html`<article>
<h4><span class="bad" aria-hidden="true">✗</span> ${prose(check.title)}</h4>
${found && found.steps.length > 0 ? steps(check.id, found.steps, language) : undefined}
<p>${prose(check.message)}</p>
${line !== undefined && lines[line - 1] !== undefined ? html`<p><code>${verdict.file}:${line}</code></p><pre tabindex="0">${lines[line - 1]?.trim()}</pre>` : undefined}
${misconception ? html`<p class="misconception">${prose(misconception.message)}</p>` : undefined}
${input.replays.get(check.id)}
${ways(check, input)}
</article>`;
}

function steps(check: string, told: readonly Step[], language: Language): Markup {
  const timed = told.some((step) => step.atMs !== undefined);
  const rows = told.map(
    (step) => html`<tr>
${timed ? html`<td class="number muted">${step.atMs === undefined ? '' : formatMs(step.atMs)}</td>` : undefined}
<td>${step.what}${step.value === undefined ? undefined : html` <code>${step.value}</code>`}</td>
<td>${resultOf(step, language) === '' ? undefined : html`<code class="${step.expected === undefined ? '' : 'bad'}">${resultOf(step, language)}</code>`}${
      step.expected === undefined
        ? undefined
        : html` <span class="good">${FEEDBACK.expected[language]} <code>${step.expected}</code></span>`
    }</td></tr>`,
  );
  return html`<div class="wide" tabindex="0" role="region" aria-label="${REPORT.steps[language]}: ${check}"><table><thead><tr>${
    timed ? html`<th scope="col" class="number">${REPORT.time[language]}</th>` : undefined
  }<th scope="col">${REPORT.step[language]}</th><th scope="col">${REPORT.outcome[language]}</th></tr></thead><tbody>${rows}</tbody></table></div>`;
}

function ways(check: CheckVerdict, { verdict, language, section }: SectionInput): Markup {
  const { lesson } = verdict;
  const anchor = check.section ?? section;
  const name = FEEDBACK.lesson(lessonNumber(lesson))[language];
  const heading = sectionTitle(lesson, language, anchor);
  const scene = check.counterexample?.scene;
  return html`<dl>
<dt>${FEEDBACK.read[language]}</dt><dd><a href="${lessonUrl(lesson, language, anchor)}">${heading === undefined ? name : `${name} › ${heading}`}</a></dd>
${scene === undefined ? undefined : html`<dt>${FEEDBACK.see[language]}</dt><dd><a href="${sceneUrl(lesson, language, scene)}">${FEEDBACK.sameCase[language]}</a></dd>`}
${check.replay === '' ? undefined : html`<dt>${REPORT.again[language]}</dt><dd><code>${check.replay}</code></dd>`}
</dl>`;
}

function warnings({ warnings }: Verdict, language: Language): Markup | undefined {
  if (warnings.length === 0) return undefined;
  const items = warnings
    .slice(0, 50)
    .map(
      ({ kind, line, message }) =>
        html`<li>${WARNING_NAMES[kind][language]}${line === undefined ? '' : `, ${FEEDBACK.line(line)[language]}`}: <code>${message}</code></li>`,
    );
  return html`<h3>${FEEDBACK.warnings[language]}</h3><ul>${items}</ul>`;
}

function code({ verdict, language, lines }: SectionInput): Markup | undefined {
  if (lines.length === 0) return undefined;
  const marked = new Set(
    [...verdict.checks.map((check) => check.counterexample?.line), verdict.problem?.line].filter(
      (line) => line !== undefined,
    ),
  );
  const shown = lines.map((line, index) => {
    const number = String(index + 1).padStart(String(lines.length).length);
    return marked.has(index + 1)
      ? html`<span class="muted">${number}</span>  <mark>${line}</mark>\n`
      : html`<span class="muted">${number}</span>  ${line}\n`;
  });
  return html`<details><summary>${REPORT.code[language]}</summary><pre tabindex="0">${shown}</pre></details>`;
}
