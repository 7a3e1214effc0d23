import type { Text } from '../../simulator/text.ts';
import type { Status, Warning } from '../verdict.ts';

/** One or two words for each status, beside the exercise's name. */
export const STATUS_NAMES = {
  passed: { en: 'passed', ko: '통과' },
  failed: { en: 'not passed yet', ko: '아직 통과하지 못함' },
  'not-attempted': { en: 'not attempted', ko: '시작 전' },
  'not-submitted': { en: 'no file', ko: '파일 없음' },
  'compile-error': { en: 'does not compile', ko: '컴파일 오류' },
  'contract-error': { en: 'exports something else', ko: '내보낸 이름이 다름' },
  'import-error': { en: 'imports what it may not', ko: '사용할 수 없는 import' },
  crashed: { en: 'crashed', ko: '비정상 종료' },
  timeout: { en: 'does not end', ko: '끝나지 않음' },
  'memory-limit': { en: 'out of memory', ko: '메모리 초과' },
  'output-limit': { en: 'prints too much', ko: '출력 과다' },
  denied: { en: 'asked for something forbidden', ko: '허용되지 않은 접근' },
  'invalid-submission': { en: 'cannot be graded', ko: '채점할 수 없는 파일' },
  flaky: { en: 'not the same every time', ko: '실행마다 결과가 다름' },
  'grader-error': { en: 'the grader failed', ko: '채점기 오류' },
} as const satisfies Record<Status, Text>;

/** What a learner does next about each status that is no list of failed checks. */
export const NEXT_STEPS = {
  'not-attempted': (where: string) => ({
    en: `Open ${where}, replace the first todo(…) with your own code, save, and grade again.`,
    ko: `${where} 파일을 열어 첫 번째 todo(…)를 직접 작성한 코드로 바꾸고 저장한 뒤 다시 채점하십시오.`,
  }),
  'not-submitted': (where: string) => ({
    en: `There is no ${where}. The command below puts the stub there.`,
    ko: `${where} 파일이 없습니다. 아래 명령으로 시작 코드를 다시 만들 수 있습니다.`,
  }),
  'compile-error': (where: string) => ({
    en: `Mend ${where} and save: nothing is run until the file compiles.`,
    ko: `${where} 부분을 고치고 저장하십시오. 컴파일되기 전에는 아무것도 실행되지 않습니다.`,
  }),
  'contract-error': (where: string) => ({
    en: `Export from ${where} exactly the names that the stub exported, as named exports.`,
    ko: `${where}에서 시작 코드와 똑같은 이름을 이름 있는 export로 내보내십시오.`,
  }),
  'import-error': (where: string) => ({
    en: `Take that import out of ${where}: what the exercise needs comes in as arguments.`,
    ko: `${where}에서 해당 import를 지우십시오. 실습에 필요한 것은 인자로 전달됩니다.`,
  }),
  crashed: (where: string) => ({
    en: `Look at ${where}: nothing after this point could be checked.`,
    ko: `${where} 부분을 살펴보십시오. 이 지점 이후로는 아무것도 검사할 수 없었습니다.`,
  }),
  timeout: (where: string) => ({
    en: `Look for a loop around ${where} whose condition never becomes false, or a promise that nobody settles.`,
    ko: `${where} 근처에서 조건이 거짓이 되지 않는 반복문이나 아무도 끝내지 않는 프로미스를 찾아보십시오.`,
  }),
  'memory-limit': (where: string) => ({
    en: `Look around ${where} for a collection that only ever grows, or for an array of an enormous length.`,
    ko: `${where} 근처에서 계속 커지기만 하는 자료구조나 지나치게 긴 배열을 찾아보십시오.`,
  }),
  'output-limit': (where: string) => ({
    en: `Take console.log out of the loops in ${where}: the checks call your code thousands of times.`,
    ko: `${where}의 반복문에서 console.log를 빼십시오. 검사 항목은 코드를 수천 번 호출합니다.`,
  }),
  denied: (where: string) => ({
    en: `Take it out of ${where}. Files, processes, timers and the network are out of reach here.`,
    ko: `${where}에서 지우십시오. 여기에서는 파일, 프로세스, 타이머, 네트워크를 사용할 수 없습니다.`,
  }),
  'invalid-submission': (where: string) => ({
    en: `Put an ordinary TypeScript text file at ${where}.`,
    ko: `${where} 위치에 일반적인 TypeScript 텍스트 파일을 두십시오.`,
  }),
  flaky: (where: string) => ({
    en: `The same input gave different results. Look in ${where} for variables outside the class or function, and for Date.now or Math.random: take the clock and the randomness that are passed in.`,
    ko: `같은 입력에 다른 결과가 나왔습니다. ${where}에서 클래스나 함수 밖에 있는 변수, 그리고 Date.now나 Math.random을 찾아보십시오. 시계와 난수는 인자로 전달된 것을 사용해야 합니다.`,
  }),
  'grader-error': () => ({
    en: 'This is a fault of the course, not of your code: it costs no points. Please report the text above with this command, its seed and your file.',
    ko: '코드가 아니라 이 강의의 결함이며 점수는 깎이지 않습니다. 위 내용을 명령, 시드, 작성한 파일과 함께 알려 주십시오.',
  }),
} as const satisfies Record<Exclude<Status, 'passed' | 'failed'>, (where: string) => Text>;

export const WARNING_NAMES = {
  type: { en: 'type error', ko: '타입 오류' },
  'unhandled-rejection': { en: 'unhandled rejection', ko: '처리되지 않은 프로미스 거부' },
  console: { en: 'console', ko: 'console' },
  clock: { en: 'wall clock', ko: '실제 시계' },
  random: { en: 'randomness', ko: '난수' },
  'changed-input': { en: 'changed input', ko: '변경된 입력' },
  'stand-in': { en: 'stand-in', ko: '대신 사용' },
} as const satisfies Record<Warning['kind'], Text>;

export const FEEDBACK = {
  read: { en: 'Read', ko: '읽기' },
  see: { en: 'See', ko: '보기' },
  replay: { en: 'Again', ko: '재현' },
  next: { en: 'Next', ko: '다음' },
  lesson: (number: number) => ({ en: `Lesson ${number}`, ko: `${number}강` }),
  sameCase: { en: 'the same case, step by step', ko: '같은 경우를 한 단계씩 재생' },
  expected: { en: 'expected', ko: '기대' },
  received: { en: 'received', ko: '결과' },
  throws: { en: 'throws', ko: '오류' },
  stepsLeftOut: (count: number) => ({ en: `… ${count} more steps …`, ko: `… ${count}단계 생략 …` }),
  linesLeftOut: (count: number) => ({ en: `… ${count} more lines`, ko: `… ${count}줄 더 있음` }),
  warnings: { en: 'Worth knowing (costs no points)', ko: '참고 사항(점수와 무관)' },
  line: (line: number) => ({ en: `line ${line}`, ko: `${line}행` }),
  summary: (passed: number, total: number) => ({
    en: `${passed} of ${total} checks passed`,
    ko: `검사 항목 ${total}개 중 ${passed}개 통과`,
  }),
  score: (score: number, max: number) => ({ en: `${score}/${max} points`, ko: `${score}/${max}점` }),
  seed: (seed: number) => ({ en: `seed ${seed}`, ko: `시드 ${seed}` }),
  seconds: (seconds: string) => ({ en: `${seconds} s`, ko: `${seconds}초` }),
  compare: { en: 'compare with the reference', ko: '모범 풀이와 비교' },
  nextExercise: { en: 'the next exercise', ko: '다음 실습' },
} as const;
