import type { Effect } from '../../../../simulator/effect.ts';
import { OUTAGE, scene } from '../a-server-dies.ts';
import { measured } from '../shared/figures.ts';

const errors = measured(scene, 'errors');
const FROM = OUTAGE.fromMs / 1000;
const UNTIL = OUTAGE.untilMs / 1000;

const figures: Effect['figures'] = (lane) => ({
  'RR failed %': errors(lane('round-robin'), FROM, UNTIL),
  'LC failed %': errors(lane('least-connections'), FROM, UNTIL),
  'naive failed %': errors(lane('naive-round-robin'), FROM, UNTIL),
  'RR failed % in the first 2 s': errors(lane('round-robin'), FROM, FROM + 2),
  'RR GET failed': measured(scene, 'failed-read')(lane('round-robin')),
  'RR POST failed': measured(scene, 'failed-write')(lane('round-robin')),
});

export const effects: readonly Effect[] = [
  {
    scene: scene.id,
    preset: 'refuse',
    claim: 'Round robin loses its quarter; least connections is drawn to the server that fails fast.',
    figures,
    holds: (of) => of['RR failed %']! > 20 && of['RR failed %']! < 30 && of['LC failed %']! > 40,
  },
  {
    scene: scene.id,
    preset: 'hang',
    claim: 'Least connections protects from a server that keeps its requests; round robin does not.',
    figures,
    holds: (of) => of['RR failed %']! > 18 && of['LC failed %']! < 4,
  },
  {
    scene: scene.id,
    preset: 'pause',
    claim: 'A server that stands still for three seconds costs round robin two of them in time-outs.',
    figures,
    holds: (of) => of['RR failed %']! > 10 && of['LC failed %']! < 2,
  },
  {
    scene: scene.id,
    preset: 'health-check',
    claim: 'An active check turns seven seconds of errors into one and a half, for those who listen.',
    figures,
    holds: (of) => of['RR failed %']! > 3 && of['RR failed %']! < 8 && of['naive failed %']! > 20,
  },
];
