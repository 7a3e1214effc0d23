import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bundle } from '../dev-server/bundle.ts';
import { sourceOf } from './source-position.ts';

describe('the source of an error', () => {
  it('is the learner’s own file, line and column, through the bundle', async () => {
    const root = mkdtempSync(join(tmpdir(), 'source-'));
    try {
      mkdirSync(join(root, 'exercises/02-x'), { recursive: true });
      writeFileSync(
        join(root, 'exercises/02-x/helper.ts'),
        'export function fail(what: string): never {\n  throw new Error(what);\n}\n',
      );
      writeFileSync(
        join(root, 'exercises/02-x/mine.ts'),
        "import { fail } from './helper.ts';\n\ninterface Unused {\n  readonly a: number;\n}\n\nexport function pick(): Unused {\n  return fail('nothing to pick');\n}\n",
      );
      const built = await bundle(root, 'exercises/02-x/mine.ts');
      if (!built.ok) throw new Error('does not build');
      writeFileSync(join(root, 'bundle.mjs'), built.code);
      const print = "import { pick } from './bundle.mjs'; try { pick(); } catch (error) { console.log(error.stack); }";
      const run = spawnSync(process.execPath, ['--input-type=module', '-e', print], { cwd: root, encoding: 'utf8' });
      const stack = run.stdout.replaceAll(/file:[^\s)]*bundle\.mjs/g, 'blob:x');
      expect(sourceOf(stack, built.code).slice(0, 2)).toEqual([
        { file: 'exercises/02-x/helper.ts', line: 2, column: 9 },
        { file: 'exercises/02-x/mine.ts', line: 8, column: 10 },
      ]);
    } finally {
      rmSync(root, { recursive: true });
    }
  });

  it('is unknown when the stack never enters the bundle', () => {
    expect(sourceOf('Error: x\n    at https://example.org/a.js:1:2', 'code')).toEqual([]);
  });
});
