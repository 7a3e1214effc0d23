import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { courseRoot } from '../catalogue.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'quiet-'));
  mkdirSync(join(root, 'grader', 'cli'), { recursive: true });
  copyFileSync(join(courseRoot, 'grader', 'cli', 'quiet-npm.mjs'), join(root, 'grader', 'cli', 'quiet-npm.mjs'));
});
afterEach(() => rmSync(root, { recursive: true }));

const run = () => execFileSync(process.execPath, [join(root, 'grader', 'cli', 'quiet-npm.mjs')], { stdio: 'pipe' });
const npmrc = () => readFileSync(join(root, '.npmrc'), 'utf8');

describe('keeping npm quiet', () => {
  test('adds one setting and its reason, once', () => {
    run();
    const once = npmrc();
    run();
    expect(once).toMatch(/^# .*\n# .*\nloglevel=silent\n$/);
    expect(npmrc()).toBe(once);
  });

  test('leaves other lines as they are, also a last one without its line end', () => {
    writeFileSync(join(root, '.npmrc'), 'save-exact=true');
    run();
    expect(npmrc()).toMatch(/^save-exact=true\n#[\s\S]*loglevel=silent\n$/);
  });

  test('lets a log level of your own win', () => {
    writeFileSync(join(root, '.npmrc'), 'loglevel = warn\n');
    run();
    expect(npmrc()).toBe('loglevel = warn\n');
  });

  test('never fails an install', () => {
    mkdirSync(join(root, '.npmrc'));
    expect(run).not.toThrow();
  });
});
