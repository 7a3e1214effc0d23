import { p50, p95, p99, shareOf, slowShare } from '../../../simulator/measures/web-measures.ts';
import type { MakeBalancer } from '../../../simulator/parts/slots/balancer.ts';
import type { Scene } from '../../../simulator/scene.ts';
import type { WebPlan } from '../../../simulator/worlds/web.ts';
import { runWeb } from '../../../simulator/worlds/web.ts';
import { HOMES, ONE_WAY_MS, rateFor, STANDARD_SERVER } from '../../sajin.ts';
import { random, roundRobin } from './shared/baselines.ts';
import { balancersFrom } from './shared/exercises.ts';
import { DURATION_MS, fleet, numberOf } from './shared/fleet.ts';

/** One page asks for its feed and three small things, ms of CPU each. */
const FEED_MS = 60;
const SMALL_MS = 7;
const PAGE = ['feed', 'small', 'small', 'small'] as const;
const PAGE_MS = FEED_MS + 3 * SMALL_MS;

export const scene: Scene<WebPlan, MakeBalancer> = {
  id: 'pages',
  lesson: '02-load-balancing',
  title: { en: 'In step with the page', ko: '페이지와 발이 맞는 순간' },
  question: {
    en: 'Each page sends one heavy and three light requests to four servers. Who gets the heavy ones?',
    ko: '페이지마다 무거운 요청 하나와 가벼운 요청 셋을 서버 네 대로 보냅니다. 무거운 요청은 누가 받습니까?',
  },
  controls: [
    {
      kind: 'range',
      name: 'servers',
      label: { en: 'servers', ko: '서버 수' },
      min: 3,
      max: 6,
      step: 1,
      initial: 4,
      unit: '',
    },
    {
      kind: 'range',
      name: 'gap',
      label: { en: 'pause between requests of a page', ko: '한 페이지의 요청 사이 간격' },
      min: 0,
      max: 20,
      step: 1,
      initial: 0,
      unit: 'ms',
    },
    {
      kind: 'range',
      name: 'load',
      label: { en: 'load', ko: '부하' },
      min: 30,
      max: 80,
      step: 5,
      initial: 60,
      unit: '%',
    },
  ],
  presets: [
    {
      id: 'in-step',
      label: { en: 'Four requests, four servers?', ko: '요청 넷에 서버 넷이면?' },
      params: { servers: 4, gap: 0, load: 60 },
    },
    {
      id: 'five-servers',
      label: { en: 'And with five servers?', ko: '서버가 다섯 대면?' },
      params: { servers: 5, gap: 0, load: 60 },
    },
    {
      id: 'apart',
      label: { en: 'And 10 ms apart?', ko: '10ms씩 떨어지면?' },
      params: { servers: 4, gap: 10, load: 60 },
    },
  ],
  plan: (params) => {
    const servers = fleet(numberOf(params, 'servers'));
    const cores = servers.length * STANDARD_SERVER.cores;
    return {
      durationMs: DURATION_MS,
      servers,
      linkMs: ONE_WAY_MS.sameDataCentre,
      workload: {
        arrivals: {
          kind: 'pages',
          perSecond: rateFor(numberOf(params, 'load') / 100, cores, PAGE_MS),
          parts: PAGE,
          gapMs: numberOf(params, 'gap'),
        },
        classes: [
          { name: 'feed', share: 1, cost: { kind: 'exponential', meanMs: FEED_MS }, method: 'GET' },
          { name: 'small', share: 3, cost: { kind: 'exponential', meanMs: SMALL_MS }, method: 'GET' },
        ],
        clients: [HOMES],
      },
    };
  },
  run: runWeb,
  baselines: [roundRobin, random],
  exercises: balancersFrom('least-connections'),
  measures: [p99, slowShare, p50, p95, shareOf('server-1', { en: 'server 1’s share', ko: '서버 1의 몫' })],
  chart: 'p99',
};
