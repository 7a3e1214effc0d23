import { describe, expect, it } from 'vitest';
import { scene } from '../../../lessons/04-caching-and-cdn/scenes/cache-size.ts';
import { queueRoom } from '../layout.ts';
import { layCaches } from './caches.ts';

const trace = await scene.run(
  { ...scene.plan(scene.presets[0]!.params), durationMs: 500, warmReads: 0 },
  scene.baselines[0]!.make,
  { seed: 1 },
);

describe('the layout of a cache and its database', () => {
  it('keeps every cell in the cache’s frame, whatever their number, and the frame beside the bar', () => {
    for (const width of [300, 350, 540, 700]) {
      for (const count of [0, 1, 2, 5, 17, 48]) {
        const { bar, frame, cells } = layCaches(trace, count, width, 'ko');
        expect(cells).toHaveLength(count);
        expect(frame.x).toBeGreaterThan(bar.x + bar.width);
        for (const { x, y, width: wide, height } of cells) {
          expect(x).toBeGreaterThan(frame.x);
          expect(y).toBeGreaterThan(frame.y);
          expect(x + wide).toBeLessThan(frame.x + frame.width);
          expect(y + height).toBeLessThan(frame.y + frame.height);
        }
      }
    }
  });

  it('has room on a phone for a queue at the database, for those who wait at the cache, and for Korean names', () => {
    for (const width of [328, 358]) {
      const { waiters, database, label, name } = layCaches(trace, 48, width, 'ko');
      expect(queueRoom(database)).toBeGreaterThan(10);
      expect(waiters.trackTo - waiters.trackFrom).toBeGreaterThan(80);
      expect(label.x + 12 * name.length).toBeLessThan(width);
      expect(database.label.x + 12 * database.name.length).toBeLessThanOrEqual(width);
    }
  });
});
