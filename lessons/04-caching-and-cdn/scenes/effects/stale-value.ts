import type { Effect } from '../../../../simulator/effect.ts';
import { measured } from '../shared/figures.ts';
import { scene } from '../stale-value.ts';

const stale = measured(scene, 'stale');

const figures: Effect['figures'] = (lane) => ({
  'delete, commit': stale(lane('delete-then-commit')),
  'delete, commit, delete': stale(lane('delete-on-both-sides')),
  'commit, delete': stale(lane('commit-then-delete')),
  reference: stale(lane('invalidate-on-write')),
});

export const effects: readonly Effect[] = [
  {
    scene: scene.id,
    preset: 'orders',
    claim:
      'Deleting first is worst, deleting on both sides worse than once after the commit, and even that is not right.',
    figures,
    holds: (of) =>
      of['delete, commit']! > of['delete, commit, delete']! &&
      of['delete, commit']! > 8 &&
      of['delete, commit, delete']! > of['commit, delete']! &&
      of['commit, delete']! > 0 &&
      of.reference === 0,
  },
  {
    scene: scene.id,
    preset: 'slow-motion',
    claim: 'A reader that saw the old row before the commit stores it after the last delete.',
    figures,
    holds: (of) =>
      of['delete, commit'] === 50 &&
      of['delete, commit, delete'] === 50 &&
      of['commit, delete'] === 50 &&
      of.reference === 0,
  },
  {
    scene: scene.id,
    preset: 'no-pauses',
    claim: 'Without pauses commit-then-delete is nearly right, and the other orders are as wrong as before.',
    figures,
    holds: (of) =>
      of['delete, commit']! > 8 &&
      of['delete, commit, delete']! > of['commit, delete']! &&
      of['commit, delete']! < 4 &&
      of.reference === 0,
  },
  {
    scene: scene.id,
    preset: 'past-the-cache',
    claim: 'What somebody writes past the cache no invalidation sees, the best one neither.',
    figures,
    holds: (of) => of.reference! > 70 && of['commit, delete']! > 70,
  },
];
