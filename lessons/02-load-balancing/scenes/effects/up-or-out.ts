import type { Effect } from '../../../../simulator/effect.ts';
import { measured, p99Of } from '../shared/figures.ts';
import { scene } from '../up-or-out.ts';

const errors = measured(scene, 'errors');

export const effects: readonly Effect[] = [
  {
    scene: scene.id,
    preset: 'equal-cores',
    claim: 'At equal cores one big machine is fastest; least connections buys most of it back.',
    figures: (lane) => ({
      '1 × 8 p99': p99Of(lane('one-big')),
      '4 × 2 LC p99': p99Of(lane('least-connections')),
      '4 × 2 RR p99': p99Of(lane('round-robin')),
      '8 × 1 RR p99': p99Of(lane('eight-small')),
    }),
    holds: (of) =>
      of['1 × 8 p99']! < of['4 × 2 RR p99']! &&
      of['4 × 2 RR p99']! < of['8 × 1 RR p99']! &&
      of['4 × 2 LC p99']! < of['4 × 2 RR p99']!,
  },
  {
    scene: scene.id,
    preset: 'one-dies',
    claim: 'The big machine takes everybody with it; four lose a few requests, eight fewer.',
    figures: (lane) => ({
      '1 × 8 failed %': errors(lane('one-big')),
      '4 × 2 RR failed %': errors(lane('round-robin')),
      '8 × 1 RR failed %': errors(lane('eight-small')),
      '4 × 2 RR p99': p99Of(lane('round-robin')),
    }),
    holds: (of) => of['1 × 8 failed %']! > 70 && of['4 × 2 RR failed %']! < 4 && of['8 × 1 RR failed %']! < 2,
  },
];
