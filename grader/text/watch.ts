import type { Text } from '../../simulator/text.ts';

export const WATCH = {
  keys: {
    en: 'h hint · n next · l list · r reset · s solution · o open the page · q quit',
    ko: 'h 힌트 · n 다음 · l 목록 · r 되돌리기 · s 풀이 · o 페이지 열기 · q 종료',
  },
  watching: (file: string) => ({ en: `watching ${file}`, ko: `${file} 저장을 기다리는 중` }),
  grading: (id: string) => ({ en: `grading ${id} …`, ko: `${id} 채점 중 …` }),
  gone: (file: string) => ({
    en: `${file} is gone. Waiting for it to come back; r brings the stub.`,
    ko: `${file} 파일이 없어졌습니다. 다시 생기기를 기다립니다. r을 누르면 시작 코드가 생깁니다.`,
  }),
  movedOn: (title: string, file: string) => ({ en: `Now: ${title}, ${file}`, ko: `이제 할 실습: ${title}, ${file}` }),
  allPassed: {
    en: 'Every exercise passed. Nothing left to watch.',
    ko: '모든 실습을 통과했습니다. 더 기다릴 것이 없습니다.',
  },
  confirmReset: (file: string) => ({
    en: `Press r once more to put the stub back into ${file}. Your text is kept.`,
    ko: `${file} 파일을 시작 코드로 되돌리려면 r을 한 번 더 누르십시오. 작성한 코드는 보관됩니다.`,
  }),
  confirmSolution: (id: string) => ({
    en: `${id} has not passed. Press s once more to see the reference anyway; it is remembered.`,
    ko: `${id} 실습을 아직 통과하지 못했습니다. 그래도 풀이를 보려면 s를 한 번 더 누르십시오. 기록에 남습니다.`,
  }),
  opening: (url: string) => ({
    en: `opening ${url} (npm start serves it)`,
    ko: `${url} 여는 중(npm start로 실행됩니다)`,
  }),
  noKeys: {
    en: 'No terminal to read keys from: grading on save only. Ctrl-C ends it.',
    ko: '키를 읽을 터미널이 없어 저장할 때 채점만 합니다. Ctrl-C로 끝냅니다.',
  },
} as const satisfies Record<string, Text | ((...values: never[]) => Text)>;
