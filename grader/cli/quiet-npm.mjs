/**
 * Run by npm's `prepare`, after an install. `npm run grade x -- --json` must print one JSON document and nothing
 * else, but npm announces every script on stdout ("> zero-to-millions@… grade"). Only npm's own setting silences
 * that, and committing it would hide the errors of the first `npm ci`; so it is written here, once the install
 * has succeeded, into a project .npmrc that git ignores. Other lines of that file stay as they are, and a
 * `loglevel` of your own wins.
 *
 * Plain JavaScript for Node 20, no dependencies, and it never fails an install.
 */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const file = fileURLToPath(new URL('../../.npmrc', import.meta.url));
const lines = [
  '# Written after npm install: keeps npm quiet, so that `npm run grade x -- --json` prints JSON only.',
  '# To see why an install fails: npm ci --loglevel=notice',
  'loglevel=silent',
];

try {
  const before = existsSync(file) ? readFileSync(file, 'utf8') : '';
  if (!/^[ \t]*loglevel[ \t]*=/m.test(before)) {
    const gap = before === '' || before.endsWith('\n') ? '' : '\n';
    const draft = `${file}.${process.pid}.tmp`;
    writeFileSync(draft, `${before}${gap}${lines.join('\n')}\n`);
    renameSync(draft, file);
  }
} catch (error) {
  console.warn(`npm stays talkative, nothing else is affected: ${error instanceof Error ? error.message : error}`);
}
