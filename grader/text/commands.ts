import type { Text } from '../../simulator/text.ts';

/** What commands say about themselves in `--help`, and about how they were called. */
export const USAGE = {
  usage: { en: 'Usage:', ko: '사용법:' },
  arguments: { en: 'Arguments:', ko: '인자:' },
  options: { en: 'Options:', ko: '옵션:' },
  help: { en: 'show this', ko: '이 도움말을 보여 줍니다' },
  lang: { en: 'language, remembered from then on: en or ko', ko: '언어(en 또는 ko). 선택은 다음에도 유지됩니다' },
  exercise: {
    en: 'id, the beginning of one, or a lesson’s folder',
    ko: '실습 이름 또는 그 앞부분, 또는 장의 폴더 이름',
  },
  oneExercise: { en: 'id, or the beginning of one', ko: '실습 이름 또는 그 앞부분' },
  seed: { en: 'run with this seed, 1 by default', ko: '이 시드로 실행합니다. 기본값은 1' },
  seeds: { en: 'how many seeds to run', ko: '실행할 시드의 수' },
  file: { en: 'grade this file instead', ko: '대신 이 파일을 채점합니다' },
  json: { en: 'one JSON document on stdout and nothing else', ko: '표준 출력에 JSON 문서 하나만 씁니다' },
  report: { en: 'also write a report, one HTML file', ko: 'HTML 파일 하나로 된 보고서도 만듭니다' },
  typecheck: { en: 'check types too (the default)', ko: '타입도 검사합니다(기본값)' },
  noTypecheck: { en: 'leave types unchecked', ko: '타입을 검사하지 않습니다' },
  verbose: { en: 'every failing check in full', ko: '실패한 검사 항목을 모두 자세히 보여 줍니다' },
  sandbox: {
    en: 'behind walls of the operating system, for other people’s code (Linux)',
    ko: '운영 체제의 샌드박스 안에서 채점합니다. 다른 사람의 코드에 사용합니다(Linux)',
  },
  noSandbox: (problem: string) => ({
    en: `no sandbox on this machine (${problem}). On Debian and Ubuntu: apt-get install bubblewrap util-linux, and allow unprivileged user namespaces; npm run doctor checks it. For code that you trust, leave --sandbox out`,
    ko: `이 컴퓨터에서는 샌드박스를 사용할 수 없습니다(${problem}). Debian과 Ubuntu에서는 apt-get install bubblewrap util-linux를 실행하고 비특권 사용자 네임스페이스를 허용하십시오. npm run doctor로 확인할 수 있습니다. 믿을 수 있는 코드라면 --sandbox를 빼고 채점하십시오`,
  }),
  problems: { en: 'one line per problem, for editors', ko: '편집기가 읽을 수 있게 문제를 한 줄씩 씁니다' },
  brief: { en: 'the brief instead of a hint', ko: '힌트 대신 실습 설명을 보여 줍니다' },
  all: { en: 'every hint seen so far again', ko: '지금까지 본 힌트를 다시 보여 줍니다' },
  giveUp: { en: 'before passing; it is remembered', ko: '통과하기 전에 봅니다. 이 사실은 기록됩니다' },
  plain: { en: 'the reference alone, no comparison', ko: '비교 없이 모범 풀이만 보여 줍니다' },
  unknownOption: (flag: string, nearest: string, known: string) => ({
    en: `unknown option ${flag}: did you mean ${nearest}? Known: ${known}`,
    ko: `알 수 없는 옵션 ${flag}. 혹시 ${nearest}? 사용할 수 있는 옵션: ${known}`,
  }),
  missingValue: (option: string) => ({ en: `${option} needs a value`, ko: `${option}에는 값이 필요합니다` }),
  missingArgument: (name: string, command: string) => ({
    en: `which ${name}? For example: ${command}`,
    ko: `대상이 빠졌습니다(${name}). 예: ${command}`,
  }),
  tooMany: (command: string) => ({ en: `too many arguments: ${command}`, ko: `인자가 너무 많습니다: ${command}` }),
  badNumber: (option: string, range: string, received: string) => ({
    en: `${option} must be a whole number ${range}, not ${received}`,
    ko: `${option}은(는) ${range} 범위의 정수여야 합니다. 받은 값: ${received}`,
  }),
  badChoice: (option: string, known: string, received: string) => ({
    en: `${option} must be one of ${known}, not ${received}`,
    ko: `${option}에 쓸 수 있는 값은 ${known}입니다. 받은 값: ${received}`,
  }),
  unknownExercise: (typed: string, nearest: string | undefined, known: string) => ({
    en: `no exercise ${typed}${nearest === undefined ? '' : `: did you mean ${nearest}?`} Known: ${known}`,
    ko: `${typed}(이)라는 실습이 없습니다. ${nearest === undefined ? '' : `혹시 ${nearest}? `}사용할 수 있는 이름: ${known}`,
  }),
  ambiguous: (typed: string, candidates: string) => ({
    en: `${typed} could be ${candidates}: type a little more`,
    ko: `${typed}에 맞는 이름이 여럿입니다: ${candidates}. 조금 더 입력하십시오`,
  }),
  oneOnly: (typed: string, known: string) => ({
    en: `${typed} is a whole lesson; name one exercise of it: ${known}`,
    ko: `${typed}은(는) 장 전체입니다. 실습 하나를 고르십시오: ${known}`,
  }),
  fileNeedsOne: {
    en: '--file grades one exercise: npm run grade <exercise> -- --file <path>',
    ko: '--file은 실습 하나만 채점합니다: npm run grade <실습> -- --file <경로>',
  },
  noFile: (path: string, nearest: string | undefined) => ({
    en: `no file ${path}${nearest === undefined ? '' : `: did you mean ${nearest}?`}`,
    ko: `${path} 파일이 없습니다.${nearest === undefined ? '' : ` 혹시 ${nearest}?`}`,
  }),
  notAFile: (path: string) => ({ en: `${path} is not a file`, ko: `${path}은(는) 파일이 아닙니다` }),
  failed: (message: string) => ({ en: `could not go on: ${message}`, ko: `계속할 수 없습니다: ${message}` }),
} as const satisfies Record<string, Text | ((...values: never[]) => Text)>;

