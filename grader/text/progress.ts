import type { Text } from '../../simulator/text.ts';

export const PROGRESS = {
  gaveUp: { en: 'solution seen', ko: '풀이 확인' },
  total: (passed: number, exercises: number, earned: number, stars: number) => ({
    en: `${passed} of ${exercises} exercises passed · ${earned} of ${stars} ★`,
    ko: `실습 ${exercises}개 중 ${passed}개 통과 · ★ ${stars}개 중 ${earned}개`,
  }),
  finished: { en: 'Every exercise passed.', ko: '모든 실습을 통과했습니다.' },
  empty: { en: 'The course has no exercises yet.', ko: '아직 실습이 없습니다.' },
} as const satisfies Record<string, Text | ((...values: never[]) => Text)>;
