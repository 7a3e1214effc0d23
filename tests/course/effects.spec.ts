import { describe, expect, it } from 'vitest';
import { runEffects } from '../../grader/simulate/effects.ts';
import { loadEffects } from '../../grader/simulate/scenes.ts';
import { lessonFiles } from './scene-files.ts';

/** `npm run simulate -- --effects` does the same on 200 seeds. */
const SEEDS = 8;

const effects = await loadEffects();

describe('what the scenes show', () => {
  it.each([...new Set(effects.map(({ scene }) => scene))])('%s: every effect holds on every seed', async (scene) => {
    for await (const { effect, missed, figures } of runEffects(SEEDS, [scene])) {
      expect(missed, `${effect.preset}: ${effect.claim} ${JSON.stringify(figures)}`).toEqual([]);
    }
  });

  it('is said for every preset', async () => {
    const claimed = new Set(effects.map(({ scene, preset }) => `${scene}/${preset}`));
    const lessons = new Set(effects.map(({ scene }) => scene));
    for (const path of lessonFiles().flatMap(({ scenes }) => scenes)) {
      const { scene } = await import(/* @vite-ignore */ `../../${path}`);
      if (!lessons.has(scene.id)) continue;
      for (const { id } of scene.presets) expect(claimed).toContain(`${scene.id}/${id}`);
    }
  });
});
