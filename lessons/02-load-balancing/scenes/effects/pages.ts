import type { Effect } from '../../../../simulator/effect.ts';
import { nodeFigures } from '../../../../simulator/measures/node-measures.ts';
import { scene } from '../pages.ts';
import { p99Of } from '../shared/figures.ts';

const figures: Effect['figures'] = (lane) => {
  const roundRobin = lane('naive-round-robin');
  return {
    'RR p99': p99Of(roundRobin),
    'random p99': p99Of(lane('random')),
    'LC p99': p99Of(lane('least-connections')),
    'RR most used server %': Math.max(
      ...nodeFigures(roundRobin, 0, roundRobin.durationUs).map(({ utilisation }) => utilisation),
    ),
  };
};

export const effects: readonly Effect[] = [
  {
    scene: scene.id,
    preset: 'in-step',
    claim: 'Four requests a page on four servers: one gets every heavy one, and chance beats turns.',
    figures,
    holds: (of) => of['RR p99']! > 10 * of['random p99']! && of['RR most used server %']! > 98,
  },
  {
    scene: scene.id,
    preset: 'five-servers',
    claim: 'With five servers the coincidence is gone.',
    figures,
    holds: (of) => of['RR p99']! < 2 * of['random p99']!,
  },
  {
    scene: scene.id,
    preset: 'apart',
    claim: 'With pauses between the requests of a page the coincidence is gone.',
    figures,
    holds: (of) => of['RR p99']! < 3 * of['random p99']!,
  },
];
