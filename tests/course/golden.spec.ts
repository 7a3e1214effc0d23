import { describe, expect, it } from 'vitest';
import type { AnyScene } from './golden.ts';
import { goldenHashes } from './golden.ts';
import { lessonFiles } from './scene-files.ts';

/** After a wanted change of a model: `npx vitest run --project course golden -u`, and say why in the commit. */
describe.each(lessonFiles())('the golden runs of $lesson', ({ lesson, scenes, solutions }) => {
  it('go as they always did', async () => {
    const modules = await Promise.all(
      scenes.map((path) => import(/* @vite-ignore */ `../../${path}`) as Promise<{ scene: AnyScene }>),
    );
    const exports = await Promise.all(
      solutions.map(
        async ({ exercise, path }) => [exercise, await import(/* @vite-ignore */ `../../${path}`)] as const,
      ),
    );
    const hashes = await goldenHashes(
      modules.map(({ scene }) => scene),
      Object.fromEntries(exports),
    );
    expect(Object.values(hashes).filter((hash) => hash.startsWith('failed'))).toEqual([]);
    await expect(`${JSON.stringify(hashes, null, 2)}\n`).toMatchFileSnapshot(`golden/${lesson}.json`);
  });
});
