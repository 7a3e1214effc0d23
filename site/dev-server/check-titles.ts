import { existsSync, globSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { tsImport } from 'tsx/esm/api';
import type { Suite } from '../../grader/suite.ts';
import type { Text } from '../../simulator/text.ts';

export interface CheckTitle {
  readonly id: string;
  readonly title: Text;
}

/** Ids and titles of every exercise's checks, in the order of its suite. Nothing else of a suite leaves here. */
export async function checkTitles(root: string): Promise<Record<string, CheckTitle[]>> {
  const titles: Record<string, CheckTitle[]> = {};
  const folder = resolve(root, 'grader/suites');
  if (!existsSync(folder)) return titles;
  for (const file of globSync('*/*.ts', { cwd: folder, exclude: (name) => name.endsWith('.spec.ts') }).sort()) {
    const module = (await tsImport(pathToFileURL(resolve(folder, file)).href, import.meta.url)) as {
      suite?: Suite<never>;
    };
    if (!module.suite) continue;
    titles[basename(file, '.ts')] = module.suite.checks.map(({ id, title }) => ({ id, title }));
  }
  return titles;
}
