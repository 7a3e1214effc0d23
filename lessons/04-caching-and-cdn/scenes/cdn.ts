import { hitRate, p50OfClass, sentTo, staleShare, utilisation } from '../../../simulator/measures/cache-measures.ts';
import type { ContentNetwork } from '../../../simulator/parts/slots/edge.ts';
import type { Lane, Measure, Scene } from '../../../simulator/scene.ts';
import type { ContentPlan, Region } from '../../../simulator/worlds/content-plan.ts';
import { runContent } from '../../../simulator/worlds/content-world.ts';
import { ONE_WAY_MS, STANDARD_SERVER } from '../../sajin.ts';
import { networks } from './shared/exercises.ts';
import { DURATION_MS, FEEDS, numberOf } from './shared/feeds.ts';

/** When the new version goes out, and when a purge would reach the edge servers, ms. */
export const DEPLOY_MS = 8_000;
const PURGE_MS = 9_000;

/** The remaining lives of the stylesheet at the edges are fixed (45, 30, 15, 5 s of 60), so every seed tells the same. */
const REGIONS: readonly Region[] = [
  { name: 'seoul', share: 0.5, toOriginMs: ONE_WAY_MS.sameDataCentre, agePart: 15 / 60 },
  { name: 'tokyo', share: 0.2, toOriginMs: ONE_WAY_MS.seoulTokyo, agePart: 30 / 60 },
  { name: 'virginia', share: 0.2, toOriginMs: ONE_WAY_MS.seoulVirginia, agePart: 45 / 60 },
  { name: 'frankfurt', share: 0.1, toOriginMs: ONE_WAY_MS.seoulFrankfurt, agePart: 55 / 60 },
];

const FILES = ['app.css', 'app.js', 'logo.svg', 'font.woff2'];

/** People who look at pages in the deploy's run, again and again, with browsers that remember. */
const PEOPLE = 1_200;

const none: Lane<ContentNetwork> = {
  id: 'no-cdn',
  label: { en: 'No CDN', ko: 'CDN 없음' },
  make: {},
};

/** Percent of the views since the deploy that got new HTML with an old file; nothing to measure without a deploy. */
const mixed: Measure = {
  id: 'mixed',
  label: { en: 'new page, old stylesheet', ko: '새 페이지에 옛 스타일시트' },
  unit: '%',
  of: (trace, fromUs, toUs) => {
    const sinceUs = Math.max(fromUs, DEPLOY_MS * 1000);
    return trace.requests.staleUs && toUs > sinceUs ? staleShare(trace, sinceUs, toUs) : undefined;
  },
  badFrom: 0.01,
};

export const scene: Scene<ContentPlan, ContentNetwork> = {
  id: 'cdn',
  lesson: '04-caching-and-cdn',
  title: { en: 'Files near their readers', ko: '사용자 가까이에 둔 파일' },
  question: {
    en: 'One origin in Seoul, readers in Seoul, Tokyo, Virginia and Frankfurt. What does an edge server change for whom?',
    ko: '원본 서버는 서울에 있고 사용자는 서울, 도쿄, 버지니아, 프랑크푸르트에 있습니다. 에지 서버는 누구에게 무엇을 바꿉니까?',
  },
  controls: [
    {
      kind: 'range',
      name: 'views',
      label: { en: 'page views', ko: '페이지 조회' },
      min: 20,
      max: 120,
      step: 10,
      initial: 100,
      unit: '/s',
    },
    {
      kind: 'choice',
      name: 'deploy',
      label: { en: 'at 8 s', ko: '8초에' },
      options: [
        { value: 'none', label: { en: 'nothing happens', ko: '아무 일 없음' } },
        { value: 'same-names', label: { en: 'new files under the old names', ko: '같은 이름으로 새 파일 배포' } },
        { value: 'purge', label: { en: 'the same, purged a second later', ko: '같은 이름 배포, 1초 뒤 퍼지' } },
        { value: 'fingerprints', label: { en: 'new files under new names', ko: '새 이름으로 새 파일 배포' } },
      ],
      initial: 'none',
    },
    {
      kind: 'choice',
      name: 'ttl',
      label: { en: 'ttl of the files', ko: '파일의 TTL' },
      options: [
        { value: '1', label: { en: '1 s', ko: '1초' } },
        { value: '5', label: { en: '5 s', ko: '5초' } },
        { value: '10', label: { en: '10 s', ko: '10초' } },
        { value: '60', label: { en: '60 s', ko: '60초' } },
      ],
      initial: '60',
    },
    {
      kind: 'range',
      name: 'swr',
      label: { en: 'may be served stale for', ko: '만료 뒤에도 쓸 수 있는 시간' },
      min: 0,
      max: 10,
      step: 1,
      initial: 0,
      unit: 's',
    },
  ],
  presets: [
    {
      id: 'far-away',
      label: { en: 'What does a CDN change, and for whom?', ko: 'CDN은 누구에게 무엇을 바꿉니까?' },
      params: { views: 100, deploy: 'none', ttl: '60', swr: 0 },
    },
    {
      id: 'same-names',
      label: { en: 'What if the stylesheet changes?', ko: '스타일시트가 바뀌면?' },
      params: { views: 60, deploy: 'same-names', ttl: '60', swr: 0 },
    },
    {
      id: 'purge',
      label: { en: 'Does a purge help?', ko: '퍼지하면 해결됩니까?' },
      params: { views: 60, deploy: 'purge', ttl: '60', swr: 0 },
    },
    {
      id: 'short-ttl',
      label: { en: 'And a ttl of 5 s?', ko: 'TTL이 5초면?' },
      params: { views: 60, deploy: 'same-names', ttl: '5', swr: 0 },
    },
    {
      id: 'fingerprints',
      label: { en: 'And if every version has its own name?', ko: '버전마다 이름이 다르면?' },
      params: { views: 60, deploy: 'fingerprints', ttl: '60', swr: 0 },
    },
  ],
  plan: (params) => {
    const deploys = params.deploy !== 'none';
    return {
      durationMs: DURATION_MS,
      regions: REGIONS,
      toEdgeMs: 5,
      viewsPerSecond: numberOf(params, 'views'),
      originCores: STANDARD_SERVER.cores,
      html: { kind: 'exponential', meanMs: 4 },
      shared: FILES,
      photosPerView: 4,
      photos: { kind: 'zipf', count: FEEDS, exponent: 1 },
      file: { kind: 'constant', ms: 2 },
      sharedTtlMs: numberOf(params, 'ttl') * 1000,
      photoTtlMs: 600_000,
      staleWhileRevalidateMs: numberOf(params, 'swr') * 1000,
      fingerprints: params.deploy === 'fingerprints',
      warmViews: 10_000,
      people: deploys ? PEOPLE : undefined,
      deployMs: deploys ? DEPLOY_MS : undefined,
      purgeMs: params.deploy === 'purge' ? PURGE_MS : undefined,
    };
  },
  run: runContent,
  baselines: [none],
  exercises: networks,
  measures: [
    p50OfClass('virginia', { en: 'median page in Virginia', ko: '버지니아 페이지 중앙값' }),
    mixed,
    p50OfClass('seoul', { en: 'median page in Seoul', ko: '서울 페이지 중앙값' }),
    p50OfClass('frankfurt', { en: 'median page in Frankfurt', ko: '프랑크푸르트 페이지 중앙값' }),
    sentTo('origin', { en: 'requests at the origin', ko: '원본 서버 요청' }),
    utilisation('origin', { en: 'origin busy', ko: '원본 서버 사용률' }),
    hitRate,
  ],
  chart: 'p50-virginia',
};
