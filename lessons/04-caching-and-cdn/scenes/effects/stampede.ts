import type { Effect } from '../../../../simulator/effect.ts';
import { measured } from '../shared/figures.ts';
import { scene } from '../stampede.ts';

const others = measured(scene, 'p99-other');
const sameKey = measured(scene, 'same-key');

const figures: Effect['figures'] = (lane) => {
  const [naive, shared] = [lane('every-miss-loads'), lane('read-through-cache')];
  return {
    'naive p99 of others': others(naive),
    'naive p99 of others by 10 s': others(naive, 0, 10),
    'naive same query at once': sameKey(naive),
    'one load p99 of others': others(shared),
    'one load p99 of others by 10 s': others(shared, 0, 10),
    'one load same query at once': sameKey(shared),
  };
};

export const effects: readonly Effect[] = [
  {
    scene: scene.id,
    preset: 'celebrity',
    claim: 'The expiry of one popular, slow feed stops everybody; one load per key ends it.',
    figures,
    holds: (of) =>
      of['naive p99 of others by 10 s']! > 700 &&
      of['naive same query at once']! >= 12 &&
      of['one load same query at once'] === 1 &&
      of['one load p99 of others']! < 150,
  },
  {
    scene: scene.id,
    preset: 'quick-load',
    claim: 'A load of 8 ms never makes a stampede, however popular the key.',
    figures,
    holds: (of) => of['naive p99 of others']! < 150 && of['naive same query at once']! < 12,
  },
  {
    scene: scene.id,
    preset: 'eight-processes',
    claim: 'One load per key is one per process: eight of them still make others wait.',
    figures,
    holds: (of) =>
      of['one load same query at once']! >= 5 &&
      of['one load same query at once']! <= 8 &&
      of['one load p99 of others by 10 s']! > 200,
  },
  {
    scene: scene.id,
    preset: 'together',
    claim: 'Feeds that were filled together expire together, and one load per key does not help.',
    figures,
    holds: (of) => of['one load p99 of others']! > 250 && of['one load same query at once'] === 1,
  },
  {
    scene: scene.id,
    preset: 'spread',
    claim: 'The same feeds, expiring one by one, hurt nobody.',
    figures,
    holds: (of) => of['one load p99 of others']! < 250,
  },
];
