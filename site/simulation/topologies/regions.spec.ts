import { describe, expect, it } from 'vitest';
import { scene } from '../../../lessons/04-caching-and-cdn/scenes/cdn.ts';
import type { ContentNetwork } from '../../../simulator/parts/slots/edge.ts';
import { layRegions } from './regions.ts';

/** An edge server that keeps nothing. */
const passesOn: ContentNetwork = {
  edge: ({ fetchOrigin }) => ({ get: async (url) => (await fetchOrigin(url)).body, purge: () => {} }),
};

const run = (network: ContentNetwork) =>
  scene.run({ ...scene.plan(scene.presets[0]!.params), durationMs: 2000 }, network, { seed: 1 });

describe('the layout of regions', () => {
  it('writes the distance that the trace shows: from the edge server, or from the people where there is none', async () => {
    const delays = async (network: ContentNetwork) =>
      layRegions(await run(network), 540, 'en').regions.map(({ delayUs }) => delayUs / 1000);
    expect(await delays(passesOn)).toEqual([0.25, 17, 90, 120]);
    expect(await delays({})).toEqual([5.25, 22, 95, 125]);
  });

  it('puts a region the further away the longer its delay is', async () => {
    for (const width of [290, 350, 540, 700]) {
      const { regions, door } = layRegions(await run(passesOn), width, 'en');
      const [, tokyo, virginia, frankfurt] = regions.map(({ from }) => door - 10 - from);
      expect(virginia! / frankfurt!).toBeCloseTo(90 / 120, 1);
      expect(tokyo! / frankfurt!).toBeCloseTo(17 / 120, 1);
    }
  });

  it('keeps people, edge servers and origin inside the picture and apart', async () => {
    for (const width of [290, 350, 540, 700]) {
      const { regions, door, origin } = layRegions(await run(passesOn), width, 'ko');
      expect(origin.box.x + origin.box.width).toBeLessThan(width);
      expect(origin.trackTo - door).toBeGreaterThan(50);
      for (const { people, edge, from } of regions) {
        expect(people.trackTo - people.trackFrom).toBeGreaterThan(24);
        expect(edge.x).toBeGreaterThan(people.trackTo);
        expect(edge.x + edge.width).toBeLessThanOrEqual(from);
        expect(from).toBeLessThan(door);
      }
    }
  });
});
