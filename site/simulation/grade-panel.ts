import { say } from '../words.ts';
import { type CaseStep, caseSteps } from './case-steps.ts';
import type { SimulationConfig } from './config.ts';

/** The part of a verdict that the page shows; see `grader/verdict.ts` for the whole. */
interface Graded {
  readonly status: string;
  readonly checks: readonly {
    readonly title: string;
    readonly status: string;
    readonly message: string;
    readonly section?: string;
    readonly counterexample: { readonly steps: readonly CaseStep[]; readonly scene?: string } | null;
  }[];
  readonly misconception: { readonly message: string } | null;
  readonly problem?: { readonly message: string };
}

/** The Grade button and what it brings back, under the learner's lane. Local only. */
export class GradePanel {
  readonly #panel: HTMLElement;
  readonly #button: HTMLButtonElement | null;
  #asked = 0;

  constructor(
    lane: HTMLElement,
    private readonly config: SimulationConfig,
    private readonly exercise: () => string,
  ) {
    this.#panel = lane.querySelector<HTMLElement>('.graded')!;
    this.#button = lane.closest('ztm-simulation')?.querySelector<HTMLButtonElement>('.grade') ?? null;
    if (!this.#button) return;
    this.#button.hidden = false;
    this.#button.addEventListener('click', () => void this.#grade());
  }

  /** The code has changed: what was said about it no longer holds. */
  clear(): void {
    this.#asked++;
    this.#panel.hidden = true;
    this.#panel.replaceChildren();
    if (this.#button) this.#button.disabled = false;
  }

  async #grade(): Promise<void> {
    const { language } = this.config;
    this.clear();
    const asked = this.#asked;
    if (this.#button) this.#button.disabled = true;
    this.#show([paragraph(say('grading', language))]);
    try {
      const response = await fetch(`/@course/grade/${this.exercise()}?lang=${language}`, { method: 'POST' });
      const body = (await response.json()) as { results?: Graded[]; error?: string };
      if (asked !== this.#asked) return;
      const [graded] = body.results ?? [];
      this.#show(graded ? this.#tell(graded) : [paragraph(say('gradeFailed', language)), fixed(body.error ?? '')]);
    } catch (error) {
      if (asked === this.#asked) this.#show([paragraph(say('gradeFailed', language)), fixed(String(error))]);
    }
    if (this.#button) this.#button.disabled = false;
  }

  #tell({ status, checks, misconception, problem }: Graded): Node[] {
    const { language, lesson } = this.config;
    if (status === 'not-attempted') return [paragraph(say('notAttempted', language))];
    const passed = checks.filter((check) => check.status === 'passed').length;
    const head = document.createElement('p');
    const strong = document.createElement('strong');
    strong.textContent = say('checksPass', language, { passed, all: checks.length });
    head.append(strong);
    const failing = checks.find((check) => check.status === 'failed');
    const sentence = misconception?.message ?? problem?.message ?? failing?.title;
    if (sentence && status !== 'passed') head.append(` ${sentence} `);
    const base = `${import.meta.env.BASE_URL.replace(/\/$/, '')}${language === 'ko' ? '/ko' : ''}/${lesson}/`;
    if (failing?.section) head.append(link(`${base}#${failing.section}`, say('why', language)));
    const scene = failing?.counterexample?.scene?.replace(/^\?/, '');
    const name = scene && new URLSearchParams(scene).get('scene');
    if (name) head.append(' · ', link(`${base}?${scene}#scene-${name}`, say('replay', language)));
    const steps = failing?.counterexample?.steps ?? [];
    return [
      head,
      ...(steps.length > 0 ? [caseSteps(steps, language)] : []),
      ...(failing?.message ? [fixed(failing.message)] : []),
    ];
  }

  #show(nodes: readonly Node[]): void {
    this.#panel.hidden = false;
    this.#panel.replaceChildren(...nodes);
  }
}

function paragraph(text: string): HTMLElement {
  const made = document.createElement('p');
  made.textContent = text;
  return made;
}

function fixed(text: string): HTMLElement {
  const made = document.createElement('pre');
  made.textContent = text;
  return made;
}

function link(href: string, text: string): HTMLElement {
  const made = document.createElement('a');
  made.href = href;
  made.textContent = text;
  return made;
}
