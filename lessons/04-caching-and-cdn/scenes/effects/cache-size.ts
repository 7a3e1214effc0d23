import type { Effect } from '../../../../simulator/effect.ts';
import { OUTAGE, scene } from '../cache-size.ts';
import { measured } from '../shared/figures.ts';

const hits = measured(scene, 'hits');
const busy = measured(scene, 'busy-database');
const p99 = measured(scene, 'p99');
const p50 = measured(scene, 'p50');

const figures: Effect['figures'] = (lane) => ({
  'no cache p99': p99(lane('no-cache')),
  'LRU p99': p99(lane('lru-cache')),
  'LRU hit %': hits(lane('lru-cache')),
  'LRU database %': busy(lane('lru-cache')),
  'LFU hit %': hits(lane('lfu-cache')),
});

export const effects: readonly Effect[] = [
  {
    scene: scene.id,
    preset: 'small',
    claim: '5 % of the feeds serve six reads in ten, and the database breathes.',
    figures,
    holds: (of) => of['no cache p99']! > 7000 && of['LRU p99']! < 250 && of['LRU hit %']! > 58 && of['LRU hit %']! < 66,
  },
  {
    scene: scene.id,
    preset: 'tiny',
    claim: '100 feeds in memory answer a third of all reads and save nobody.',
    figures,
    holds: (of) => of['LRU p99']! > 1500 && of['LRU database %']! > 97 && of['LRU hit %']! > 28,
  },
  {
    scene: scene.id,
    preset: 'short-ttl',
    claim: 'With a ttl of one second memory is hardly used, however much of it there is.',
    figures,
    holds: (of) => of['LRU hit %']! < 35 && of['LRU p99']! > 1500,
  },
  {
    scene: scene.id,
    preset: 'flat',
    claim: 'With flatter popularity the same memory answers half as many reads and is not enough.',
    figures,
    holds: (of) => of['LRU hit %']! < 35 && of['LRU p99']! > 1500,
  },
  {
    scene: scene.id,
    preset: 'cache-dies',
    claim: 'An empty cache that is back does not help at once: the queue in front of the database has to drain first.',
    figures: (lane) => {
      const lru = lane('lru-cache');
      const backS = OUTAGE.untilMs / 1000;
      return {
        'p50 before': p50(lru, 0, OUTAGE.fromMs / 1000),
        'p50 in the 2 s after it is back': p50(lru, backS, backS + 2),
        'hit % at the end': hits(lru, 18, 20),
      };
    },
    holds: (of) =>
      of['p50 before']! < 3 && of['p50 in the 2 s after it is back']! > 1000 && of['hit % at the end']! < 70,
  },
];
