import type { Language, Text } from '../simulator/text.ts';

/** Everything the pages say that is no lesson's own text. */
export const words = {
  // Predict, self-check, boxes
  predict: { en: 'Predict', ko: '예상해 보기' },
  predictRun: { en: 'Run it and see', ko: '실행해서 확인합니다' },
  predictAnswer: { en: 'What the run shows', ko: '실행 결과' },
  right: { en: 'right', ko: '정답' },
  wrong: { en: 'not this one', ko: '오답' },
  instructor: { en: 'For instructors', ko: '진행자용 안내' },
  incident: { en: 'It happened', ko: '실제 사례' },
  postMortem: { en: 'post-mortem', ko: '사후 보고서' },
  // Exercises
  exercise: { en: 'Exercise', ko: '실습' },
  youEdit: { en: 'You edit', ko: '작성할 파일' },
  judgedBy: { en: 'It is right when', ko: '다음을 만족하면 통과합니다' },
  checksCount: { en: '{count} checks hold', ko: '검사 항목 {count}개' },
  gradeWith: { en: 'Grade it in the terminal', ko: '터미널에서 채점합니다' },
  brief: { en: 'The whole brief, with hints', ko: '실습 설명과 힌트 전체' },
  backToLesson: { en: 'The section of the lesson that teaches it', ko: '이 내용을 가르치는 강의 단원' },
  hint: { en: 'Hint', ko: '힌트' },
  stars: { en: 'difficulty {n} of 3', ko: '난이도 3단계 중 {n}단계' },
  // Lanes
  baseline: { en: 'baseline', ko: '비교 기준' },
  yours: { en: 'Your code', ko: '내 코드' },
  reference: { en: 'reference', ko: '모범 풀이' },
  // Controls
  presets: { en: 'Question', ko: '질문' },
  controls: { en: 'Playback', ko: '재생' },
  world: { en: 'Change the world', ko: '상황 바꾸기' },
  settings: { en: 'Settings', ko: '설정' },
  play: { en: 'Play', ko: '재생' },
  pause: { en: 'Pause', ko: '일시 정지' },
  stepBack: { en: 'One step back', ko: '한 단계 뒤로' },
  step: { en: 'One step', ko: '한 단계 앞으로' },
  speed: { en: 'Speed', ko: '배속' },
  seed: { en: 'seed', ko: '시드' },
  newSeed: { en: 'Another seed', ko: '다른 시드' },
  exerciseChoice: { en: 'Your code from', ko: '내 코드 파일' },
  server: { en: 'Server', ko: '서버' },
  kill: { en: 'Kill', ko: '종료' },
  halve: { en: 'Half speed', ko: '절반 속도' },
  hang: { en: 'Hang', ko: '응답 중단' },
  revive: { en: 'Revive', ko: '되살리기' },
  spike: { en: 'Spike ×3', ko: '급증 ×3' },
  undo: { en: 'Undo changes', ko: '변경 취소' },
  playhead: { en: 'Time', ko: '시각' },
  keys: { en: 'Keys', ko: '단축키' },
  keysHelp: {
    en: 'With the picture focused: Space plays and pauses · ← → one step · Shift + ← → one second · Home, End · 1–9 choose a server · K kill · H half speed · R revive · S spike · U undo · , . slower, faster',
    ko: '그림에 초점이 있을 때: Space 재생과 일시 정지 · ← → 한 단계 · Shift + ← → 1초 · Home, End · 1–9 서버 선택 · K 종료 · H 절반 속도 · R 되살리기 · S 급증 · U 변경 취소 · , . 느리게, 빠르게',
  },
  picture: { en: 'Simulation', ko: '시뮬레이션' },
  // Picture
  sameTraffic: { en: '{rate} requests/s, identical in every lane', ko: '초당 요청 {rate}건, 모든 레인에 똑같은 요청' },
  travelNote: {
    en: 'First in, first out. Travel is drawn slower than it is; queues, cores and figures are exact.',
    ko: '먼저 온 요청을 먼저 처리합니다. 이동은 실제보다 느리게 그리며, 대기열과 코어와 수치는 정확합니다.',
  },
  legendWaiting: { en: 'waiting over 200 ms', ko: '200 ms 넘게 대기' },
  legendLate: { en: 'over 1 s', ko: '1초 넘게 대기' },
  legendCell: {
    en: 'in the cache: the next reader finds it there',
    ko: '캐시에 있음: 다음 독자가 여기에서 찾습니다',
  },
  legendQuiet: { en: 'there, but nobody asks for it', ko: '있지만 아무도 찾지 않음' },
  legendCopy: { en: 'copies of one query', ko: '똑같은 쿼리' },
  legendStale: { en: 'an old value', ko: '오래된 값' },
  halfSpeed: { en: 'half speed', ko: '절반 속도' },
  speedOf: { en: '{n}× speed', ko: '{n}배 속도' },
  stateDown: { en: 'down', ko: '종료됨' },
  stateHung: { en: 'hangs', ko: '응답 없음' },
  statePaused: { en: 'paused', ko: '멈춤' },
  stateEjected: { en: 'ejected', ko: '제외됨' },
  stateUp: { en: 'back', ko: '복구됨' },
  overloaded: { en: 'overloaded', ko: '과부하' },
  lastSecond: { en: '{measure}, last second', ko: '{measure}, 직전 1초' },
  // Table and log
  lane: { en: 'Lane', ko: '레인' },
  sinceStart: { en: 'Since the start, up to {time}', ko: '시작부터 {time}까지' },
  wholeRun: { en: 'Whole run, {time}', ko: '전체 실행, {time}' },
  eventLog: { en: 'What happened', ko: '일어난 일' },
  noEvents: { en: 'Nothing was done to the servers.', ko: '서버에 일어난 일이 없습니다.' },
  logSpike: { en: 'traffic × {factor} for {time}', ko: '{time} 동안 요청 {factor}배' },
  logPartition: { en: '{place} cut off', ko: '{place} 네트워크 단절' },
  logHeal: { en: '{place} network back', ko: '{place} 네트워크 복구됨' },
  logLag: { en: '{place} messages {time} later', ko: '{place} 메시지 {time} 지연' },
  logLose: { en: '{place} loses {percent} % of messages', ko: '{place} 메시지 {percent}% 유실' },
  logRegionDown: { en: 'region {region} down', ko: '{region} 지역 중단됨' },
  logRegionUp: { en: 'region {region} back', ko: '{region} 지역 복구됨' },
  // Learner's lane
  notWritten: { en: 'Not written yet: open', ko: '아직 작성하지 않았습니다. 다음 파일을 엽니다:' },
  onSave: { en: 'It runs here each time you save.', ko: '저장할 때마다 여기에서 실행됩니다.' },
  lastGood: {
    en: 'The picture still shows your last good version.',
    ko: '그림은 마지막으로 실행된 코드를 보여 줍니다.',
  },
  shownNaive: { en: 'Until then this lane shows the baseline.', ko: '그전까지 이 레인은 비교 기준을 보여 줍니다.' },
  failedAt: {
    en: 'Your code failed after {time} of traffic.',
    ko: '요청을 {time} 동안 처리한 뒤 코드가 실패했습니다.',
  },
  doesNotCompile: { en: 'Your file does not compile.', ko: '파일을 컴파일할 수 없습니다.' },
  threw: { en: 'Your code threw an error.', ko: '코드에서 오류가 발생했습니다.' },
  tooLong: {
    en: 'Your code did not finish within {time}. Is there a loop that never ends?',
    ko: '코드가 {time} 안에 끝나지 않았습니다. 끝나지 않는 반복문이 있습니까?',
  },
  noAnswer: {
    en: 'The course’s own server does not answer. Is npm start still running?',
    ko: '실습 서버가 응답하지 않습니다. npm start가 실행 중인지 확인합니다.',
  },
  published: {
    en: 'This is the published site, so this lane shows the baseline. To see your own code here, clone the course and run npm ci && npm start.',
    ko: '공개된 사이트이므로 이 레인은 비교 기준을 보여 줍니다. 내 코드를 보려면 과정을 내려받아 npm ci && npm start를 실행합니다.',
  },
  simulationFailed: { en: 'The simulation could not run.', ko: '시뮬레이션을 실행할 수 없습니다.' },
  noScript: {
    en: 'The picture needs JavaScript. The table shows the whole run.',
    ko: '그림에는 JavaScript가 필요합니다. 표는 전체 실행 결과를 보여 줍니다.',
  },
  // Grade
  grade: { en: 'Grade', ko: '채점' },
  grading: { en: 'Grading …', ko: '채점하고 있습니다 …' },
  checksPass: { en: '{passed} of {all} checks pass', ko: '검사 {all}개 중 {passed}개 통과' },
  caseTitle: { en: 'The smallest case that fails', ko: '실패하는 가장 작은 사례' },
  caseBack: { en: 'one step back', ko: '한 단계 뒤로' },
  caseOn: { en: 'one step on', ko: '한 단계 앞으로' },
  casePlace: { en: 'step {step} of {all}', ko: '{all}단계 중 {step}단계' },
  caseExpected: { en: 'expected {expected}', ko: '기대한 값 {expected}' },
  gradeFailed: { en: 'The grader could not run.', ko: '채점기를 실행할 수 없습니다.' },
  notAttempted: {
    en: 'Nothing to grade yet: this exercise still has a todo().',
    ko: '아직 채점할 코드가 없습니다. todo()가 남아 있습니다.',
  },
  why: { en: 'why?', ko: '왜?' },
  replay: { en: 'see it happen', ko: '장면 보기' },
} satisfies Record<string, Text>;

/** One phrase with its `{places}` filled in. */
export function say(
  phrase: keyof typeof words,
  language: Language,
  places: Readonly<Record<string, string | number>> = {},
): string {
  return words[phrase][language].replace(/\{(\w+)\}/g, (whole, place) => String(places[place] ?? whole));
}
