import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseAddress } from '../../../../simulator/address.ts';
import type { Language } from '../../../../simulator/text.ts';
import { courseRoot } from '../../../catalogue.ts';
import { bundle, isBundle } from '../../../judge/bundle.ts';
import { COURSE } from '../../../judge/course.ts';
import { REPLAY } from '../../../text/report.ts';
import { REPLAY_WORDS, type ReplayConfig } from './protocol.ts';

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/**
 * Everything that replays a failing scenario in a browser: the scene and the learner's code, bundled. Undefined when
 * the scene or the code cannot be bundled, and the report then only links to the page.
 * @param query the counterexample's `scene`
 * @param file absolute path of the learner's file
 */
export async function buildReplay(
  query: string,
  about: { readonly lesson: string; readonly exercise: string; readonly language: Language },
  file: string,
): Promise<ReplayConfig | undefined> {
  const { scene = '', seed = 1, params = {} } = parseAddress(query) ?? {};
  const sceneFile = join(courseRoot, 'lessons', about.lesson, 'scenes', `${scene}.ts`);
  if (!/^[a-z0-9-]+$/.test(scene) || !existsSync(sceneFile)) return undefined;
  const [learner, runner] = await Promise.all([bundle(file, about, COURSE), bundleRunner(sceneFile)]);
  if (!isBundle(learner)) return undefined;
  return {
    language: about.language,
    exercise: about.exercise,
    seed,
    params,
    worker: `${learner.code}\n${runner}`,
    words: Object.fromEntries(
      REPLAY_WORDS.map((word) => [word, REPLAY[word][about.language]]),
    ) as ReplayConfig['words'],
  };
}

/** The script that puts players into a report. */
export async function buildPlayer(): Promise<string> {
  const { build } = await import('esbuild');
  const { outputFiles } = await build({
    entryPoints: [here('./player.ts')],
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    logLevel: 'silent',
  });
  return outputFiles[0]?.text ?? '';
}

/** What runs in the worker, after the learner's code has put its exports into `__learner`. */
async function bundleRunner(sceneFile: string): Promise<string> {
  const { build } = await import('esbuild');
  const contents = `
    import { scene } from ${JSON.stringify(sceneFile)};
    import { takeReplay } from ${JSON.stringify(here('./take-replay.ts'))};
    self.addEventListener('message', async ({ data }) => {
      try {
        self.postMessage({ replay: await takeReplay(scene, self.__learner ?? __learner, data) });
      } catch (error) {
        self.postMessage({ error: error instanceof Error ? error.name + ': ' + error.message : String(error) });
      }
    });`;
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: dirname(sceneFile), loader: 'ts' },
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    logLevel: 'silent',
  });
  return outputFiles[0]?.text ?? '';
}
