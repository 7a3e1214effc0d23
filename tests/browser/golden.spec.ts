import { readFileSync } from 'node:fs';
import { build } from 'esbuild';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { lessonFiles } from '../course/scene-files.ts';
import { launchChromium } from './chromium.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser?.close());

it.each(lessonFiles())('the golden runs of $lesson go the same way in Chromium', async (files) => {
  const page = await browser.newPage();
  try {
    await page.addScriptTag({ content: await bundled(files) });
    const hashes = await page.evaluate('golden.hashes()');
    const golden = JSON.parse(readFileSync(`tests/course/golden/${files.lesson}.json`, 'utf8'));
    expect(hashes).toEqual(golden);
  } finally {
    await page.close();
  }
});

/** One script that runs all scenes of a lesson with its solutions: `golden.hashes()`. */
async function bundled({ scenes, solutions }: ReturnType<typeof lessonFiles>[number]): Promise<string> {
  const entry = [
    "import { goldenHashes } from './tests/course/golden.ts';",
    ...scenes.map((path, index) => `import { scene as scene${index} } from './${path}';`),
    ...solutions.map(({ path }, index) => `import * as solution${index} from './${path}';`),
    `const scenes = [${scenes.map((_, index) => `scene${index}`).join(', ')}];`,
    `const solutions = { ${solutions.map(({ exercise }, index) => `'${exercise}': solution${index}`).join(', ')} };`,
    'export const hashes = () => goldenHashes(scenes, solutions);',
  ].join('\n');
  const { outputFiles } = await build({
    stdin: { contents: entry, resolveDir: process.cwd(), loader: 'ts' },
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'golden',
    platform: 'browser',
    target: 'es2022',
  });
  return outputFiles[0]!.text;
}
