import type { Effect } from '../../../../simulator/effect.ts';
import { CRAWL, SHIFT_MS, scene } from '../lru-or-lfu.ts';
import { measured } from '../shared/figures.ts';

const hits = measured(scene, 'hits');

/** Hit rates, %, before, during and after the stretch of trouble, s. */
const around = (fromS: number, untilS: number): Effect['figures'] => {
  return (lane) => {
    const [lru, lfu] = [lane('lru-cache'), lane('lfu-cache')];
    return {
      'LRU before': hits(lru, 0, fromS),
      'LRU meanwhile': hits(lru, fromS + 1, untilS),
      'LRU at the end': hits(lru, 15, 20),
      'LFU before': hits(lfu, 0, fromS),
      'LFU meanwhile': hits(lfu, fromS + 1, untilS),
      'LFU at the end': hits(lfu, 15, 20),
    };
  };
};

export const effects: readonly Effect[] = [
  {
    scene: scene.id,
    preset: 'crawler',
    claim: 'A crawler empties LRU of what people read, and LFU does not notice it.',
    figures: around(CRAWL.fromMs / 1000, CRAWL.untilMs / 1000),
    holds: (of) =>
      of['LRU meanwhile']! < of['LRU before']! - 10 &&
      of['LRU at the end']! > of['LRU before']! - 7 &&
      of['LFU meanwhile']! > of['LFU before']! - 5,
  },
  {
    scene: scene.id,
    preset: 'new-hot-set',
    claim: 'When other feeds become popular, LRU is itself again in seconds and LFU never.',
    figures: around(SHIFT_MS / 1000, SHIFT_MS / 1000 + 4),
    holds: (of) =>
      of['LRU at the end']! > of['LRU before']! - 5 &&
      of['LFU at the end']! < of['LFU before']! - 20 &&
      of['LFU at the end']! < of['LRU at the end']! - 12,
  },
  {
    scene: scene.id,
    preset: 'ordinary',
    claim: 'On an ordinary day LFU is ahead, by a few points.',
    figures: around(5, 15),
    holds: (of) =>
      of['LFU at the end']! > of['LRU at the end']! + 3 && of['LFU at the end']! < of['LRU at the end']! + 13,
  },
];
