import type { Language } from '../../simulator/text.ts';
import { say } from '../words.ts';
import { Announcer } from './announcer.ts';

/** One line of a counterexample; see `grader/verdict.ts`. */
export interface CaseStep {
  readonly atMs?: number;
  readonly what: string;
  readonly value?: string;
  readonly result?: string;
  readonly expected?: string;
}

/**
 * The smallest case that breaks a check, as steps to walk through: buttons or the arrow keys move on and back, what is
 * still to come stays dim. Opens with its last step, where it went wrong.
 */
export function caseSteps(steps: readonly CaseStep[], language: Language): HTMLElement {
  const box = make('section', 'case');
  box.setAttribute('aria-label', say('caseTitle', language));
  const list = make('ol');
  const lines = steps.map((step) => list.appendChild(line(step, language)));
  const back = button('◀', say('caseBack', language));
  const on = button('▶', say('caseOn', language));
  const place = make('span');
  const status = make('span', 'sr-only');
  status.setAttribute('role', 'status');
  const announcer = new Announcer(status);
  const bar = make('div', 'case-bar');
  bar.append(back, on, place, status);

  let current = steps.length - 1;
  const goTo = (step: number): void => {
    current = Math.max(0, Math.min(step, steps.length - 1));
    lines.forEach((each, index) => {
      each.classList.toggle('to-come', index > current);
      if (index === current) each.setAttribute('aria-current', 'step');
      else each.removeAttribute('aria-current');
    });
    back.disabled = current === 0;
    on.disabled = current === steps.length - 1;
    place.textContent = say('casePlace', language, { step: current + 1, all: steps.length });
  };
  const walkTo = (step: number): void => {
    goTo(step);
    announcer.say(() => `${place.textContent}: ${lines[current]!.textContent}`);
  };
  back.addEventListener('click', () => walkTo(current - 1));
  on.addEventListener('click', () => walkTo(current + 1));
  box.addEventListener('keydown', (event) => {
    const move = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }[event.key];
    if (move === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    walkTo(current + move);
  });
  goTo(current);
  box.append(bar, list);
  return box;
}

function line({ atMs, what, value, result, expected }: CaseStep, language: Language): HTMLElement {
  const item = make('li');
  if (atMs !== undefined) item.append(make('span', 'case-at', `${atMs} ms`), ' ');
  item.append(make('strong', '', what));
  if (value) item.append(' ', make('span', '', value));
  if (result) item.append(' ', make('code', '', result));
  if (expected) item.append(' ', make('span', 'case-expected', say('caseExpected', language, { expected })));
  return item;
}

function button(sign: string, label: string): HTMLButtonElement {
  const made = document.createElement('button');
  made.type = 'button';
  made.textContent = sign;
  made.setAttribute('aria-label', label);
  return made;
}

function make(tag: string, className = '', text = ''): HTMLElement {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}
