import type { Text } from '../../simulator/text.ts';

/** What `npm run simulate` says. */
export const SIMULATE = {
  summary: {
    en: 'Runs a scene in the terminal: naive, yours and reference on identical traffic.',
    ko: '장면 하나를 터미널에서 실행합니다. 기준 코드, 작성한 코드, 모범 풀이가 같은 요청을 받습니다.',
  },
  scene: { en: 'id of a scene, or the beginning of one; none: the list', ko: '장면 이름 또는 그 앞부분. 없으면 목록' },
  preset: { en: 'which question of the scene; the first one by default', ko: '장면의 질문. 기본값은 첫 번째 질문' },
  exercise: {
    en: 'whose lane is yours; the first one attempted by default',
    ko: '실행할 실습. 기본값은 시작한 실습 가운데 첫 번째',
  },
  seed: { en: 'seed of the run, 1 by default', ko: '실행에 쓸 시드. 기본값은 1' },
  set: {
    en: 'a control’s value, e.g. --set load=70; may be repeated',
    ko: '조절 값. 예: --set load=70. 여러 번 쓸 수 있습니다',
  },
  effects: {
    en: 'for authors: does each scene show what it claims, on many seeds?',
    ko: '저자용: 장면이 주장하는 바가 여러 시드에서 모두 나타나는지 확인합니다',
  },
  yours: { en: 'Your code', ko: '작성한 코드' },
  reference: { en: 'reference', ko: '모범 풀이' },
  baseline: { en: 'baseline', ko: '기준' },
  scenes: { en: 'Scenes', ko: '장면' },
  howTo: {
    en: 'npm run simulate <scene> -- --preset <preset>',
    ko: 'npm run simulate <장면> -- --preset <질문>',
  },
  notWritten: (file: string) => ({ en: `not written yet: ${file}`, ko: `아직 작성하지 않았습니다: ${file}` }),
  noFile: (file: string) => ({ en: `there is no ${file}`, ko: `${file} 파일이 없습니다` }),
  stopped: (message: string, atS: string, line: string) => ({
    en: `stopped at ${atS} s: ${message}${line}`,
    ko: `${atS}초에 멈췄습니다: ${message}${line}`,
  }),
  atLine: (file: string, line: number) => ({ en: ` (${file}:${line})`, ko: ` (${file}:${line})` }),
  tooLong: (seconds: number) => ({
    en: `no answer within ${seconds} s: look for a loop that never ends`,
    ko: `${seconds}초 안에 끝나지 않았습니다. 끝나지 않는 반복문이 있는지 확인하십시오`,
  }),
  overTime: (label: string, duration: string, low: string, high: string) => ({
    en: `${label} over ${duration} s, ${low} to ${high}`,
    ko: `${duration}초 동안의 ${label}, ${low} ~ ${high}`,
  }),
  badMark: { en: '! marks a figure that is a problem', ko: '!는 문제가 되는 값입니다' },
  seedIs: (seed: number) => ({ en: `seed ${seed}`, ko: `시드 ${seed}` }),
  unknownScene: (typed: string, nearest: string | undefined, known: string) => ({
    en: `no scene ${typed}${nearest === undefined ? '' : `: did you mean ${nearest}?`} Known: ${known}`,
    ko: `${typed}(이)라는 장면이 없습니다. ${nearest === undefined ? '' : `혹시 ${nearest}? `}사용할 수 있는 이름: ${known}`,
  }),
  unknownPreset: (typed: string, nearest: string | undefined, known: string) => ({
    en: `no preset ${typed}${nearest === undefined ? '' : `: did you mean ${nearest}?`} Known: ${known}`,
    ko: `${typed}(이)라는 질문이 없습니다. ${nearest === undefined ? '' : `혹시 ${nearest}? `}사용할 수 있는 이름: ${known}`,
  }),
  unknownExercise: (typed: string, nearest: string | undefined, known: string) => ({
    en: `this scene has no lane for ${typed}${nearest === undefined ? '' : `: did you mean ${nearest}?`} Known: ${known}`,
    ko: `이 장면에는 ${typed} 실습이 없습니다. ${nearest === undefined ? '' : `혹시 ${nearest}? `}사용할 수 있는 이름: ${known}`,
  }),
  badSetting: (typed: string, known: string) => ({
    en: `--set takes control=value within the control’s range; controls: ${known}; received: ${typed}`,
    ko: `--set에는 범위 안의 조절=값을 씁니다. 조절: ${known}. 받은 값: ${typed}`,
  }),
  effectHolds: (held: number, seeds: number) => ({
    en: held === seeds ? `holds on all ${seeds} seeds` : `FAILS on ${seeds - held} of ${seeds} seeds`,
    ko:
      held === seeds
        ? `시드 ${seeds}개에서 모두 성립합니다`
        : `시드 ${seeds}개 가운데 ${seeds - held}개에서 성립하지 않습니다`,
  }),
} as const satisfies Record<string, Text | ((...values: never[]) => Text)>;
