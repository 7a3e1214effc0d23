import type { GradeEvent } from '../dev-server/grade-event.ts';
import { say } from '../words.ts';
import type { Announcer } from './announcer.ts';
import { caseSteps } from './case-steps.ts';
import { CheckList } from './check-list.ts';
import type { SimulationConfig } from './config.ts';
import { gradeEvents } from './grade-stream.ts';
import { OPEN_EVENT } from './situation-address.ts';

type Verdict = (GradeEvent & { is: 'verdict' })['verdict'];
type Check = Verdict['checks'][number];

/** The Grade button and what it brings back, under the learner's lane. Local only. */
export class GradePanel {
  readonly #panel: HTMLElement;
  readonly #button: HTMLButtonElement | null;
  #running: AbortController | undefined;

  constructor(
    lane: HTMLElement,
    private readonly config: SimulationConfig,
    private readonly announcer: Announcer,
    private readonly exercise: () => string,
  ) {
    this.#panel = lane.querySelector<HTMLElement>('.graded')!;
    this.#button = lane.closest('ztm-simulation')?.querySelector<HTMLButtonElement>('.grade') ?? null;
    if (!this.#button) return;
    this.#button.hidden = false;
    this.#button.addEventListener('click', () => this.#press());
  }

  /** Forgets what was said, and stops what is under way: the code has changed, or the page is left. */
  clear(): void {
    this.#stop();
    this.#panel.hidden = true;
    this.#panel.replaceChildren();
  }

  #press(): void {
    if (!this.#running) {
      void this.#grade();
      return;
    }
    this.clear();
    this.announcer.say(() => say('gradingStopped', this.config.language));
  }

  #stop(): void {
    this.#running?.abort();
    this.#running = undefined;
    this.#label();
  }

  #label(): void {
    if (this.#button) {
      this.#button.textContent = this.#running
        ? say('stopGrading', this.config.language)
        : `${say('grade', this.config.language)} ▸`;
    }
  }

  async #grade(): Promise<void> {
    const { language } = this.config;
    this.clear();
    const running = new AbortController();
    this.#running = running;
    this.#label();
    this.#show([paragraph(say('grading', language))]);
    this.announcer.say(() => say('grading', language));
    try {
      let list: CheckList | undefined;
      let checks: (GradeEvent & { is: 'planned' })['checks'] = [];
      for await (const event of gradeEvents(this.exercise(), language, running.signal)) {
        if (event.is === 'failed') throw new Error(event.message);
        if (event.is === 'planned') {
          checks = event.checks;
          list = new CheckList(checks, language);
          this.#show([paragraph(say('grading', language)), list.element]);
        } else if (event.is === 'starts') {
          list?.mark(event.check, 'now');
          this.#judging(checks, event.check);
        } else if (event.is === 'judged') list?.mark(event.check, event.passed ? 'passed' : 'failed');
        else {
          this.#tell(event.verdict, list);
          return this.#stop();
        }
      }
      throw new Error(say('noAnswer', language));
    } catch (error) {
      if (running.signal.aborted) return;
      this.#show([paragraph(say('gradeFailed', language)), fixed(error instanceof Error ? error.message : `${error}`)]);
      this.announcer.say(() => say('gradeFailed', language));
    }
    this.#stop();
  }

  /** Which check is being judged, in the panel and to those who listen. */
  #judging(checks: readonly { readonly id: string; readonly title: string }[], check: string): void {
    const n = checks.findIndex(({ id }) => id === check) + 1;
    const head = this.#panel.querySelector('p');
    if (n === 0 || !head) return;
    const text = say('judging', this.config.language, { n, all: checks.length, title: checks[n - 1]!.title });
    head.textContent = text;
    this.announcer.say(() => text);
  }

  #tell(verdict: Verdict, streamed: CheckList | undefined): void {
    const { language } = this.config;
    const { status, checks, misconception, problem } = verdict;
    if (status === 'not-attempted') {
      this.#show([paragraph(say('notAttempted', language))]);
      this.announcer.say(() => say('notAttempted', language));
      return;
    }
    const passed = checks.filter((check) => check.status === 'passed').length;
    const head = document.createElement('p');
    const strong = document.createElement('strong');
    strong.textContent = say('checksPass', language, { passed, all: checks.length });
    head.append(strong);
    const failing = checks.filter((check) => check.status === 'failed');
    const sentence = misconception?.message ?? problem?.message ?? failing[0]?.title;
    if (sentence && status !== 'passed') head.append(` ${sentence}`);
    const told = head.textContent;
    this.announcer.say(() => told);
    const scenario = failing.find(({ counterexample }) => counterexample?.scene);
    head.append(...this.#links(failing[0], scenario));

    const chosen = document.createElement('div');
    if (failing[0]) chosen.append(...this.#case(failing[0]));
    const list = streamed ?? new CheckList(checks, language);
    for (const check of checks) list.mark(check.id, check.status === 'not-run' ? 'due' : check.status);
    list.offer((id) => {
      const check = failing.find((each) => each.id === id);
      if (check) chosen.replaceChildren(paragraph(check.title, this.#links(check, check)), ...this.#case(check));
    });
    if (checks.length === 0) this.#show([head]);
    else if (!streamed) this.#show([head, list.element, chosen]);
    else {
      // The list stays where it is: somebody may have opened it, or be in it.
      this.#panel.firstElementChild?.replaceWith(head);
      this.#panel.append(chosen);
    }
  }

  /** To the section that explains a check, and to the scenario in which it fails. */
  #links(explained: Check | undefined, replayed: Check | undefined): Node[] {
    const { language, lesson } = this.config;
    const base = `${import.meta.env.BASE_URL.replace(/\/$/, '')}${language === 'ko' ? '/ko' : ''}/${lesson}/`;
    const links = explained?.section ? [link(`${base}#${explained.section}`, say('why', language))] : [];
    const query = replayed?.counterexample?.scene?.replace(/^\?/, '');
    const scene = query && new URLSearchParams(query).get('scene');
    if (scene) links.push(replayLink(`${base}?${query}#scene-${scene}`, scene, query, say('replay', language)));
    return links.flatMap((each, place) => [document.createTextNode(place === 0 ? ' ' : ' · '), each]);
  }

  /** The smallest case that breaks a check, step by step, and what came of it. */
  #case({ message, counterexample }: Check): Node[] {
    const steps = counterexample?.steps ?? [];
    return [
      ...(steps.length > 0 ? [caseSteps(steps, this.config.language)] : []),
      ...(message ? [fixed(message)] : []),
    ];
  }

  #show(nodes: readonly Node[]): void {
    this.#panel.hidden = false;
    this.#panel.replaceChildren(...nodes);
  }
}

/** The failing scenario as a link; where its scene stands on this page, it opens there and the verdict stays. */
function replayLink(href: string, scene: string, query: string, text: string): HTMLElement {
  const made = link(href, text);
  made.addEventListener('click', (event) => {
    const simulation = document.getElementById(`scene-${scene}`);
    if (!simulation || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    simulation.dispatchEvent(new CustomEvent(OPEN_EVENT, { detail: query }));
    simulation.scrollIntoView({ block: 'start' });
    simulation.querySelector<HTMLElement>('.stage')?.focus({ preventScroll: true });
  });
  return made;
}

function paragraph(text: string, more: readonly Node[] = []): HTMLElement {
  const made = document.createElement('p');
  made.textContent = text;
  made.append(...more);
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
