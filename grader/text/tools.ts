import type { Text } from '../../simulator/text.ts';

export const HINT = {
  title: (number: number, total: number) => ({ en: `Hint ${number} of ${total}`, ko: `힌트 ${number}/${total}` }),
  more: (left: number) => ({ en: `(${left} more)`, ko: `(${left}개 남음)` }),
  last: { en: 'That was the last hint.', ko: '마지막 힌트입니다.' },
  none: { en: 'This exercise has no hints.', ko: '이 실습에는 힌트가 없습니다.' },
  noneYet: { en: 'No hint seen yet.', ko: '아직 본 힌트가 없습니다.' },
} as const satisfies Record<string, Text | ((...values: never[]) => Text)>;

export const RESET = {
  done: (file: string) => ({ en: `${file} is the stub again.`, ko: `${file} 파일을 시작 코드로 되돌렸습니다.` }),
  kept: {
    en: 'Your text is kept. To bring it back:',
    ko: '작성한 코드는 보관했습니다. 되살리려면 다음을 실행하십시오.',
  },
  already: (file: string) => ({ en: `${file} is the stub already.`, ko: `${file} 파일은 이미 시작 코드입니다.` }),
  restored: (file: string, name: string) => ({
    en: `${file} is what it was in ${name}.`,
    ko: `${file} 파일을 ${name}의 내용으로 되살렸습니다.`,
  }),
  noStub: (id: string) => ({ en: `there is no stub of ${id} to go back to`, ko: `${id}의 시작 코드가 없습니다` }),
  noBackup: (id: string, known: string) => ({
    en: `no such backup of ${id}. Known: ${known || 'none'}`,
    ko: `${id}의 해당 백업이 없습니다. 있는 백업: ${known || '없음'}`,
  }),
  restore: {
    en: 'bring a kept text back (the latest, or this one)',
    ko: '보관된 코드를 되살립니다(가장 최근 것, 또는 지정한 것)',
  },
} as const satisfies Record<string, Text | ((...values: never[]) => Text)>;

export const SOLUTION = {
  notYet: (id: string) => ({
    en: `${id} has not passed yet. First try: npm run hint ${id}`,
    ko: `${id} 실습을 아직 통과하지 못했습니다. 먼저 힌트를 보십시오: npm run hint ${id}`,
  }),
  giveUp: (id: string) => ({
    en: `To see the reference anyway: npm run solution ${id} -- --give-up (it is remembered)`,
    ko: `그래도 모범 풀이를 보려면: npm run solution ${id} -- --give-up (기록에 남습니다)`,
  }),
  yours: { en: 'yours', ko: '작성한 코드' },
  reference: { en: 'reference', ko: '모범 풀이' },
  same: { en: 'Your file says the same, word for word.', ko: '작성한 코드가 모범 풀이와 글자까지 같습니다.' },
  none: (id: string) => ({ en: `${id} has no reference yet`, ko: `${id}의 모범 풀이가 아직 없습니다` }),
} as const satisfies Record<string, Text | ((...values: never[]) => Text)>;
