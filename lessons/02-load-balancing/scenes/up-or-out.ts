import { errors, p50, p95, p99, slowShare } from '../../../simulator/measures/web-measures.ts';
import type { ServerPlan } from '../../../simulator/parts/machines/server.ts';
import type { MakeBalancer } from '../../../simulator/parts/slots/balancer.ts';
import type { Command, ExerciseLane, RunOptions, Scene } from '../../../simulator/scene.ts';
import type { WebPlan } from '../../../simulator/worlds/web.ts';
import { runWeb } from '../../../simulator/worlds/web.ts';
import { HOMES, ONE_WAY_MS, rateFor, WEB_CPU } from '../../sajin.ts';
import { roundRobinWithHealth } from './shared/baselines.ts';
import { balancersFrom } from './shared/exercises.ts';
import { DURATION_MS, fleet, numberOf } from './shared/fleet.ts';

/** Here a lane is a fleet together with who spreads requests over it; every fleet has eight cores. */
export interface Fleet {
  readonly servers: readonly ServerPlan[];
  readonly balancer: MakeBalancer;
}

/** The world without its servers. */
export type FleetlessPlan = Omit<WebPlan, 'servers'>;

const CORES = 8;

/** Faults that name a server which this lane's fleet does not have cannot happen to it. */
function run(plan: FleetlessPlan, lane: Fleet, options: RunOptions) {
  const known = (command: Command): boolean =>
    !('node' in command) || lane.servers.some(({ id }) => id === command.node);
  return runWeb({ ...plan, servers: lane.servers, faults: plan.faults?.filter(known) }, lane.balancer, {
    ...options,
    commands: options.commands?.filter(known),
  });
}

/** The learner's balancer in front of four machines of two cores. */
function onFour(lane: ExerciseLane<MakeBalancer>): ExerciseLane<Fleet> {
  return {
    label: { en: `4 × 2 cores, ${lane.label.en.toLowerCase()}`, ko: `4 × 2코어, ${lane.label.ko}` },
    adapt: (exports) => ({ servers: fleet(4, 2), balancer: lane.adapt(exports) }),
  };
}

export const scene: Scene<FleetlessPlan, Fleet> = {
  id: 'up-or-out',
  lesson: '02-load-balancing',
  title: { en: 'Up or out', ko: '한 대를 크게, 여러 대로' },
  question: {
    en: 'Eight cores in one machine or in many: which is faster, and what happens when one machine dies?',
    ko: '코어 여덟 개를 한 대에 두는 것과 여러 대에 두는 것 중 어느 쪽이 빠릅니까? 한 대가 죽으면 어떻게 됩니까?',
  },
  controls: [
    {
      kind: 'choice',
      name: 'death',
      label: { en: 'server 1', ko: '서버 1은' },
      options: [
        { value: 'none', label: { en: 'stays up', ko: '계속 동작합니다' } },
        { value: 'dies', label: { en: 'dies at second 5', ko: '5초에 죽습니다' } },
      ],
      initial: 'none',
    },
    {
      kind: 'range',
      name: 'load',
      label: { en: 'load', ko: '부하' },
      min: 30,
      max: 95,
      step: 5,
      initial: 80,
      unit: '%',
    },
  ],
  presets: [
    {
      id: 'equal-cores',
      label: { en: 'Which is faster?', ko: '어느 쪽이 빠릅니까?' },
      params: { death: 'none', load: 80 },
    },
    {
      id: 'one-dies',
      label: { en: 'What if one machine dies?', ko: '한 대가 죽으면?' },
      params: { death: 'dies', load: 60 },
    },
  ],
  plan: (params) => ({
    durationMs: DURATION_MS,
    linkMs: ONE_WAY_MS.sameDataCentre,
    workload: {
      arrivals: { kind: 'poisson', perSecond: rateFor(numberOf(params, 'load') / 100, CORES, 20) },
      classes: [{ name: 'page', share: 1, cost: WEB_CPU, method: 'GET' }],
      clients: [HOMES],
    },
    healthCheck: { firstMs: 500, intervalMs: 1000, timeoutMs: 500, misses: 2 },
    faults: params.death === 'dies' ? [{ atMs: 5_000, kind: 'kill', node: 'server-1' }] : [],
  }),
  run,
  baselines: [
    {
      id: 'one-big',
      label: { en: '1 × 8 cores', ko: '1 × 8코어' },
      make: { servers: fleet(1, 8), balancer: roundRobinWithHealth.make },
    },
    {
      id: 'eight-small',
      label: { en: '8 × 1 core, round robin', ko: '8 × 1코어, 라운드 로빈' },
      make: { servers: fleet(8, 1), balancer: roundRobinWithHealth.make },
    },
  ],
  exercises: Object.fromEntries(
    Object.entries(balancersFrom('least-connections')).map(([id, lane]) => [id, onFour(lane)]),
  ),
  measures: [p99, errors, slowShare, p50, p95],
  chart: 'p99',
};
