import type { Text } from '../../simulator/text.ts';
import { chapter4 } from './seed-outline-04.ts';

/**
 * The document that the course follows, as an outline in our own words: every heading and bullet of a chapter has an
 * entry, in its order. `coverage.spec.ts` demands that each is taught where it says. To add a chapter, add an entry
 * for each of its headings and bullets.
 */
export interface Chapter {
  /** Number in the document. */
  readonly number: number;
  readonly title: string;
  /** Folder of the lesson that teaches it. */
  readonly lesson: string;
  readonly points: readonly Point[];
}

/** A heading or bullet: at least one of `exercise`, `scene` and `coming` is where a learner meets it. */
export interface Point {
  readonly id: string;
  /** What it says, in a few words. */
  readonly label: string;
  /** Anchor of the section of the lesson's page. */
  readonly section: string;
  /** Words of that section, in each language, without which it would not be taught. */
  readonly words: Text;
  readonly exercise?: string;
  readonly scene?: string;
  /** Id of an exercise that belongs here and is not written yet; the sheet says so, and it must go once it is. */
  readonly coming?: string;
}

export const outline: readonly Chapter[] = [
  {
    number: 2,
    title: 'Scaling out',
    lesson: '02-load-balancing',
    points: [
      {
        id: 'scaling-needed',
        label: 'one server’s limits ask for scaling',
        section: 'up-or-out',
        words: { en: 'scaling up', ko: '수직적 확장' },
        scene: 'up-or-out',
      },
      {
        id: 'scale-up',
        label: 'scale up: a bigger machine',
        section: 'up-or-out',
        words: { en: 'CPU, memory and disk', ko: 'CPU 코어, 메모리, 디스크' },
        scene: 'up-or-out',
      },
      {
        id: 'scale-up-simple',
        label: 'gain: no set-up, no new code',
        section: 'up-or-out',
        words: { en: 'no code to change', ko: '고칠 코드도 없습니다' },
        exercise: 'scale-up-or-out',
        scene: 'up-or-out',
      },
      {
        id: 'scale-up-ceiling',
        label: 'cost: hardware ends somewhere',
        section: 'up-or-out',
        words: { en: 'A ceiling', ko: '한계' },
        exercise: 'scale-up-or-out',
      },
      {
        id: 'scale-up-spof',
        label: 'cost: still a single point of failure',
        section: 'up-or-out',
        words: { en: 'single point of failure', ko: '단일 장애 지점' },
        scene: 'up-or-out',
      },
      {
        id: 'scale-up-price',
        label: 'cost: big machines are dear',
        section: 'up-or-out',
        words: { en: 'The price', ko: '비용' },
        exercise: 'scale-up-or-out',
      },
      {
        id: 'scale-out',
        label: 'scale out: more machines share the traffic',
        section: 'up-or-out',
        words: { en: 'Scaling out', ko: '수평적 확장' },
        exercise: 'scale-up-or-out',
        scene: 'up-or-out',
      },
      {
        id: 'scale-out-balancer',
        label: 'a load balancer spreads the load',
        section: 'balancer',
        words: { en: 'load balancer', ko: '로드 밸런서' },
        scene: 'slow-server',
      },
      {
        id: 'balancer-capacity-availability',
        label: 'balancer: capacity and availability',
        section: 'balancer',
        words: { en: 'capacity adds up', ko: '처리 용량' },
        exercise: 'round-robin',
        scene: 'turns',
      },
      {
        id: 'balancer-failover',
        label: 'balancer: a dead server’s share goes elsewhere',
        section: 'failover',
        words: { en: 'eject', ko: '뺍니다' },
        exercise: 'failover',
        scene: 'a-server-dies',
      },
      {
        id: 'balancer-algorithms',
        label: 'balancer: algorithms that choose',
        section: 'it-breaks',
        words: { en: 'who gets the next request', ko: '다음 요청을 누구에게' },
        exercise: 'weighted-round-robin',
        scene: 'slow-server',
      },
      {
        id: 'round-robin',
        label: 'round robin: in turn',
        section: 'round-robin',
        words: { en: 'take turns', ko: '차례대로' },
        exercise: 'round-robin',
        scene: 'turns',
      },
      {
        id: 'least-connections',
        label: 'least connections: to the least busy',
        section: 'least-connections',
        words: { en: 'fewest requests open', ko: '열려 있는 요청이 가장 적은' },
        exercise: 'least-connections',
        scene: 'slow-server',
      },
      {
        id: 'ip-hash',
        label: 'IP hash: an address has its server',
        section: 'ip-hash',
        words: { en: 'same client, same server', ko: '같은 클라이언트는 언제나 같은 서버' },
        exercise: 'ip-hash',
        scene: 'gateway',
      },
    ],
  },
  chapter4,
];
