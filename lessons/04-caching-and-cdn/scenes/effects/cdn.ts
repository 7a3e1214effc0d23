import type { Effect } from '../../../../simulator/effect.ts';
import { DEPLOY_MS, scene } from '../cdn.ts';
import { measured } from '../shared/figures.ts';

const virginia = measured(scene, 'p50-virginia');
const seoul = measured(scene, 'p50-seoul');
const sent = measured(scene, 'sent-origin');
const busy = measured(scene, 'busy-origin');
const mixed = measured(scene, 'mixed');

const broken: Effect['figures'] = (lane) => ({
  'mixed %': mixed(lane('cdn-edge')),
  'mixed % in the last 6 s': mixed(lane('cdn-edge'), 14, 20),
  'mixed % in the first second': mixed(lane('cdn-edge'), DEPLOY_MS / 1000, DEPLOY_MS / 1000 + 1.5),
  'mixed % without a CDN': mixed(lane('no-cdn')),
});

export const effects: readonly Effect[] = [
  {
    scene: scene.id,
    preset: 'far-away',
    claim: 'Edge servers take most requests from the origin and more than half from the wait in Virginia.',
    figures: (lane) => ({
      'Virginia without': virginia(lane('no-cdn')),
      'Virginia with': virginia(lane('cdn-edge')),
      'Seoul without': seoul(lane('no-cdn')),
      'Seoul with': seoul(lane('cdn-edge')),
      'origin /s without': sent(lane('no-cdn')),
      'origin /s with': sent(lane('cdn-edge')),
      'origin busy % with': busy(lane('cdn-edge')),
    }),
    holds: (of) =>
      of['Virginia without']! > 1.7 * of['Virginia with']! &&
      of['Virginia with']! > 300 &&
      of['Seoul without']! > 1.5 * of['Seoul with']! &&
      of['origin /s without']! > 3 * of['origin /s with']! &&
      of['origin busy % with']! < 40,
  },
  {
    scene: scene.id,
    preset: 'same-names',
    claim: 'New files under old names: nearly every page after the deploy is mixed, to the end of the run.',
    figures: broken,
    holds: (of) => of['mixed %']! > 80 && of['mixed % in the last 6 s']! > 70,
  },
  {
    scene: scene.id,
    preset: 'purge',
    claim: 'A purge does not reach browsers: a quarter of the pages stays mixed.',
    figures: broken,
    holds: (of) => of['mixed %']! > 20 && of['mixed %']! < 60 && of['mixed % in the last 6 s']! > 15,
  },
  {
    scene: scene.id,
    preset: 'short-ttl',
    claim: 'A ttl of five seconds means five seconds of mixed pages, and then none.',
    figures: broken,
    holds: (of) => of['mixed %']! > 5 && of['mixed % in the last 6 s'] === 0 && of['mixed % in the first second']! > 30,
  },
  {
    scene: scene.id,
    preset: 'fingerprints',
    claim: 'With a name for each version no page is ever mixed.',
    figures: broken,
    holds: (of) => of['mixed %'] === 0,
  },
];
