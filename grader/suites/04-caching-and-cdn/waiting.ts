import { show } from '../../judge/show.ts';
import type { Story } from '../../suite.ts';

/**
 * Lets every promise that can settle now settle, on both sides of the membrane. No timer: nothing else in these
 * worlds takes time unless the case says so.
 */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 60; turn++) await undefined;
}

/** Somebody who has called the learner's code and has or has not been answered yet. */
export interface Asker {
  readonly en: string;
  readonly ko: string;
  answer: Answer | undefined;
}

export type Answer = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly message: string };

/** Follows a promise of the learner's and tells when it settles, in the words of a timeline. */
export function listen(story: Story, asker: Asker, promise: unknown, now: () => number, quiet = false): void {
  story.require(
    typeof (promise as Promise<unknown> | undefined)?.then === 'function',
    { en: 'a promise comes back', ko: '프로미스를 반환' },
    promise,
  );
  (promise as Promise<unknown>).then(
    (value) => {
      asker.answer = { ok: true, value };
      const got = quiet ? { en: 'is done', ko: '완료' } : { en: `gets ${show(value)}`, ko: `결과: ${show(value)}` };
      story.happens({ en: `${asker.en} ${got.en}`, ko: `${asker.ko} ${got.ko}` }, now());
    },
    (error: unknown) => {
      const message = error instanceof Error ? error.message : show(error);
      asker.answer = { ok: false, message };
      story.happens({ en: `${asker.en} fails: ${message}`, ko: `${asker.ko} 실패: ${message}` }, now());
    },
  );
}

/** The asker must have been answered with exactly this value. */
export function expectAnswer(story: Story, asker: Asker, value: unknown): void {
  const wanted = { en: `${asker.en} gets ${show(value)}`, ko: `${asker.ko} 결과: ${show(value)}` };
  const { answer } = asker;
  if (answer === undefined) story.require(false, now(wanted));
  else if (answer.ok) story.require(Object.is(answer.value, value), wanted, answer.value);
  else story.require(false, wanted, answer.message);
}

/** The asker must have been given this error. */
export function expectFailure(story: Story, asker: Asker, message: string): void {
  const wanted = { en: `${asker.en} is rejected with "${message}"`, ko: `${asker.ko} "${message}" 오류로 거부됨` };
  const { answer } = asker;
  if (answer === undefined) story.require(false, now(wanted));
  else story.require(!answer.ok && answer.message.includes(message), wanted, answer.ok ? answer.value : answer.message);
}

/** The asker must not have been answered yet. */
export function expectWaiting(story: Story, asker: Asker): void {
  const { answer } = asker;
  story.require(
    answer === undefined,
    { en: `${asker.en} is still waiting here`, ko: `${asker.ko} 아직 기다리는 중` },
    answer?.ok ? answer.value : answer?.message,
  );
}

function now(text: { readonly en: string; readonly ko: string }) {
  return { en: `by now ${text.en}`, ko: `이 시점까지 ${text.ko}` };
}
