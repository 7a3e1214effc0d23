import { existsSync, readFileSync } from 'node:fs';
import { build } from 'esbuild';
import { chromium } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { lessonFiles } from '../course/scene-files.ts';

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find((path) => existsSync(path));
const FLAGS =
  '--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync';

let browser: Awaited<ReturnType<typeof chromium.launch>>;
beforeAll(async () => {
  browser = await chromium.launch({
    ...(CHROMIUM ? { executablePath: CHROMIUM } : {}),
    args: FLAGS.split(' '),
  });
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
