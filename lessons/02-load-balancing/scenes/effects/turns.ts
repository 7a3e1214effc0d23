import type { Effect } from '../../../../simulator/effect.ts';
import { p99Of } from '../shared/figures.ts';
import { scene } from '../turns.ts';

const figures: Effect['figures'] = (lane) => {
  const chance = p99Of(lane('random'));
  const turns = p99Of(lane('round-robin'));
  return { 'random p99': chance, 'RR p99': turns, 'random ÷ RR p99': chance / turns };
};

export const effects: readonly Effect[] = [
  {
    scene: scene.id,
    preset: 'equal-costs',
    claim: 'Where all requests cost the same, turns beat chance clearly.',
    figures,
    holds: (of) => of['random ÷ RR p99']! > 1.5,
  },
  {
    scene: scene.id,
    preset: 'mixed-costs',
    claim: 'With a few heavy requests turns are no better than chance.',
    figures,
    holds: (of) => of['RR p99']! > 250 && of['random p99']! > 250,
  },
  {
    scene: scene.id,
    preset: 'slow-server',
    claim: 'With a slow server turns are as helpless as chance.',
    figures,
    holds: (of) => of['RR p99']! > 1000 && of['random p99']! > 1000,
  },
];
