import { hitRate, sentTo, utilisation } from '../../../simulator/measures/cache-measures.ts';
import { p50, p95, p99 } from '../../../simulator/measures/web-measures.ts';
import type { MakeStore } from '../../../simulator/parts/slots/cache.ts';
import type { Command, Scene } from '../../../simulator/scene.ts';
import type { StoreReadsPlan } from '../../../simulator/worlds/store-reads.ts';
import { runStoreReads } from '../../../simulator/worlds/store-reads.ts';
import { stores } from './shared/exercises.ts';
import { DURATION_MS, FEEDS, LOOKUP_MS, numberOf, readers } from './shared/feeds.ts';
import { noCache } from './shared/stores.ts';

/** When the cache is gone in the preset in which it dies, ms. */
export const OUTAGE = { fromMs: 5_000, untilMs: 8_000 } as const;

/** Reads that fill the cache before the run. Far fewer, and no run of 20 s could tell large caches from small ones. */
const WARM_READS = 60_000;

const DEATH: readonly Command[] = [
  { atMs: OUTAGE.fromMs, kind: 'kill', node: 'cache' },
  { atMs: OUTAGE.untilMs, kind: 'revive', node: 'cache' },
];

export const scene: Scene<StoreReadsPlan, MakeStore> = {
  id: 'cache-size',
  lesson: '04-caching-and-cdn',
  title: { en: 'How much memory is enough?', ko: '메모리는 얼마면 됩니까?' },
  question: {
    en: '460 feeds a second, and a database that can serve 250. How many of 20,000 feeds must memory hold?',
    ko: '1초에 피드 460개를 읽는데 데이터베이스는 250개까지 감당합니다. 피드 20,000개 중 몇 개를 메모리에 두어야 합니까?',
  },
  controls: [
    {
      kind: 'range',
      name: 'entries',
      label: { en: 'feeds in memory', ko: '메모리에 두는 피드' },
      min: 100,
      max: 5000,
      step: 100,
      initial: 1000,
      unit: '',
    },
    {
      kind: 'choice',
      name: 'popularity',
      label: { en: 'popularity', ko: '인기도' },
      options: [
        { value: '1', label: { en: 'Zipf 1.0: a few are read by everybody', ko: 'Zipf 1.0: 몇 개를 모두가 읽음' } },
        { value: '0.75', label: { en: 'Zipf 0.75: flatter', ko: 'Zipf 0.75: 더 고름' } },
        { value: '1.25', label: { en: 'Zipf 1.25: steeper', ko: 'Zipf 1.25: 더 쏠림' } },
      ],
      initial: '1',
    },
    {
      kind: 'choice',
      name: 'ttl',
      label: { en: 'ttl', ko: 'TTL' },
      options: [
        { value: 'none', label: { en: 'none', ko: '없음' } },
        { value: '60', label: { en: '60 s', ko: '60초' } },
        { value: '10', label: { en: '10 s', ko: '10초' } },
        { value: '1', label: { en: '1 s', ko: '1초' } },
      ],
      initial: 'none',
    },
    {
      kind: 'choice',
      name: 'start',
      label: { en: 'the cache is', ko: '캐시 상태' },
      options: [
        { value: 'warm', label: { en: 'warm', ko: '채워져 있음' } },
        { value: 'cold', label: { en: 'empty at the start', ko: '비어 있음' } },
        { value: 'dies', label: { en: 'warm, and dies from 5 to 8 s', ko: '채워져 있다가 5~8초에 죽음' } },
      ],
      initial: 'warm',
    },
    {
      kind: 'choice',
      name: 'loads',
      label: { en: 'loads per missing feed', ko: '없는 피드를 읽는 횟수' },
      options: [
        { value: 'each', label: { en: 'one per reader', ko: '독자마다 한 번' } },
        { value: 'one', label: { en: 'one for all', ko: '모두 합쳐 한 번' } },
      ],
      initial: 'each',
    },
  ],
  presets: [
    {
      id: 'small',
      label: { en: 'What do 5 % of the feeds buy?', ko: '피드의 5%만 두면?' },
      params: { entries: 1000, popularity: '1', ttl: 'none', start: 'warm', loads: 'each' },
    },
    {
      id: 'tiny',
      label: { en: 'Is half a per cent enough?', ko: '0.5%로도 됩니까?' },
      params: { entries: 100, popularity: '1', ttl: 'none', start: 'warm', loads: 'each' },
    },
    {
      id: 'short-ttl',
      label: { en: 'What does a ttl of one second cost?', ko: 'TTL이 1초면?' },
      params: { entries: 2000, popularity: '1', ttl: '1', start: 'warm', loads: 'each' },
    },
    {
      id: 'flat',
      label: { en: 'And if popularity is flatter?', ko: '인기가 더 고르면?' },
      params: { entries: 1000, popularity: '0.75', ttl: 'none', start: 'warm', loads: 'each' },
    },
    {
      id: 'cache-dies',
      label: { en: 'What if the cache dies?', ko: '캐시가 죽으면?' },
      params: { entries: 2000, popularity: '1', ttl: 'none', start: 'dies', loads: 'each' },
    },
  ],
  plan: (params) => {
    const source = readers(numberOf(params, 'popularity'));
    return {
      durationMs: DURATION_MS,
      sources: [source],
      databaseCores: 2,
      lookupMs: LOOKUP_MS,
      capacity: Math.min(FEEDS, numberOf(params, 'entries')),
      ttlMs: params.ttl === 'none' ? undefined : numberOf(params, 'ttl') * 1000,
      warmReads: params.start === 'cold' ? 0 : WARM_READS,
      oneLoadPerKey: params.loads === 'one',
      faults: params.start === 'dies' ? DEATH : [],
    };
  },
  run: runStoreReads,
  baselines: [noCache],
  exercises: stores,
  measures: [
    p99,
    hitRate,
    utilisation('database', { en: 'database busy', ko: '데이터베이스 사용률' }),
    sentTo('database', { en: 'queries', ko: '쿼리' }),
    p50,
    p95,
  ],
  chart: 'p99',
};
