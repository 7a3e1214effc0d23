import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import type { Plugin } from 'vite';
import { checkTitles } from './check-titles.ts';
import { learnerLane } from './learner-lane.ts';

/**
 * What the course adds to Astro: titles of checks at build time, the reference solutions (or none, when
 * `WITHHOLD_SOLUTIONS` is set), and, in development only, the learner's own code on the page. `LEARNER_ROOT` names
 * another folder whose `exercises/` hold that code: tests edit a copy.
 */
export function course(): AstroIntegration {
  return {
    name: 'course',
    hooks: {
      'astro:config:setup': ({ updateConfig, config }) => {
        // `## Title {#anchor}`: the anchors that checks and links name are the same in both languages.
        const { processor } = config.markdown;
        if (processor && isSatteri(processor)) processor.options.features.headingAttributes = true;
        const withheld = process.env.WITHHOLD_SOLUTIONS !== undefined && process.env.WITHHOLD_SOLUTIONS !== '0';
        const root = new URL(config.root);
        updateConfig({
          vite: {
            plugins: [
              checksModule(fileURLToPath(root)),
              solutionsModule(withheld),
              learnerLane(trimmed(root), process.env.LEARNER_ROOT),
            ],
            // A second server must not rewrite the packages that a running one has already handed out.
            ...(process.env.LEARNER_ROOT && { cacheDir: `node_modules/.vite/learner-${process.pid}` }),
            // Found at the start instead of when the first worker asks, which would reload the page.
            optimizeDeps: { entries: ['site/simulation/worker.ts'] },
            worker: { format: 'es', plugins: () => [solutionsModule(withheld)] },
          },
        });
      },
    },
  };
}

interface Satteri {
  readonly options: { readonly features: { headingAttributes?: boolean } };
}

function isSatteri(processor: object): processor is Satteri {
  return 'name' in processor && processor.name === 'satteri';
}

function trimmed(folder: URL): string {
  return fileURLToPath(folder).replace(/[\\/]$/, '');
}

function checksModule(root: string): Plugin {
  return virtual('virtual:course/checks', async () => {
    const titles = await checkTitles(root);
    return `export const checks = ${JSON.stringify(titles)};`;
  });
}

function solutionsModule(withheld: boolean): Plugin {
  return virtual('virtual:course/solutions', () =>
    withheld
      ? 'export const solutions = {}; export const withheld = true;'
      : `export const solutions = import.meta.glob('/solutions/*/*.ts'); export const withheld = false;`,
  );
}

function virtual(id: string, code: () => string | Promise<string>): Plugin {
  return {
    name: id,
    enforce: 'pre',
    resolveId: (asked) => (asked === id ? `\0${id}` : undefined),
    load: (asked) => (asked === `\0${id}` ? code() : undefined),
  };
}
