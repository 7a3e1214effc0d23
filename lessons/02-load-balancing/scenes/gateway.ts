import { p50, p95, p99, slowShare, spread } from '../../../simulator/measures/web-measures.ts';
import type { MakeBalancer } from '../../../simulator/parts/slots/balancer.ts';
import type { Scene } from '../../../simulator/scene.ts';
import type { ClientGroup } from '../../../simulator/workload/traffic.ts';
import type { WebPlan } from '../../../simulator/worlds/web.ts';
import { runWeb } from '../../../simulator/worlds/web.ts';
import { HOMES, ONE_WAY_MS, rateFor, STANDARD_SERVER, WEB_CPU } from '../../sajin.ts';
import { roundRobin } from './shared/baselines.ts';
import { balancersFrom } from './shared/exercises.ts';
import { DURATION_MS, fleet, numberOf } from './shared/fleet.ts';

const SERVERS = 4;

/** 500 of 240,000 users. */
const OFFICE: ClientGroup = { share: 500 / 240_000, from: '198.51.100.7', addresses: 1 };
const CARRIER: ClientGroup = { share: 0.2, from: '203.0.113.20', addresses: 1 };
/** A content network in front of the balancer that forwards for everybody. */
const CDN: ClientGroup = { share: 1, from: '192.0.2.15', addresses: 3 };

const CLIENTS: Readonly<Record<string, readonly ClientGroup[]>> = {
  homes: [HOMES],
  office: [{ ...HOMES, share: 1 - OFFICE.share }, OFFICE],
  carrier: [{ ...HOMES, share: 1 - CARRIER.share }, CARRIER],
  cdn: [CDN],
};

export const scene: Scene<WebPlan, MakeBalancer> = {
  id: 'gateway',
  lesson: '02-load-balancing',
  title: { en: 'Who is one client?', ko: '누가 한 명의 클라이언트입니까?' },
  question: {
    en: 'IP hash sends one address to one server. How many people stand behind an address?',
    ko: 'IP 해싱은 주소 하나를 서버 하나로 보냅니다. 주소 하나 뒤에는 몇 사람이 있습니까?',
  },
  controls: [
    {
      kind: 'choice',
      name: 'clients',
      label: { en: 'users come from', ko: '사용자가 오는 곳' },
      options: [
        {
          value: 'carrier',
          label: { en: 'homes, 20 % from one carrier gateway', ko: '가정, 20%는 통신사 게이트웨이' },
        },
        { value: 'homes', label: { en: 'homes, each its own address', ko: '가정, 저마다 다른 주소' } },
        { value: 'office', label: { en: 'homes and one office of 500', ko: '가정과 500명 사무실 하나' } },
        { value: 'cdn', label: { en: 'a CDN’s three addresses', ko: 'CDN 주소 세 개' } },
      ],
      initial: 'carrier',
    },
    {
      kind: 'range',
      name: 'load',
      label: { en: 'load', ko: '부하' },
      min: 30,
      max: 90,
      step: 5,
      initial: 70,
      unit: '%',
    },
  ],
  presets: [
    {
      id: 'carrier',
      label: { en: 'What if a fifth comes through one gateway?', ko: '다섯 중 하나가 한 게이트웨이로 오면?' },
      params: { clients: 'carrier', load: 70 },
    },
    {
      id: 'homes',
      label: { en: 'And if everybody sits at home?', ko: '모두 집에서 접속하면?' },
      params: { clients: 'homes', load: 70 },
    },
    {
      id: 'office',
      label: { en: 'Is an office of 500 a problem?', ko: '500명 사무실은 문제가 됩니까?' },
      params: { clients: 'office', load: 70 },
    },
    {
      id: 'cdn',
      label: { en: 'What if the balancer sees only the CDN?', ko: '로드 밸런서에 CDN만 보이면?' },
      params: { clients: 'cdn', load: 60 },
    },
  ],
  plan: (params) => {
    const clients = CLIENTS[String(params.clients)];
    if (!clients) throw new RangeError(`clients: ${params.clients} is not one of ${Object.keys(CLIENTS).join(', ')}`);
    const perSecond = rateFor(numberOf(params, 'load') / 100, SERVERS * STANDARD_SERVER.cores, 20);
    return {
      durationMs: DURATION_MS,
      servers: fleet(SERVERS),
      linkMs: ONE_WAY_MS.sameDataCentre,
      workload: {
        arrivals: { kind: 'poisson', perSecond },
        classes: [{ name: 'page', share: 1, cost: WEB_CPU, method: 'GET' }],
        clients,
      },
    };
  },
  run: runWeb,
  baselines: [roundRobin],
  exercises: balancersFrom('ip-hash'),
  measures: [p99, spread, slowShare, p50, p95],
  chart: 'p99',
};
