import { p50, p95, p99, slowShare, spread } from '../../../simulator/measures/web-measures.ts';
import type { MakeBalancer } from '../../../simulator/parts/slots/balancer.ts';
import type { Scene } from '../../../simulator/scene.ts';
import type { WebPlan } from '../../../simulator/worlds/web.ts';
import { random } from './shared/baselines.ts';
import { balancersFrom } from './shared/exercises.ts';
import { scene as slowServer } from './slow-server.ts';

/** The same world as `slow-server`, asked another question: what do turns gain over chance? */
export const scene: Scene<WebPlan, MakeBalancer> = {
  ...slowServer,
  id: 'turns',
  title: { en: 'Turns or chance', ko: '차례냐 우연이냐' },
  question: {
    en: 'Four equal servers, 80 % busy. Is taking turns better than picking any?',
    ko: '똑같은 서버 네 대가 80% 바쁩니다. 차례대로 고르면 아무나 고르는 것보다 낫습니까?',
  },
  presets: [
    {
      id: 'equal-costs',
      label: { en: 'All requests cost the same?', ko: '요청 비용이 모두 같으면?' },
      params: { speed: 100, costs: 'equal', load: 80 },
    },
    {
      id: 'mixed-costs',
      label: { en: 'And if a few are heavy?', ko: '무거운 요청이 섞이면?' },
      params: { speed: 100, costs: 'mixed', load: 70 },
    },
    {
      id: 'slow-server',
      label: { en: 'And if one server is slow?', ko: '서버 한 대가 느리면?' },
      params: { speed: 50, costs: 'varied', load: 60 },
    },
  ],
  controls: slowServer.controls.map((control) => {
    if (control.name === 'speed') return { ...control, initial: 100 };
    if (control.name === 'costs') return { ...control, initial: 'equal' };
    return { ...control, initial: 80 };
  }) as Scene<WebPlan, MakeBalancer>['controls'],
  baselines: [random],
  exercises: balancersFrom('round-robin'),
  measures: [p99, spread, slowShare, p50, p95],
};
