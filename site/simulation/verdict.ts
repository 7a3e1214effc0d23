import type { Language } from '../../simulator/text.ts';
import { say } from '../words.ts';
import { formatMs, formatSeconds } from './format.ts';
import type { Fetched } from './learner.ts';
import type { Thrown } from './protocol.ts';
import { LIMIT_MS } from './runner.ts';
import { sourceOf } from './source-position.ts';

/** What stands under the learner's lane: one sentence, details in fixed type, what to do about it. */
export interface Verdict {
  readonly trouble: boolean;
  readonly head: string;
  /** File, line and message, or a command. */
  readonly details?: readonly string[];
  readonly file?: string;
  readonly next?: string;
}

interface Situation {
  readonly language: Language;
  /** Whether the picture still shows an earlier version of theirs. */
  readonly hasGood: boolean;
}

export function notCompiled(fetched: Fetched & { ok: false }, { language, hasGood }: Situation): Verdict {
  return {
    trouble: true,
    head: say('doesNotCompile', language),
    details: fetched.errors.map(({ file, line, column, message }) => `${file}:${line}:${column}  ${message}`),
    next: say(hasGood ? 'lastGood' : 'shownNaive', language),
  };
}

/** The learner's code threw, before the run or at a moment of it. */
export function threw(thrown: Thrown, code: string, file: string, situation: Situation, atUs?: number): Verdict {
  const { language, hasGood } = situation;
  if (thrown.name === 'TodoError') return notWritten(file, language);
  const [place] = sourceOf(thrown.stack, code);
  const where = place ? `${place.file}:${place.line}:${place.column}  ` : '';
  return {
    trouble: true,
    head:
      atUs === undefined ? say('threw', language) : say('failedAt', language, { time: formatSeconds(atUs, language) }),
    details: [`${where}${thrown.name === 'Error' ? '' : `${thrown.name}: `}${thrown.message}`],
    file: place ? undefined : file,
    next: say(hasGood ? 'lastGood' : 'shownNaive', language),
  };
}

export function notWritten(file: string, language: Language): Verdict {
  return { trouble: false, head: say('notWritten', language), file, next: say('onSave', language) };
}

export function tooLong(file: string, { language, hasGood }: Situation): Verdict {
  return {
    trouble: true,
    head: say('tooLong', language, { time: formatMs(LIMIT_MS, language) }),
    file,
    next: say(hasGood ? 'lastGood' : 'shownNaive', language),
  };
}

export function unreachable(language: Language): Verdict {
  return { trouble: true, head: say('noAnswer', language) };
}

/** Puts a verdict on the page, as text only. */
export function showVerdict(place: HTMLElement, verdict: Verdict | undefined): void {
  place.hidden = verdict === undefined;
  place.classList.toggle('trouble', verdict?.trouble ?? false);
  place.replaceChildren();
  if (!verdict) return;
  const head = document.createElement('p');
  const strong = document.createElement('strong');
  strong.textContent = verdict.head;
  head.append(strong);
  if (verdict.file) head.append(' ', element('code', verdict.file));
  place.append(head);
  if (verdict.details) place.append(element('pre', verdict.details.join('\n')));
  if (verdict.next) place.append(element('p', verdict.next));
}

function element(name: string, text: string): HTMLElement {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}
