import { hitRate, sameKeyAtOnce, utilisation } from '../../../simulator/measures/cache-measures.ts';
import { p99OfClass } from '../../../simulator/measures/web-measures.ts';
import type { MakeReader } from '../../../simulator/parts/slots/cache.ts';
import type { Scene } from '../../../simulator/scene.ts';
import type { KeyedSource } from '../../../simulator/workload/keyed-traffic.ts';
import type { ReaderReadsPlan } from '../../../simulator/worlds/reader-reads.ts';
import { runReaderReads } from '../../../simulator/worlds/reader-reads.ts';
import { readers as exercises } from './shared/exercises.ts';
import { DURATION_MS, FEED_MS, FEEDS, LOOKUP_MS, numberOf, READS_PER_SECOND } from './shared/feeds.ts';
import { everyMissLoads } from './shared/readers.ts';

/** A fifth of all readers want the celebrity's feed; as many queries again have nothing to do with it. */
const HOT_PER_SECOND = 0.2 * READS_PER_SECOND;

/** Feeds that a deploy has put into the cache in one go, and how often somebody reads one of them. */
const FILLED = 5_000;
const FILLED_PER_SECOND = 700;

/** How long each of them lives, ms; the celebrity's feed lives for 5 s. */
const TTL_MS = { celebrity: 5_000, filled: 8_000 } as const;

/** Queries that never touch the cache: other people's likes, comments, searches. */
const others = (perSecond: number): KeyedSource => ({
  name: 'other',
  perSecond,
  keys: { kind: 'uniform', count: FEEDS },
  cost: { kind: 'exponential', meanMs: FEED_MS },
});

export const scene: Scene<ReaderReadsPlan, MakeReader> = {
  id: 'stampede',
  lesson: '04-caching-and-cdn',
  title: { en: 'One feed expires', ko: '피드 하나가 만료됩니다' },
  question: {
    en: 'The celebrity’s feed expires each 5 s and takes the database 200 ms. Who asks for it in that moment?',
    ko: '유명인사의 피드는 5초마다 만료되고 데이터베이스에서 200ms가 걸립니다. 그 순간 누가 그 피드를 요청합니까?',
  },
  controls: [
    {
      kind: 'range',
      name: 'load',
      label: { en: 'one load of the feed', ko: '피드 한 번 읽기' },
      min: 8,
      max: 304,
      step: 8,
      initial: 200,
      unit: 'ms',
    },
    {
      kind: 'range',
      name: 'processes',
      label: { en: 'web processes, each with a cache', ko: '캐시를 따로 둔 웹 프로세스' },
      min: 1,
      max: 8,
      step: 1,
      initial: 1,
      unit: '',
    },
    {
      kind: 'choice',
      name: 'expires',
      label: { en: 'what expires', ko: '만료되는 것' },
      options: [
        { value: 'celebrity', label: { en: 'one celebrity’s feed', ko: '유명인사의 피드 하나' } },
        { value: 'together', label: { en: '5,000 feeds, all at once', ko: '피드 5,000개, 한꺼번에' } },
        { value: 'spread', label: { en: '5,000 feeds, one by one', ko: '피드 5,000개, 하나씩' } },
      ],
      initial: 'celebrity',
    },
  ],
  presets: [
    {
      id: 'celebrity',
      label: { en: 'What if one slow, popular feed expires?', ko: '느리고 인기 있는 피드가 만료되면?' },
      params: { load: 200, processes: 1, expires: 'celebrity' },
    },
    {
      id: 'quick-load',
      label: { en: 'And if it loads in 8 ms?', ko: '읽는 데 8ms면?' },
      params: { load: 8, processes: 1, expires: 'celebrity' },
    },
    {
      id: 'eight-processes',
      label: { en: 'And with eight web processes?', ko: '웹 프로세스가 여덟이면?' },
      params: { load: 200, processes: 8, expires: 'celebrity' },
    },
    {
      id: 'together',
      label: { en: 'What if 5,000 feeds expire together?', ko: '피드 5,000개가 함께 만료되면?' },
      params: { load: 8, processes: 1, expires: 'together' },
    },
    {
      id: 'spread',
      label: { en: 'And if their ttl is spread?', ko: '만료 시각을 흩어 놓으면?' },
      params: { load: 8, processes: 1, expires: 'spread' },
    },
  ],
  plan: (params) => {
    const loadMs = numberOf(params, 'load');
    const one = params.expires === 'celebrity';
    const feed: KeyedSource = one
      ? {
          name: 'feed',
          perSecond: HOT_PER_SECOND,
          keys: { kind: 'uniform', count: 1 },
          cost: { kind: 'constant', ms: loadMs },
        }
      : {
          name: 'feed',
          perSecond: FILLED_PER_SECOND,
          keys: { kind: 'zipf', count: FILLED, exponent: 1 },
          cost: { kind: 'exponential', meanMs: loadMs },
        };
    return {
      durationMs: DURATION_MS,
      sources: [feed, others(one ? HOT_PER_SECOND : 20)],
      uncached: ['other'],
      databaseCores: 2,
      lookupMs: LOOKUP_MS,
      capacity: FILLED,
      ttlMs: one ? TTL_MS.celebrity : TTL_MS.filled,
      processes: numberOf(params, 'processes'),
      warmKeys: one ? 1 : FILLED,
      warmOverMs: params.expires === 'spread' ? TTL_MS.filled : 0,
    };
  },
  run: runReaderReads,
  baselines: [everyMissLoads],
  exercises,
  measures: [
    p99OfClass('other', { en: 'p99 of everybody else', ko: '다른 사용자의 p99' }),
    sameKeyAtOnce('feed'),
    p99OfClass('feed', { en: 'p99 of the feed', ko: '그 피드의 p99' }),
    utilisation('database', { en: 'database busy', ko: '데이터베이스 사용률' }),
    hitRate,
  ],
  chart: 'p99-other',
};
