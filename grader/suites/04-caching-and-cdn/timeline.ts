import type { Text } from '../../../simulator/text.ts';
import { show } from '../../judge/show.ts';
import type { Shown, Story } from '../../suite.ts';

/**
 * Lets every promise that can settle now settle, on both sides of the membrane. No timer: nothing else in these
 * worlds takes time unless the case says so.
 */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 60; turn++) await undefined;
}

/**
 * Runs `act` in the middle of a call of the learner's code: no promise that this code works on goes on before `act` is
 * through. Calls in a row would not do, since promises on the other side of the membrane settle at the end of each.
 * @param enter makes the learner's code call the function that it is given, as a load or the like
 */
export async function inOneGo(enter: (call: () => void) => Promise<unknown>, act: () => void): Promise<void> {
  let outcome: { readonly error?: unknown } | undefined;
  const call = () => {
    if (outcome !== undefined) return;
    outcome = {};
    try {
      act();
    } catch (error) {
      outcome = { error };
    }
  };
  enter(call).catch(() => undefined);
  await settle();
  call();
  if (outcome !== undefined && 'error' in outcome) throw outcome.error;
}

/** Somebody who has called the learner's code and has or has not been answered yet. */
export interface Asker extends Text {
  answer: Answer | undefined;
}

export type Answer = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly message: string };

interface Line {
  readonly text: Text;
  readonly atMs: number;
}

/** A story with a clock: who did what when, and what must have come of it by now. */
export class Timeline {
  private time = 0;
  private aside: Line[] | undefined;

  constructor(private readonly story: Story) {}

  readonly now = (): number => this.time;

  at(timeMs: number): void {
    this.time = timeMs;
  }

  tell(en: string, ko: string): void {
    const line = { text: { en, ko }, atMs: this.time };
    if (this.aside === undefined) this.story.happens(line.text, line.atMs);
    else this.aside.push(line);
  }

  /**
   * A part of the case that only prepares what comes. It is told in the one line that `body` gives back when all of it went
   * as it should, in as many steps as usual; else, and when something in it fails, step by step.
   * @param steps how many there are when nothing else happens meanwhile; any number if it does not matter
   */
  async inShort(steps: number | 'any', body: () => Promise<Text>): Promise<void> {
    if (this.aside !== undefined) return void (await body());
    this.aside = [];
    try {
      const { en, ko } = await body();
      if (steps !== 'any' && this.aside?.length !== steps) return;
      this.aside = undefined;
      this.tell(en, ko);
    } finally {
      this.atLength();
    }
  }

  /** Fails the case unless `condition`; see `Story.require`. */
  require(condition: boolean, expected: Text, received?: Shown): void {
    if (!condition) this.atLength();
    this.story.require(condition, expected, received);
  }

  /** Follows a promise of the learner's and tells when it settles. `quiet`: its value is nobody's business. */
  listen(asker: Asker, promise: unknown, quiet = false): void {
    const { then } = (promise ?? {}) as Partial<Promise<unknown>>;
    this.require(typeof then === 'function', { en: 'a promise comes back', ko: '프로미스를 반환' }, promise);
    (promise as Promise<unknown>).then(
      (value) => {
        asker.answer = { ok: true, value };
        if (quiet) this.tell(`${asker.en} is done`, `${asker.ko} 완료`);
        else this.tell(`${asker.en} gets ${show(value)}`, `${asker.ko} 결과: ${show(value)}`);
      },
      (error: unknown) => {
        const message = error instanceof Error ? error.message : show(error);
        asker.answer = { ok: false, message };
        this.tell(`${asker.en} fails: ${message}`, `${asker.ko} 실패: ${message}`);
      },
    );
  }

  /**
   * Calls learner's code that must answer with a promise. When what was thrown to it comes straight through, that is told;
   * any other error is the learner's own.
   * @param thrown message of an error that the world has thrown in this call
   */
  promised(name: string, act: () => unknown, thrown: () => string | undefined): unknown {
    try {
      return act();
    } catch (error) {
      const message = thrown();
      if (message === undefined || !(error instanceof Error) || error.message !== message) throw error;
      this.tell(`${name} throws: ${message}`, `${name}에서 예외 발생: ${message}`);
      this.require(false, {
        en: `${name} does not throw but returns a promise that rejects`,
        ko: `${name}은 예외를 던지지 않고, 거부되는 프로미스를 반환`,
      });
      throw error;
    }
  }

  /** The asker must have been answered with exactly this value. */
  expectAnswer(asker: Asker, value: unknown): void {
    const wanted = { en: `${asker.en} gets ${show(value)}`, ko: `${asker.ko} 결과: ${show(value)}` };
    const { answer } = asker;
    if (answer === undefined) this.require(false, byNow(wanted));
    else if (answer.ok) this.require(Object.is(answer.value, value), wanted, answer.value);
    else this.require(false, wanted, answer.message);
  }

  /** The asker must have been given this error. */
  expectFailure(asker: Asker, message: string): void {
    const wanted = { en: `${asker.en} is rejected with "${message}"`, ko: `${asker.ko}: "${message}" 오류로 거부됨` };
    const { answer } = asker;
    if (answer === undefined) this.require(false, byNow(wanted));
    else if (answer.ok) this.require(false, wanted, answer.value);
    else this.require(answer.message.includes(message), wanted, answer.message);
  }

  /** The asker must not have been answered yet. */
  expectWaiting(asker: Asker, expected = { en: `${asker.en} is still waiting`, ko: `${asker.ko}: 아직 기다림` }): void {
    const { answer } = asker;
    if (answer !== undefined) this.require(false, expected, answer.ok ? answer.value : answer.message);
  }

  /** No promise may be left that is rejected and nobody hears of it; see `Tools.unhandled`. */
  expectHandled(unhandled: readonly string[]): void {
    const [first] = unhandled;
    if (first === undefined) return;
    this.tell(`a promise is rejected and nobody hears of it: ${first}`, `아무도 받지 않는 프로미스 거부: ${first}`);
    this.require(false, {
      en: 'every promise that can be rejected has somebody who hears of it, or Node ends the process',
      ko: '거부될 수 있는 프로미스는 모두 누군가 받음. 그러지 않으면 Node가 프로세스를 끝냄',
    });
  }

  private atLength(): void {
    const lines = this.aside ?? [];
    this.aside = undefined;
    for (const { text, atMs } of lines) this.story.happens(text, atMs);
  }
}

function byNow({ en, ko }: Text): Text {
  return { en: `by now ${en}`, ko: `이 시점까지 ${ko}` };
}
