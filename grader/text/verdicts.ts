import type { Text } from '../../simulator/text.ts';

/** Everything the judge says about one case. Sentences about a whole verdict stand further down. */
export const CASE = {
  differs: (expected: string, received: string): Text => ({
    en: `Expected ${expected}, received ${received}.`,
    ko: `기대한 값은 ${expected}, 받은 값은 ${received}입니다.`,
  }),
  unmet: (expected: Text): Text => ({
    en: `Not met: ${expected.en}.`,
    ko: `지켜지지 않은 조건: ${expected.ko}.`,
  }),
  threw: (error: string): Text => ({
    en: `Your code threw ${error}`,
    ko: `코드에서 오류가 발생했습니다: ${error}`,
  }),
  threwNonError: (value: string): Text => ({
    en: `Your code threw ${value}, which is not an Error`,
    ko: `코드가 Error가 아닌 값을 던졌습니다: ${value}`,
  }),
  mustThrow: (error: string, mentions?: string): Text => ({
    en: mentions === undefined ? `throws ${error}` : `throws ${error} whose message names ${mentions}`,
    ko: mentions === undefined ? `${error} 발생` : `메시지에 ${mentions}이(가) 들어 있는 ${error} 발생`,
  }),
  anyError: { en: 'an error', ko: '오류' } satisfies Text,
  didNotThrow: (result: string): Text => ({
    en: `returned ${result} without throwing`,
    ko: `오류 없이 ${result} 반환`,
  }),
  silent: (call: string): Text => ({
    en: `${call} had to throw and did not.`,
    ko: `${call}에서 오류가 발생해야 하는데 발생하지 않았습니다.`,
  }),
  wrongError: (call: string): Text => ({
    en: `${call} threw, but not the error that was asked for.`,
    ko: `${call}에서 발생한 오류가 요구한 오류와 다릅니다.`,
  }),
  promise: {
    en: 'Received a promise where a value was expected. Is there an `async` to remove?',
    ko: '값을 기대한 자리에 프로미스가 왔습니다. 지워야 할 `async`가 있지 않은지 확인하십시오.',
  } satisfies Text,
  malformed: {
    en: 'What your code returned cannot be used here: compare it with the types in contract.ts.',
    ko: '반환된 값을 여기에서 사용할 수 없습니다. contract.ts의 타입과 비교해 보십시오.',
  } satisfies Text,
  todo: (what: string): Text => ({
    en: `Not written yet: ${what}`,
    ko: `아직 작성하지 않은 부분: ${what}`,
  }),
  laneStopped: (error: string): Text => ({
    en: `the run stops: ${error}`,
    ko: `실행이 멈춤: ${error}`,
  }),
} as const;
