import type { Effect } from '../../../../simulator/effect.ts';
import { traceHash } from '../../../../simulator/trace-hash.ts';
import { measured, p99Of, slowOf } from '../shared/figures.ts';
import { scene } from '../slow-server.ts';

const share = measured(scene, 'share-server-4');
const PAGES = 0;

export const effects: readonly Effect[] = [
  {
    scene: scene.id,
    preset: 'slow-server',
    claim: 'Round robin leaves nearly a quarter of all requests behind the slow server; least connections hardly any.',
    figures: (lane) => ({
      'RR over 200 ms %': slowOf(lane('round-robin')),
      'LC over 200 ms %': slowOf(lane('least-connections')),
      'RR p99': p99Of(lane('round-robin')),
      'LC p99': p99Of(lane('least-connections')),
      'RR share of server 4 %': share(lane('round-robin')),
      'LC share of server 4 %': share(lane('least-connections')),
      'RR over 200 ms % after 8 s': measured(scene, 'slow')(lane('round-robin'), 0, 8),
    }),
    holds: (of) =>
      of['RR over 200 ms %']! > 15 &&
      of['LC over 200 ms %']! < 1 &&
      of['RR p99']! > 10 * of['LC p99']! &&
      of['RR over 200 ms % after 8 s']! > 5,
  },
  {
    scene: scene.id,
    preset: 'all-healthy',
    claim: 'With four healthy servers at 60 % nothing is wrong with round robin.',
    figures: (lane) => ({ 'RR p99': p99Of(lane('round-robin')), 'LC p99': p99Of(lane('least-connections')) }),
    holds: (of) => of['RR p99']! < 200 && of['RR p99']! < 1.5 * of['LC p99']!,
  },
  {
    scene: scene.id,
    preset: 'mixed-costs',
    claim: 'Ordinary pages stand behind reports under round robin, less under least connections.',
    figures: (lane) => {
      const roundRobin = p99Of(lane('round-robin'), PAGES);
      const leastConnections = p99Of(lane('least-connections'), PAGES);
      return {
        'RR pages p99': roundRobin,
        'LC pages p99': leastConnections,
        'RR ÷ LC pages p99': roundRobin / leastConnections,
        'RR over 200 ms %': slowOf(lane('round-robin')),
        'LC over 200 ms %': slowOf(lane('least-connections')),
      };
    },
    holds: (of) => of['RR ÷ LC pages p99']! > 1.2 && of['RR over 200 ms %']! > 1.5 * of['LC over 200 ms %']!,
  },
  {
    scene: scene.id,
    preset: 'equal-costs',
    claim: 'Where all requests cost the same, least connections is round robin: the very same run.',
    figures: (lane) => ({
      'RR p99': p99Of(lane('round-robin')),
      'LC p99': p99Of(lane('least-connections')),
      'identical runs': Number(traceHash(lane('round-robin')) === traceHash(lane('least-connections'))),
    }),
    holds: (of) => of['identical runs'] === 1,
  },
];