/** One sentence each: what a command does. */
export const SUMMARIES = {
  grade: {
    en: 'Grades exercises: those named, or everything attempted.',
    ko: '지정한 실습, 또는 시작한 실습을 모두 채점합니다.',
  },
  hint: {
    en: 'Shows the next hint; each call goes one rung further.',
    ko: '다음 힌트를 보여 줍니다. 부를 때마다 한 단계씩 나아갑니다.',
  },
  reset: { en: 'Puts the stub back; your text is kept.', ko: '시작 코드로 되돌립니다. 작성한 코드는 보관됩니다.' },
  solution: {
    en: 'Shows the commented reference beside your code, once it passes.',
    ko: '통과한 뒤에 주석이 달린 모범 풀이를 작성한 코드와 나란히 보여 줍니다.',
  },
  progress: {
    en: 'Shows lessons, stars, points and what to do next.',
    ko: '장별 진행 상황, 별, 점수와 다음 할 일을 보여 줍니다.',
  },
  doctor: {
    en: 'Checks this machine; each failing line says how to mend it.',
    ko: '실행 환경을 점검하고, 문제가 있으면 고치는 방법을 알려 줍니다.',
  },
  watch: {
    en: 'Grades on save and moves on when passed.',
    ko: '저장할 때마다 채점하고, 통과하면 다음 실습으로 넘어갑니다.',
  },
  try: {
    en: 'Runs the brief’s examples in ordinary vitest, with full stacks.',
    ko: '실습 설명의 예제를 일반 vitest로 실행합니다.',
  },
} as const satisfies Record<string, Text>;

/** What commands say while and after they work. */
export const MESSAGES = {
  grading: (id: string, done: number, total: number) => ({
    en: total > 1 ? `grading ${id} (${done} of ${total})` : `grading ${id}`,
    ko: total > 1 ? `${id} 채점 중(${total}개 중 ${done}번째)` : `${id} 채점 중`,
  }),
  stopped: { en: 'stopped', ko: '중단했습니다' },
  nothingAttempted: { en: 'Nothing attempted yet.', ko: '아직 시작한 실습이 없습니다.' },
  startHere: (file: string) => ({
    en: `Start with ${file}: replace the first todo(…), save, and run this again.`,
    ko: `${file} 파일에서 시작하십시오. 첫 번째 todo(…)를 바꾸고 저장한 뒤 다시 실행하면 됩니다.`,
  }),
} as const satisfies Record<string, Text | ((...values: never[]) => Text)>;
