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
    ko: mentions === undefined ? `${error} 발생` : `${error} 발생(메시지에 ${mentions} 포함)`,
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

/** Why a file cannot be run at all. */
export const BUNDLE = {
  missing: {
    en: 'There is no such file.',
    ko: '파일이 없습니다.',
  } satisfies Text,
  noFile: {
    en: 'This is a folder or a link; the exercise must be an ordinary file.',
    ko: '폴더이거나 링크입니다. 연습 문제는 일반 파일이어야 합니다.',
  } satisfies Text,
  tooLarge: (kilobytes: number): Text => ({
    en: `The file is larger than ${kilobytes} kB.`,
    ko: `파일이 ${kilobytes} kB보다 큽니다.`,
  }),
  noText: {
    en: 'The file is not plain text (UTF-8).',
    ko: '파일이 일반 텍스트(UTF-8)가 아닙니다.',
  } satisfies Text,
  import: (specifier: string): Text => ({
    en: `'${specifier}' cannot be imported. An exercise may import ./contract.ts, ../todo.ts and other exercises.`,
    ko: `'${specifier}'은(는) 가져올 수 없습니다. 연습 문제에서는 ./contract.ts, ../todo.ts와 다른 연습 문제만 가져올 수 있습니다.`,
  }),
  computedImport: {
    en: 'A path that is put together at run time cannot be imported. Write out what you import, at the top of the file.',
    ko: '실행 중에 조합한 경로는 가져올 수 없습니다. 가져올 대상을 파일 맨 위에 그대로 적으십시오.',
  } satisfies Text,
  topLevelAwait: {
    en: '`await` outside of a function: the file must finish loading at once.',
    ko: '함수 바깥에 `await`가 있습니다. 파일은 기다림 없이 로드되어야 합니다.',
  } satisfies Text,
  tooMuch: {
    en: 'The compiler did not get through this file. Is something nested hundreds of levels deep?',
    ko: '컴파일러가 이 파일을 끝까지 처리하지 못했습니다. 수백 단계로 중첩된 부분이 있지 않은지 확인하십시오.',
  } satisfies Text,
  syntax: (text: string): Text => ({
    en: `Syntax error: ${text}`,
    ko: `문법 오류: ${text}`,
  }),
} as const;

