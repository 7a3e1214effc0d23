import type { Language } from '../../simulator/text.ts';
import { say } from '../words.ts';

export interface ListedCheck {
  readonly id: string;
  readonly title: string;
}

export type CheckState = 'due' | 'now' | 'passed' | 'failed';

const SIGNS: Readonly<Record<CheckState, string>> = { due: '○', now: '▸', passed: '✓', failed: '✗' };

const WORDS = { due: 'checkDue', now: 'checkNow', passed: 'checkPassed', failed: 'checkFailed' } as const;

/** All checks of a grading: a row of signs that opens into their titles, each turning as it is judged. */
export class CheckList {
  readonly element = document.createElement('details');
  readonly #items = new Map<string, { readonly title: HTMLElement; readonly signs: readonly HTMLElement[] }>();

  constructor(
    checks: readonly ListedCheck[],
    private readonly language: Language,
  ) {
    this.element.className = 'checks';
    const summary = document.createElement('summary');
    summary.append(make('span', 'sr-only', say('allChecks', language)));
    const row = make('span', 'signs');
    row.setAttribute('aria-hidden', 'true');
    const list = document.createElement('ol');
    for (const { id, title } of checks) {
      const item = document.createElement('li');
      const sign = make('span', 'sign');
      sign.setAttribute('aria-hidden', 'true');
      const shown = make('span', 'check', title);
      item.append(sign, ' ', shown, ' ', make('span', 'sr-only'));
      list.append(item);
      const small = row.appendChild(make('span', 'sign'));
      small.title = title;
      this.#items.set(id, { title: shown, signs: [sign, small] });
      this.mark(id, 'due');
    }
    summary.append(row);
    this.element.append(summary, list);
  }

  mark(id: string, state: CheckState): void {
    const item = this.#items.get(id);
    if (!item) return;
    for (const sign of item.signs) {
      sign.textContent = SIGNS[state];
      sign.dataset.state = state;
    }
    item.title.nextElementSibling!.textContent = say(WORDS[state], this.language);
  }

  /** Makes every failed check a button. */
  offer(choose: (id: string) => void): void {
    for (const [id, { title, signs }] of this.#items) {
      if (signs[0]?.dataset.state !== 'failed') continue;
      const button = document.createElement('button');
      button.type = 'button';
      button.className = 'check';
      button.textContent = title.textContent;
      button.setAttribute('aria-pressed', 'false');
      button.addEventListener('click', () => {
        for (const other of this.element.querySelectorAll('button')) {
          other.setAttribute('aria-pressed', String(other === button));
        }
        choose(id);
      });
      title.replaceWith(button);
    }
  }
}

function make(tag: string, className = '', text = ''): HTMLElement {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}
