import { hitRateOfClass, utilisation } from '../../../simulator/measures/cache-measures.ts';
import { p50, p99 } from '../../../simulator/measures/web-measures.ts';
import type { MakeStore } from '../../../simulator/parts/slots/cache.ts';
import type { Scene } from '../../../simulator/scene.ts';
import type { KeyedSource } from '../../../simulator/workload/keyed-traffic.ts';
import type { StoreReadsPlan } from '../../../simulator/worlds/store-reads.ts';
import { runStoreReads } from '../../../simulator/worlds/store-reads.ts';
import { stores } from './shared/exercises.ts';
import { DURATION_MS, FEEDS, LOOKUP_MS, numberOf, readers } from './shared/feeds.ts';
import { fifo } from './shared/stores.ts';

const WARM_READS = 60_000;

/** When a crawler reads, and when other feeds become popular, ms. */
export const CRAWL = { fromMs: 5_000, untilMs: 10_000 } as const;
export const SHIFT_MS = 8_000;

/** Reads everything by number, cheaply, and nothing twice. */
const CRAWLER: KeyedSource = {
  name: 'crawler',
  perSecond: 1000,
  ...CRAWL,
  keys: { kind: 'sequence', first: FEEDS },
  cost: { kind: 'exponential', meanMs: 1 },
};

export const scene: Scene<StoreReadsPlan, MakeStore> = {
  id: 'lru-or-lfu',
  lesson: '04-caching-and-cdn',
  title: { en: 'Whom to forget?', ko: '무엇을 잊어야 합니까?' },
  question: {
    en: 'Least recently used or least frequently used? Each has a day on which it is wrong.',
    ko: '가장 오래 쓰지 않은 것과 가장 적게 쓴 것 중 무엇을 버려야 합니까? 둘 다 틀리는 날이 있습니다.',
  },
  controls: [
    {
      kind: 'choice',
      name: 'day',
      label: { en: 'the day', ko: '오늘 벌어지는 일' },
      options: [
        { value: 'ordinary', label: { en: 'ordinary', ko: '평소와 같음' } },
        { value: 'crawler', label: { en: 'a crawler reads everything, 5 to 10 s', ko: '5~10초에 크롤러가 전부 읽음' } },
        { value: 'new-hot-set', label: { en: 'other feeds are popular from 8 s', ko: '8초부터 다른 피드가 인기' } },
      ],
      initial: 'crawler',
    },
    {
      kind: 'range',
      name: 'entries',
      label: { en: 'feeds in memory', ko: '메모리에 두는 피드' },
      min: 200,
      max: 5000,
      step: 100,
      initial: 1000,
      unit: '',
    },
  ],
  presets: [
    {
      id: 'crawler',
      label: { en: 'What if a crawler reads everything once?', ko: '크롤러가 전부 한 번씩 읽으면?' },
      params: { day: 'crawler', entries: 1000 },
    },
    {
      id: 'new-hot-set',
      label: { en: 'What if other feeds become popular?', ko: '인기 피드가 바뀌면?' },
      params: { day: 'new-hot-set', entries: 1000 },
    },
    {
      id: 'ordinary',
      label: { en: 'And on an ordinary day?', ko: '평소에는?' },
      params: { day: 'ordinary', entries: 1000 },
    },
  ],
  plan: (params) => {
    const feeds = readers(1);
    const shifted = params.day === 'new-hot-set' ? { shift: { atMs: SHIFT_MS, by: FEEDS / 2 } } : {};
    return {
      durationMs: DURATION_MS,
      sources: [{ ...feeds, ...shifted }, ...(params.day === 'crawler' ? [CRAWLER] : [])],
      databaseCores: 4,
      lookupMs: LOOKUP_MS,
      capacity: numberOf(params, 'entries'),
      warmReads: WARM_READS,
      oneLoadPerKey: false,
    };
  },
  run: runStoreReads,
  baselines: [fifo],
  exercises: stores,
  measures: [
    hitRateOfClass('feed'),
    utilisation('database', { en: 'database busy', ko: '데이터베이스 사용률' }),
    p99,
    p50,
  ],
  chart: 'hits',
};
