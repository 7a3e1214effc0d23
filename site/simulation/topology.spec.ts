import { globSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { ContentNetwork } from '../../simulator/parts/slots/edge.ts';
import type { Scene } from '../../simulator/scene.ts';
import { notingCanvas, PALETTE } from './fixtures/noting-canvas.ts';
import type { Picture } from './topology.ts';
import { pictureOf } from './topology.ts';
import { TraceIndex } from './trace-index.ts';

// biome-ignore lint/suspicious/noExplicitAny: the two type parameters belong to the scene alone and are existential here
type AnyScene = Scene<any, any>;

const files = globSync('lessons/*/scenes/*.ts').filter((file) => !file.endsWith('.spec.ts'));
const scenes = await Promise.all(
  files.map(async (file) => ((await import(/* @vite-ignore */ `../../${file}`)) as { scene: AnyScene }).scene),
);

const WIDTHS = [300, 350, 540, 700];
function paintedAt(index: TraceIndex, picture: Picture, atUs: number) {
  const { context, places } = notingCanvas();
  picture.paint({ context, index, palette: PALETTE, lit: undefined, travelUs: 130_000 }, atUs);
  return places;
}

const runs = new Map<string, Promise<TraceIndex>>();

/** A lane of the scene's first preset. */
function baseline(scene: AnyScene, lane = 0): Promise<TraceIndex> {
  const key = `${scene.id} ${lane}`;
  const run = async () => {
    const plan = scene.plan(scene.presets[0]!.params);
    return new TraceIndex(await scene.run(plan, scene.baselines[lane]!.make, { seed: 1 }));
  };
  const known = runs.get(key) ?? run();
  runs.set(key, known);
  return known;
}

describe.each(scenes.map((scene) => ({ id: scene.id, scene })))('the picture of $id', ({ scene }) => {
  it('is as high at any width, so that nothing jumps when the width becomes known', async () => {
    for (const lane of scene.baselines.keys()) {
      const index = await baseline(scene, lane);
      const heights = WIDTHS.map((width) => pictureOf(index, width, 'en').height);
      expect(new Set(heights).size).toBe(1);
    }
  });

  it('has everything that moves inside it, whenever one looks', async () => {
    const index = await baseline(scene);
    let painted = 0;
    for (const [start, width] of WIDTHS.entries()) {
      const picture = pictureOf(index, width, 'ko');
      for (let atUs = 250_000 * (start + 1); atUs < index.trace.durationUs; atUs += 2_250_000) {
        const places = paintedAt(index, picture, atUs);
        painted += places.length;
        const outside = places.filter(({ x, y }) => !(x >= 0 && x <= width && y >= 0 && y <= picture.height));
        expect(outside).toEqual([]);
      }
    }
    expect(painted).toBeGreaterThan(0);
  });

  it('shows each node that commands can act on', async () => {
    const index = await baseline(scene);
    const { nodes, still } = pictureOf(index, 540, 'en');
    for (const [node, { cores, obeys = cores > 0 }] of index.trace.nodes.entries()) {
      if (!obeys) continue;
      expect(nodes).toContain(node);
      expect(still).toContain(`data-node="${node}"`);
    }
  });
});

describe('the picture of a CDN', () => {
  const scene = scenes.find(({ id }) => id === 'cdn')!;
  const edge: ContentNetwork = {
    edge: ({ fetchOrigin }) => ({ get: async (url) => (await fetchOrigin(url)).body, purge: () => {} }),
  };

  it('is as high with edge servers as without', async () => {
    const plan = { ...scene.plan(scene.presets[0]!.params), durationMs: 1500 };
    const pictures = await Promise.all(
      [edge, {}].map(async (network) =>
        pictureOf(new TraceIndex(await scene.run(plan, network, { seed: 1 })), 540, 'en'),
      ),
    );
    expect(pictures[0]!.height).toBe(pictures[1]!.height);
    expect(pictures.map(({ nodes }) => nodes.length)).toEqual([5, 1]);
  });
});

/** How many things are painted in a colour, at each of these moments together. */
async function countOf(id: string, lane: number, colour: string, momentsUs: readonly number[]): Promise<number> {
  const index = await baseline(scenes.find((scene) => scene.id === id)!, lane);
  const picture = pictureOf(index, 540, 'en');
  return momentsUs.flatMap((atUs) => paintedAt(index, picture, atUs)).filter(({ fill }) => fill === colour).length;
}

describe('the picture of a stampede', () => {
  it('has a row of copies at the database in the moment in which the feed has expired, and none before', async () => {
    expect(await countOf('stampede', 0, 'ink', [4_500_000])).toBe(0);
    expect(await countOf('stampede', 0, 'ink', [5_150_000])).toBeGreaterThan(10);
  });
});

describe('the picture of stale values', () => {
  it('marks old values where they are, and far more of them in the lane that deletes first', async () => {
    const moments = Array.from({ length: 20 }, (_, step) => 5_000_000 + 500_000 * step);
    const last = await countOf('stale-value', 2, 'waiting', moments);
    expect(last).toBeGreaterThan(0);
    expect(await countOf('stale-value', 0, 'waiting', moments)).toBeGreaterThan(3 * last);
  });
});
