import type { Text } from '../../simulator/text.ts';

export const TRY = {
  none: (id: string) => ({
    en: `The brief of ${id} has no examples. Read it: npm run hint ${id} -- --brief`,
    ko: `${id}의 설명에는 예제가 없습니다. 설명 보기: npm run hint ${id} -- --brief`,
  }),
  title: { en: 'the examples of the brief', ko: '실습 설명의 예제' },
  running: (path: string) => ({
    en: `These are the brief’s examples as an ordinary test: ${path}`,
    ko: `실습 설명의 예제를 일반 테스트로 옮겼습니다: ${path}`,
  }),
  open: (name: string) => ({
    en: `From here on the example needs ${name}, which the brief leaves open.`,
    ko: `여기부터는 실습 설명이 정해 두지 않은 ${name}이(가) 필요합니다.`,
  }),
  debug: {
    en: 'wait for a debugger before the first line',
    ko: '첫 줄을 실행하기 전에 디버거를 기다립니다',
  },
} as const satisfies Record<string, Text | ((...values: never[]) => Text)>;
