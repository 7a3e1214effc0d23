import type { Text } from '../../simulator/text.ts';
import type { ReplayWord } from '../feedback/report/replay/protocol.ts';

export const REPORT = {
  title: { en: 'Zero to Millions: graded work', ko: 'Zero to Millions 채점 결과' },
  contents: { en: 'Exercises', ko: '실습' },
  checks: { en: 'Checks', ko: '검사 항목' },
  check: { en: 'Check', ko: '검사 항목' },
  required: { en: 'What is required', ko: '요구 사항' },
  result: { en: 'Result', ko: '결과' },
  points: { en: 'Points', ko: '점수' },
  passed: { en: 'passed', ko: '통과' },
  failed: { en: 'failed', ko: '실패' },
  'not-run': { en: 'not run', ko: '실행 안 됨' },
  stories: { en: 'What happened', ko: '무슨 일이 있었는지' },
  steps: { en: 'The smallest case found, step by step', ko: '찾아낸 가장 작은 경우를 순서대로' },
  time: { en: 'Time', ko: '시각' },
  step: { en: 'Step', ko: '단계' },
  outcome: { en: 'Outcome', ko: '나온 결과' },
  code: { en: 'The code that was graded', ko: '채점한 코드' },
  brief: { en: 'What was asked', ko: '실습 설명' },
  file: { en: 'File', ko: '파일' },
  seed: { en: 'Seed', ko: '시드' },
  duration: { en: 'Time taken', ko: '걸린 시간' },
  graded: { en: 'Graded', ko: '채점 시각' },
  again: { en: 'Run this case again', ko: '이 경우 다시 실행' },
  written: (path: string) => ({ en: `report written: ${path}`, ko: `보고서 작성: ${path}` }),
  notWritten: (path: string, why: string) => ({
    en: `the report could not be written to ${path}: ${why}`,
    ko: `${path}에 보고서를 쓸 수 없습니다: ${why}`,
  }),
} as const satisfies Record<string, Text | ((...values: never[]) => Text)>;

/** Words of the player that replays a failing scenario inside the report. */
export const REPLAY = {
  run: { en: 'Replay this case here', ko: '이 경우를 여기에서 재생' },
  running: { en: 'Running …', ko: '실행 중 …' },
  again: { en: 'Run it again', ko: '다시 실행' },
  play: { en: 'Play', ko: '재생' },
  pause: { en: 'Pause', ko: '일시 정지' },
  time: { en: 'Time within the run', ko: '실행 중의 시각' },
  moment: { en: 'At this moment', ko: '이 순간' },
  waiting: { en: 'waiting', ko: '대기 중' },
  yours: { en: 'your code', ko: '작성한 코드' },
  events: { en: 'What happens to the world', ko: '환경에 일어나는 일' },
  stopped: { en: 'stops:', ko: '멈춤:' },
  endless: { en: 'The run did not end and was stopped.', ko: '실행이 끝나지 않아 중단했습니다.' },
} as const satisfies Record<ReplayWord, Text>;
