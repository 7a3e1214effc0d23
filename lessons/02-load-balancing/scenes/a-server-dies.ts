import { errors, failedOfClass, p50, p99, shareOf } from '../../../simulator/measures/web-measures.ts';
import type { HealthCheck } from '../../../simulator/parts/machines/health-check.ts';
import type { MakeBalancer } from '../../../simulator/parts/slots/balancer.ts';
import type { Command, Scene } from '../../../simulator/scene.ts';
import { type ProxyStrategy, runProxied } from '../../../simulator/worlds/proxy-world.ts';
import type { WebPlan } from '../../../simulator/worlds/web.ts';
import { runWeb } from '../../../simulator/worlds/web.ts';
import { HOMES, ONE_WAY_MS, REQUEST_SHARES, rateFor, STANDARD_SERVER, WEB_CPU } from '../../sajin.ts';
import { roundRobin } from './shared/baselines.ts';
import { balancersFrom } from './shared/exercises.ts';
import { failover } from './shared/failover.ts';
import { DURATION_MS, fleet, numberOf } from './shared/fleet.ts';

const SERVERS = 4;
const VICTIM = 'server-2';

/** When the server is gone, ms. A pause is shorter: the machine stands still and then goes on. */
export const OUTAGE = { fromMs: 5_000, untilMs: 12_000, pausedUntilMs: 8_000 } as const;

const FAULTS: Readonly<Record<string, readonly Command[]>> = {
  refuse: [
    { atMs: OUTAGE.fromMs, kind: 'kill', node: VICTIM },
    { atMs: OUTAGE.untilMs, kind: 'revive', node: VICTIM },
  ],
  hang: [
    { atMs: OUTAGE.fromMs, kind: 'hang', node: VICTIM },
    { atMs: OUTAGE.untilMs, kind: 'revive', node: VICTIM },
  ],
  pause: [
    { atMs: OUTAGE.fromMs, kind: 'pause', node: VICTIM },
    { atMs: OUTAGE.pausedUntilMs, kind: 'revive', node: VICTIM },
  ],
};

/** Each second, offset by half of one: two misses in a row make it 1.5 s to notice a refusing server. */
const HEALTH_CHECK: HealthCheck = { firstMs: 500, intervalMs: 1000, timeoutMs: 500, misses: 2 };

export const scene: Scene<WebPlan, MakeBalancer | ProxyStrategy> = {
  id: 'a-server-dies',
  lesson: '02-load-balancing',
  title: { en: 'A server dies', ko: '서버 한 대가 죽습니다' },
  question: {
    en: 'Server 2 is gone from second 5. Who sends requests to it all the same?',
    ko: '5초부터 서버 2가 사라집니다. 그래도 그 서버로 요청을 보내는 쪽은 어디입니까?',
  },
  controls: [
    {
      kind: 'choice',
      name: 'death',
      label: { en: 'server 2', ko: '서버 2는' },
      options: [
        { value: 'refuse', label: { en: 'refuses at once', ko: '바로 거절합니다' } },
        { value: 'hang', label: { en: 'takes requests, never answers', ko: '요청을 받고 답하지 않습니다' } },
        { value: 'pause', label: { en: 'stands still for 3 s', ko: '3초 동안 멈춥니다' } },
      ],
      initial: 'refuse',
    },
    {
      kind: 'choice',
      name: 'check',
      label: { en: 'health check', ko: '상태 확인' },
      options: [
        { value: 'none', label: { en: 'none', ko: '없음' } },
        { value: 'active', label: { en: 'each second, 2 misses', ko: '1초마다, 2번 실패' } },
      ],
      initial: 'none',
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
      id: 'refuse',
      label: { en: 'What if it refuses at once?', ko: '바로 거절하면?' },
      params: { death: 'refuse', check: 'none', load: 60 },
    },
    {
      id: 'hang',
      label: { en: 'What if it never answers?', ko: '아무 답도 하지 않으면?' },
      params: { death: 'hang', check: 'none', load: 60 },
    },
    {
      id: 'pause',
      label: { en: 'What if it stands still and comes back?', ko: '멈췄다가 돌아오면?' },
      params: { death: 'pause', check: 'none', load: 60 },
    },
    {
      id: 'health-check',
      label: { en: 'Does a health check help?', ko: '상태 확인을 하면 나아집니까?' },
      params: { death: 'refuse', check: 'active', load: 60 },
    },
  ],
  plan: (params) => {
    const faults = FAULTS[String(params.death)];
    if (!faults) throw new RangeError(`death: ${params.death} is not one of ${Object.keys(FAULTS).join(', ')}`);
    const perSecond = rateFor(numberOf(params, 'load') / 100, SERVERS * STANDARD_SERVER.cores, 20);
    return {
      durationMs: DURATION_MS,
      servers: fleet(SERVERS),
      linkMs: ONE_WAY_MS.sameDataCentre,
      timeoutMs: 1000,
      healthCheck: params.check === 'active' ? HEALTH_CHECK : undefined,
      workload: {
        arrivals: { kind: 'poisson', perSecond },
        classes: [
          { name: 'read', share: REQUEST_SHARES.feed, cost: WEB_CPU, method: 'GET' },
          { name: 'write', share: REQUEST_SHARES.like + REQUEST_SHARES.upload, cost: WEB_CPU, method: 'POST' },
        ],
        clients: [HOMES],
      },
      faults,
    };
  },
  run: (plan, strategy, options) =>
    typeof strategy === 'function' ? runWeb(plan, strategy, options) : runProxied(plan, strategy, options),
  baselines: [roundRobin],
  exercises: { ...balancersFrom('round-robin'), failover },
  measures: [
    errors,
    failedOfClass('read', { en: 'GET failed', ko: '실패한 GET' }),
    failedOfClass('write', { en: 'POST failed', ko: '실패한 POST' }),
    p99,
    p50,
    shareOf(VICTIM, { en: 'server 2’s share', ko: '서버 2의 몫' }),
  ],
  chart: 'errors',
};
