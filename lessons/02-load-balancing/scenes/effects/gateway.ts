import type { Effect } from '../../../../simulator/effect.ts';
import { nodeFigures } from '../../../../simulator/measures/node-measures.ts';
import type { Trace } from '../../../../simulator/trace.ts';
import { scene } from '../gateway.ts';
import { measured, p99Of } from '../shared/figures.ts';

const spread = measured(scene, 'spread');
const idle = (trace: Trace): number =>
  nodeFigures(trace, 0, trace.durationUs).filter(({ share }) => share === 0).length;

const figures: Effect['figures'] = (lane) => ({
  'RR p99': p99Of(lane('round-robin')),
  'IP hash p99': p99Of(lane('ip-hash')),
  'IP hash busiest ÷ mean': spread(lane('ip-hash')),
  'IP hash idle servers': idle(lane('ip-hash')),
});

export const effects: readonly Effect[] = [
  {
    scene: scene.id,
    preset: 'carrier',
    claim: 'One address with a fifth of the traffic overloads one server.',
    figures,
    holds: (of) => of['IP hash busiest ÷ mean']! > 1.5 && of['IP hash p99']! > 3 * of['RR p99']!,
  },
  {
    scene: scene.id,
    preset: 'homes',
    claim: 'Many small clients spread well, yet by chance: a little worse than turns.',
    figures,
    holds: (of) => of['IP hash busiest ÷ mean']! < 1.15 && of['IP hash p99']! < 4 * of['RR p99']!,
  },
  {
    scene: scene.id,
    preset: 'office',
    claim: 'An office of 500 behind one address cannot be seen.',
    figures,
    holds: (of) => of['IP hash busiest ÷ mean']! < 1.15 && of['IP hash p99']! < 4 * of['RR p99']!,
  },
  {
    scene: scene.id,
    preset: 'cdn',
    claim: 'Three addresses leave servers idle and drown another.',
    figures,
    holds: (of) => of['IP hash idle servers']! >= 1 && of['IP hash p99']! > 10 * of['RR p99']!,
  },
];
