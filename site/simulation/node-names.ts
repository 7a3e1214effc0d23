import type { Language, Text } from '../../simulator/text.ts';

/** Nodes that have a name of their own, by id; servers have numbers. */
const NODES: Readonly<Record<string, Text>> = {
  balancer: { en: 'load balancer', ko: '로드 밸런서' },
  cache: { en: 'cache', ko: '캐시' },
  database: { en: 'database', ko: '데이터베이스' },
  origin: { en: 'origin', ko: '원본 서버' },
};

const PLACES: Readonly<Record<string, Text>> = {
  seoul: { en: 'Seoul', ko: '서울' },
  tokyo: { en: 'Tokyo', ko: '도쿄' },
  virginia: { en: 'Virginia', ko: '버지니아' },
  frankfurt: { en: 'Frankfurt', ko: '프랑크푸르트' },
};

const EDGE = 'edge-';

/** How a page calls a node: `server-1` → `S1`, `edge-tokyo` → `Tokyo edge`, an unknown one by its id. */
export function nodeName(id: string, language: Language): string {
  if (id.startsWith(EDGE)) {
    const place = placeName(id.slice(EDGE.length), language);
    return language === 'ko' ? `${place} 에지 서버` : `${place} edge`;
  }
  return NODES[id]?.[language] ?? id.replace(/^s(?:erver-)?(?=\d+$)/, 'S');
}

/** How a page calls a region: `tokyo` → `Tokyo`, `도쿄`. */
export function placeName(id: string, language: Language): string {
  return PLACES[id]?.[language] ?? id;
}
