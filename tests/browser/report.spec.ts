import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchChromium } from './chromium.ts';

const ANSWER = 'grader/misconceptions/02-load-balancing/least-connections/counts-served.ts';

let browser: Browser;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'report-'));
  browser = await launchChromium();
});

afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true });
});

/** Grades a wrong answer as a learner would, and returns the address of the report on disk. */
function report(language: 'en' | 'ko'): string {
  const file = join(folder, `${language}.html`);
  const args = ['grader/cli/grade.ts', 'least-connections', '--file', ANSWER, '--lang', language, '--report', file];
  const run = spawnSync(process.execPath, ['--import', 'tsx', ...args], {
    env: { ...process.env, ZERO_TO_MILLIONS_PROGRESS: join(folder, '.progress') },
    encoding: 'utf8',
  });
  expect(run.status, run.stderr).toBe(1);
  return pathToFileURL(file).href;
}

it.each(['en', 'ko'] as const)(
  'a report opens from disk, offline, and replays the failing scenario (%s)',
  async (language) => {
    const context = await browser.newContext({ viewport: { width: 390, height: 844 }, offline: true });
    const page = await context.newPage();
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    const address = report(language);
    await page.goto(address);
    expect(await page.locator('html').getAttribute('lang')).toBe(language);

    await page.locator('.replay button').first().click();
    await page.locator('.replay table').first().waitFor({ timeout: 30_000 });
    const slider = page.locator('.replay input[type=range]').first();
    await slider.focus();
    await page.keyboard.press('End');
    expect(await page.locator('.replay output').first().textContent()).toMatch(/^20\.0 s$/);

    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id }) => id)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    expect(asked.filter((url) => url !== address && !url.startsWith('blob:') && !url.startsWith('data:'))).toEqual([]);
    await context.close();
  },
);
