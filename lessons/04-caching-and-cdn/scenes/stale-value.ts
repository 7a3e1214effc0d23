import { hitRate, oldestAnswer, staleOfClass } from '../../../simulator/measures/cache-measures.ts';
import { p99, p99OfClass } from '../../../simulator/measures/web-measures.ts';
import type { MakeVersionedCache } from '../../../simulator/parts/slots/versioned-cache.ts';
import type { Scene } from '../../../simulator/scene.ts';
import type { VersionedPlan } from '../../../simulator/worlds/versioned-world.ts';
import { runVersioned } from '../../../simulator/worlds/versioned-world.ts';
import { ONE_WAY_MS } from '../../sajin.ts';
import { versionedCaches } from './shared/exercises.ts';
import { DURATION_MS, LOOKUP_MS, READS_PER_SECOND } from './shared/feeds.ts';
import { commitThenDelete, deleteOnBothSides, deleteThenCommit } from './shared/write-paths.ts';

/** Feeds that are written and read all the time; 40 writes a second are the writes of 500,000 users. */
const HOT_FEEDS = 200;
const WRITES_PER_SECOND = 40;

const CONSTANT = { kind: 'constant', ms: 0 } as const;
const EXPONENTIAL = { kind: 'exponential', meanMs: 0 } as const;

/**
 * Two readers and a writer of one row that is not in the cache, slowly: the first reader's query sees the row at 2 s,
 * the commit comes at 4 s, the first reader's answer at 6 s, the second reader at 8 s.
 */
const SLOW_MOTION: VersionedPlan = {
  durationMs: 12_000,
  reads: {
    name: 'read',
    perSecond: 0,
    atMs: [1000, 8000],
    keys: { kind: 'uniform', count: 1 },
    cost: { ...CONSTANT, ms: 1 },
  },
  writes: {
    name: 'write',
    perSecond: 0,
    atMs: [3000],
    keys: { kind: 'uniform', count: 1 },
    cost: { ...CONSTANT, ms: 1 },
  },
  seeing: { ...CONSTANT, ms: 1000 },
  answering: { ...CONSTANT, ms: 4000 },
  committing: { ...CONSTANT, ms: 1000 },
  hopMs: ONE_WAY_MS.sameDataCentre,
  pauses: { share: 0, length: { ...CONSTANT, ms: 1 } },
  lookupMs: LOOKUP_MS,
  capacity: 1,
  warmKeys: 0,
  writesPassBy: false,
};

export const scene: Scene<VersionedPlan, MakeVersionedCache> = {
  id: 'stale-value',
  lesson: '04-caching-and-cdn',
  title: { en: 'An old value comes back', ko: '오래된 값이 돌아옵니다' },
  question: {
    en: 'Somebody changes a row and the cache forgets it. How can a later reader still see the old one?',
    ko: '누군가 행을 바꾸고 캐시가 그 값을 잊었습니다. 그 뒤에 온 독자가 어떻게 오래된 값을 볼 수 있습니까?',
  },
  controls: [
    {
      kind: 'choice',
      name: 'people',
      label: { en: 'who', ko: '누가' },
      options: [
        { value: 'many', label: { en: '460 reads and 40 writes a second', ko: '1초에 읽기 460번, 쓰기 40번' } },
        {
          value: 'three',
          label: { en: 'two readers, one writer, slow motion', ko: '독자 둘과 작성자 하나, 느린 화면' },
        },
      ],
      initial: 'many',
    },
    {
      kind: 'choice',
      name: 'pauses',
      label: { en: 'web processes', ko: '웹 프로세스' },
      options: [
        { value: '5', label: { en: 'stand still at 5 % of steps', ko: '단계의 5%에서 멈춤' } },
        { value: '0', label: { en: 'never stand still', ko: '멈추지 않음' } },
      ],
      initial: '5',
    },
    {
      kind: 'choice',
      name: 'writes',
      label: { en: 'writes come', ko: '쓰기는' },
      options: [
        { value: 'through', label: { en: 'through the cache', ko: '캐시를 거쳐서 옴' } },
        { value: 'past', label: { en: 'past it, from another program', ko: '다른 프로그램이 캐시를 거치지 않고 씀' } },
      ],
      initial: 'through',
    },
  ],
  presets: [
    {
      id: 'orders',
      label: { en: 'Delete first, or commit first?', ko: '먼저 지웁니까, 먼저 커밋합니까?' },
      params: { people: 'many', pauses: '5', writes: 'through' },
    },
    {
      id: 'slow-motion',
      label: { en: 'How does it happen?', ko: '어떻게 일어납니까?' },
      params: { people: 'three', pauses: '0', writes: 'through' },
    },
    {
      id: 'no-pauses',
      label: { en: 'And if no process ever stands still?', ko: '멈추는 프로세스가 없으면?' },
      params: { people: 'many', pauses: '0', writes: 'through' },
    },
    {
      id: 'past-the-cache',
      label: { en: 'What if somebody writes past the cache?', ko: '누군가 캐시를 거치지 않고 쓰면?' },
      params: { people: 'many', pauses: '0', writes: 'past' },
    },
  ],
  plan: (params) => {
    const writesPassBy = params.writes === 'past';
    if (params.people === 'three') return { ...SLOW_MOTION, writesPassBy };
    const keys = { kind: 'zipf', count: HOT_FEEDS, exponent: 1 } as const;
    return {
      durationMs: DURATION_MS,
      reads: { name: 'read', perSecond: READS_PER_SECOND, keys, cost: { ...CONSTANT, ms: 1 } },
      writes: { name: 'write', perSecond: WRITES_PER_SECOND, keys, cost: { ...CONSTANT, ms: 1 } },
      seeing: { ...EXPONENTIAL, meanMs: 4 },
      answering: { ...EXPONENTIAL, meanMs: 4 },
      committing: { ...EXPONENTIAL, meanMs: 16 },
      hopMs: ONE_WAY_MS.sameDataCentre,
      pauses: { share: params.pauses === '5' ? 0.05 : 0, length: { ...EXPONENTIAL, meanMs: 200 } },
      lookupMs: LOOKUP_MS,
      capacity: HOT_FEEDS,
      warmKeys: HOT_FEEDS,
      writesPassBy,
    };
  },
  run: runVersioned,
  baselines: [deleteThenCommit, deleteOnBothSides, commitThenDelete],
  exercises: versionedCaches,
  measures: [
    staleOfClass('read', { en: 'stale reads', ko: '오래된 값 읽기' }),
    oldestAnswer,
    hitRate,
    p99OfClass('read', { en: 'p99 of reads', ko: '읽기 p99' }),
    p99,
  ],
  chart: 'stale',
};
