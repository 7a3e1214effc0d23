import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

/** The complaints about one line of code, linted with the project's rules as if it stood in `file`. */
function complaints(file: string, code: string): string[] {
  const house = mkdtempSync(join(tmpdir(), 'arrows-'));
  try {
    const config = JSON.parse(readFileSync('biome.json', 'utf8')) as Record<string, unknown>;
    writeFileSync(join(house, 'biome.json'), JSON.stringify({ ...config, $schema: undefined, vcs: undefined }));
    cpSync('lint', join(house, 'lint'), { recursive: true });
    mkdirSync(join(house, dirname(file)), { recursive: true });
    writeFileSync(join(house, file), `${code}\n`);
    const biome = resolve('node_modules/@biomejs/biome/bin/biome');
    const run = spawnSync(process.execPath, [biome, 'lint', '--colors=off', file], { cwd: house, encoding: 'utf8' });
    if (run.error) throw run.error;
    const said = run.stdout + run.stderr;
    if (!said.includes('Checked 1 file')) throw new Error(`nothing was linted:\n${said}`);
    return said.match(/ (lint\/style\/noRestricted\w+|plugin) ━/g) ?? [];
  } finally {
    rmSync(house, { recursive: true });
  }
}

describe('the arrows of the house', () => {
  const forbidden: readonly [file: string, code: string][] = [
    ['simulator/new-part.ts', "import '../exercises/todo.ts';"],
    ['simulator/parts/new-part.ts', "import '../../grader/grade.ts';"],
    ['exercises/02-load-balancing/new.ts', "import '../../solutions/02-load-balancing/round-robin.ts';"],
    ['exercises/02-load-balancing/new.ts', "import '../../grader/suite.ts';"],
    ['exercises/02-load-balancing/new.ts', "import '../../site/theme.ts';"],
    ['lessons/02-load-balancing/scenes/new.ts', "import '../../../solutions/02-load-balancing/round-robin.ts';"],
    ['lessons/02-load-balancing/scenes/new.ts', "import '../../../grader/grade.ts';"],
    ['solutions/02-load-balancing/new.ts', "import '../../grader/suite.ts';"],
    ['grader/judge/new.ts', "import '../../solutions/02-load-balancing/round-robin.ts';"],
    ['grader/cli/grade.ts', "import '../../solutions/02-load-balancing/round-robin.ts';"],
    ['site/components/new.ts', "import '../../grader/catalogue.ts';"],
    ['simulator/new-part.ts', 'export const x = Math.log(2);'],
    ['simulator/new-part.ts', 'export const x = Math.random();'],
    ['simulator/new-part.ts', 'export const x = Date.now();'],
    ['lessons/02-load-balancing/scenes/new.ts', 'export const x = performance.now();'],
    ['lessons/02-load-balancing/scenes/new.ts', 'export const x = Math.pow(2, 3);'],
  ];
  it.each(forbidden)('%s may not say %s', (file, code) => {
    expect(complaints(file, code)).toHaveLength(1);
  });

  const allowed: readonly [file: string, code: string][] = [
    ['lessons/02-load-balancing/scenes/new.ts', "import '../../../simulator/scene.ts';"],
    ['lessons/02-load-balancing/scenes/new.ts', "import '../../../exercises/02-load-balancing/contract.ts';"],
    ['grader/suites/02-load-balancing/new.ts', "import '../../../lessons/02-load-balancing/scenes/slow-server.ts';"],
    ['grader/cli/solution.ts', "import '../../solutions/02-load-balancing/round-robin.ts';"],
    ['site/components/new.ts', "import '../../simulator/scene.ts';"],
    ['site/dev-server/new.ts', "import '../../grader/catalogue.ts';"],
    ['simulator/new-part.ts', 'export const x = Math.floor(2.5);'],
  ];
  it.each(allowed)('%s may say %s', (file, code) => {
    expect(complaints(file, code)).toEqual([]);
  });
});