/** What a verdict as a whole says. */
export const VERDICT = {
  notAttempted: (todo: string | undefined): Text => ({
    en: todo === undefined ? 'Nothing is written yet.' : `Nothing is written yet. To begin with: ${todo}`,
    ko: todo === undefined ? '아직 작성한 코드가 없습니다.' : `아직 작성한 코드가 없습니다. 먼저 할 일: ${todo}`,
  }),
  missingExport: (name: string, kind: 'class' | 'function', nearest: string | undefined): Text => ({
    en: `The file must export a ${kind} named ${name}.${nearest === undefined ? '' : ` It exports ${nearest}: is that the one?`}`,
    ko: `파일에서 이름이 ${name}인 ${KIND[kind].ko}를 export해야 합니다.${nearest === undefined ? '' : ` 지금은 ${nearest}를 export하고 있습니다. 혹시 이것입니까?`}`,
  }),
  defaultExport: (name: string, kind: 'class' | 'function'): Text => ({
    en: `${name} is exported as default. Export it by its name: export ${kind} ${name}`,
    ko: `${name}을(를) default로 export했습니다. 이름으로 export하십시오: export ${kind} ${name}`,
  }),
  wrongKind: (name: string, wanted: 'class' | 'function', found: 'class' | 'function' | 'value'): Text => ({
    en: `${name} must be a ${KIND[wanted].en}, and is a ${KIND[found].en}.`,
    ko: `${name}은(는) ${KIND[wanted].ko}여야 하는데 ${KIND[found].ko}입니다.`,
  }),
  crashed: (error: string): Text => ({
    en: `The file throws while it loads: ${error}`,
    ko: `파일을 로드하는 동안 오류가 발생합니다: ${error}`,
  }),
  denied: (name: string): Text => ({
    en: `\`${name}\` is not there: your code runs by itself in plain JavaScript. What it needs is handed in as an argument.`,
    ko: `\`${name}\`은(는) 사용할 수 없습니다. 코드는 순수 JavaScript 환경에서 단독으로 실행되며, 필요한 것은 인자로 전달됩니다.`,
  }),
  timeout: (limitMs: number): Text => ({
    en: `The code was still running after ${seconds(limitMs)} s and was stopped. Is there a loop that never ends?`,
    ko: `${seconds(limitMs)}초가 지나도 실행이 끝나지 않아 중단했습니다. 끝나지 않는 반복문이 있지 않은지 확인하십시오.`,
  }),
  neverSettles: {
    en: 'A promise never settles: nothing is left to run, and the result has not come.',
    ko: '프로미스가 끝내 완료되지 않습니다. 더 실행할 것이 없는데 결과가 오지 않았습니다.',
  } satisfies Text,
  memory: (megabytes: number): Text => ({
    en: `The code used more than ${megabytes} MB of memory and was stopped.`,
    ko: `메모리를 ${megabytes} MB 넘게 사용하여 중단했습니다.`,
  }),
  output: {
    en: 'The code printed far too much and was stopped.',
    ko: '출력이 지나치게 많아 중단했습니다.',
  } satisfies Text,
  flaky: {
    en: 'The same case came out differently when it was run again: something in the code depends on chance or on time.',
    ko: '같은 경우를 다시 실행했을 때 결과가 달라졌습니다. 코드 어딘가가 우연이나 시간에 의존합니다.',
  } satisfies Text,
  graderError: (detail: string): Text => ({
    en: `The grader itself failed; this says nothing about your code. Please report: ${detail}`,
    ko: `채점기 자체에 문제가 생겼습니다. 작성한 코드와는 관계가 없습니다. 다음 내용을 알려 주십시오: ${detail}`,
  }),
  interrupted: {
    en: 'Grading was interrupted.',
    ko: '채점이 중단되었습니다.',
  } satisfies Text,
  notRun: {
    en: 'Not run.',
    ko: '실행하지 않았습니다.',
  } satisfies Text,
} as const;

/** What is worth knowing and fails nothing. */
export const WARNING = {
  clock: {
    en: 'Reads the time of day, which stands still here: take the clock that is handed in.',
    ko: '현재 시각을 읽고 있습니다. 채점 중에는 시간이 멈춰 있으므로 인자로 전달되는 시계를 사용하십시오.',
  } satisfies Text,
  random: {
    en: 'Uses Math.random, which cannot be replayed: take the source of chance that is handed in, if there is one.',
    ko: 'Math.random을 사용하고 있습니다. 결과를 재현할 수 없으므로, 인자로 전달되는 난수가 있으면 그것을 사용하십시오.',
  } satisfies Text,
  unhandled: (error: string): Text => ({
    en: `A promise was rejected and nobody handled it: ${error}. In Node that ends the whole process.`,
    ko: `처리되지 않은 프로미스 거부가 있습니다: ${error}. Node에서는 이 때문에 프로세스 전체가 종료됩니다.`,
  }),
  changedInput: {
    en: 'Changes a value that it was given. The caller still owns it: work on a copy.',
    ko: '전달받은 값을 변경합니다. 그 값은 호출한 쪽의 것이므로 복사본으로 작업하십시오.',
  } satisfies Text,
  standIn: (id: string): Text => ({
    en: `This answer builds on your ${id}, which does not pass yet: the course's own took its place here. Next for it: npm run grade ${id}`,
    ko: `이 코드는 직접 작성한 ${id}을(를) 사용하는데, 아직 통과하지 못했으므로 여기서는 강의의 코드가 그 자리를 대신했습니다. 다음 명령: npm run grade ${id}`,
  }),
  moreOutput: (lines: number): Text => ({
    en: `… and ${lines} more lines`,
    ko: `… 외 ${lines}줄`,
  }),
} as const;

const KIND = {
  class: { en: 'class', ko: '클래스' },
  function: { en: 'function', ko: '함수' },
  value: { en: 'value', ko: '값' },
} as const satisfies Record<string, Text>;

function seconds(milliseconds: number): string {
  return String(Math.round(milliseconds / 100) / 10);
}
