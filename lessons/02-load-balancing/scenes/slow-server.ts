import { p50, p95, p99, p99OfClass, shareOf, slowShare } from '../../../simulator/measures/web-measures.ts';
import type { MakeBalancer } from '../../../simulator/parts/slots/balancer.ts';
import type { Scene } from '../../../simulator/scene.ts';
import type { Cost } from '../../../simulator/workload/cost.ts';
import type { RequestClass } from '../../../simulator/workload/traffic.ts';
import type { WebPlan } from '../../../simulator/worlds/web.ts';
import { runWeb } from '../../../simulator/worlds/web.ts';
import { HOMES, ONE_WAY_MS, rateFor, STANDARD_SERVER, WEB_CPU } from '../../sajin.ts';
import { roundRobin } from './shared/baselines.ts';
import { balancersFrom } from './shared/exercises.ts';
import { DURATION_MS, fleet, numberOf, slowFromStart } from './shared/fleet.ts';

const SERVERS = 4;
const page = (cost: Cost, share = 1): RequestClass => ({ name: 'page', share, cost, method: 'GET' });

/** Request classes and their mean cost in ms, by the control `costs`. */
const COSTS: Readonly<Record<string, { readonly classes: readonly RequestClass[]; readonly meanMs: number }>> = {
  varied: { classes: [page(WEB_CPU)], meanMs: 20 },
  equal: { classes: [page({ kind: 'constant', ms: 20 })], meanMs: 20 },
  mixed: {
    classes: [
      page({ kind: 'exponential', meanMs: 10 }, 0.95),
      { name: 'report', share: 0.05, cost: { kind: 'exponential', meanMs: 200 }, method: 'GET' },
    ],
    meanMs: 19.5,
  },
};

export const scene: Scene<WebPlan, MakeBalancer> = {
  id: 'slow-server',
  lesson: '02-load-balancing',
  title: { en: 'One slow server', ko: '느린 서버 한 대' },
  question: {
    en: 'One of four servers works at half speed. Which lane notices?',
    ko: '서버 네 대 중 한 대가 절반 속도로 일합니다. 어느 쪽이 알아차립니까?',
  },
  controls: [
    {
      kind: 'range',
      name: 'speed',
      label: { en: 'speed of server 4', ko: '서버 4의 속도' },
      min: 25,
      max: 100,
      step: 5,
      initial: 50,
      unit: '%',
    },
    {
      kind: 'choice',
      name: 'costs',
      label: { en: 'requests cost', ko: '요청 비용' },
      options: [
        { value: 'varied', label: { en: '20 ms on average', ko: '평균 20ms' } },
        { value: 'equal', label: { en: '20 ms each', ko: '모두 20ms' } },
        { value: 'mixed', label: { en: 'pages 10 ms, 5 % reports 200 ms', ko: '페이지 10ms, 보고서(5%) 200ms' } },
      ],
      initial: 'varied',
    },
    {
      kind: 'range',
      name: 'load',
      label: { en: 'load', ko: '부하' },
      min: 30,
      max: 95,
      step: 5,
      initial: 60,
      unit: '%',
    },
  ],
  presets: [
    {
      id: 'slow-server',
      label: { en: 'What if one server is slow?', ko: '서버 한 대가 느리면?' },
      params: { speed: 50, costs: 'varied', load: 60 },
    },
    {
      id: 'all-healthy',
      label: { en: 'And when all are healthy?', ko: '모두 정상이면?' },
      params: { speed: 100, costs: 'varied', load: 60 },
    },
    {
      id: 'mixed-costs',
      label: { en: 'What if a few requests are heavy?', ko: '무거운 요청이 섞이면?' },
      params: { speed: 100, costs: 'mixed', load: 70 },
    },
    {
      id: 'equal-costs',
      label: { en: 'And if all cost the same?', ko: '비용이 모두 같으면?' },
      params: { speed: 100, costs: 'equal', load: 70 },
    },
  ],
  plan: (params) => {
    const costs = COSTS[String(params.costs)];
    if (!costs) throw new RangeError(`costs: ${params.costs} is not one of ${Object.keys(COSTS).join(', ')}`);
    const perSecond = rateFor(numberOf(params, 'load') / 100, SERVERS * STANDARD_SERVER.cores, costs.meanMs);
    return {
      durationMs: DURATION_MS,
      servers: fleet(SERVERS),
      linkMs: ONE_WAY_MS.sameDataCentre,
      workload: { arrivals: { kind: 'poisson', perSecond }, classes: costs.classes, clients: [HOMES] },
      faults: slowFromStart('server-4', numberOf(params, 'speed') / 100),
    };
  },
  run: runWeb,
  baselines: [roundRobin],
  exercises: balancersFrom('least-connections'),
  measures: [
    p99,
    slowShare,
    p50,
    p95,
    p99OfClass('page', { en: 'p99 of pages', ko: '페이지 p99' }),
    shareOf('server-4', { en: 'server 4’s share', ko: '서버 4의 몫' }),
  ],
  chart: 'p99',
};
