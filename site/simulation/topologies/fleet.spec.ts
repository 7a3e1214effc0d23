import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { queueRoom } from '../layout.ts';
import { layFleet } from './fleet.ts';

const fleets = fc
  .array(fc.integer({ min: 1, max: 8 }), { minLength: 1, maxLength: 12 })
  .map((cores) => [
    { id: 'balancer', kind: 'balancer' as const, cores: 0 },
    ...cores.map((count, index) => ({ id: `server-${index + 1}`, kind: 'server' as const, cores: count })),
  ]);

describe('the layout of a fleet', () => {
  it('keeps everything inside its picture, whatever the fleet and the width', () => {
    fc.assert(
      fc.property(fleets, fc.integer({ min: 280, max: 1_200 }), (nodes, width) => {
        const layout = layFleet(nodes, width, 'ko');
        expect(layout.rows).toHaveLength(nodes.length - 1);
        for (const row of layout.rows) {
          expect(row.trackFrom).toBeLessThan(row.trackTo);
          expect(row.label.x).toBeLessThan(width);
          expect(row.y).toBeLessThan(layout.height);
          expect(queueRoom(row)).toBeGreaterThanOrEqual(1);
          for (const core of row.cores) {
            expect(core.x).toBeGreaterThanOrEqual(row.box.x);
            expect(core.x + core.width).toBeLessThanOrEqual(row.box.x + row.box.width + 1e-9);
          }
        }
      }),
    );
  });

  it('is as high as its number of servers says, so that nothing jumps when the width becomes known', () => {
    fc.assert(
      fc.property(fleets, (nodes) => {
        expect(layFleet(nodes, 320, 'en').height).toBe(layFleet(nodes, 900, 'en').height);
      }),
    );
  });
});
