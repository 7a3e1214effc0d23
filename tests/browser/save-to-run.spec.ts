import { readFileSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launchChromium } from './chromium.ts';
import { type DevSite, inPlace, solutionText, startDevSite } from './dev-site.ts';

const EXERCISE = 'least-connections';
const PAGE = `/02-load-balancing/?scene=slow-server&preset=slow-server&exercise=${EXERCISE}`;

let browser: Browser;
let site: DevSite;
let page: Page;
let stub: string;
let navigations: number;
let troubles: string[];

beforeAll(async () => {
  [browser, site] = await Promise.all([launchChromium(), startDevSite()]);
  stub = site.read(EXERCISE);
});
afterAll(async () => {
  await browser?.close();
  await site?.stop();
});

beforeEach(async () => {
  site.save(EXERCISE, stub);
  page = await (await browser.newContext()).newPage();
  troubles = [];
  page.on('pageerror', (error) => troubles.push(error.message));
  await page.goto(site.url + PAGE);
  await page.locator('#scene-slow-server .stage').scrollIntoViewIfNeeded();
  await lane().locator('.verdict', { hasText: 'Not written yet' }).waitFor();
  navigations = 0;
  page.on('framenavigated', (frame) => {
    if (frame === page.mainFrame()) navigations++;
  });
});
afterEach(async () => {
  await page.context().close();
});

const lane = () => page.locator('#scene-slow-server .lane.yours');
const verdict = () => lane().locator('.verdict');
const cell = (row: string) => page.locator(`#scene-slow-server tr[data-lane="${row}"] td`).first();

/** Saves and waits until the page shows what came of it. */
async function saveAndWait(text: string): Promise<void> {
  const before = (await lane().getAttribute('data-ran')) ?? '0';
  site.save(EXERCISE, text);
  await expect.poll(() => lane().getAttribute('data-ran'), { timeout: 20_000 }).not.toBe(before);
}

function wrongAnswer(): string {
  return inPlace(readFileSync(`grader/misconceptions/02-load-balancing/${EXERCISE}/counts-served.ts`, 'utf8'));
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function pauseAtTheEnd(): Promise<void> {
  await page.locator('#scene-slow-server .stage').focus();
  await page.keyboard.press('End');
}

describe('saving an exercise while the page is open', () => {
  it('tells where to begin as long as the stub is untouched, and gives it no figures', async () => {
    await pauseAtTheEnd();
    expect(await verdict().textContent()).toContain(`exercises/02-load-balancing/${EXERCISE}.ts`);
    expect(await cell('yours').textContent()).toBe('–');
  });

  it('runs the new code in place, equal to the reference when it is right', async () => {
    await saveAndWait(solutionText(EXERCISE));
    await pauseAtTheEnd();
    await expect.poll(() => cell('yours').textContent()).toMatch(/\d/);
    await expect
      .poll(async () => (await cell('yours').textContent()) === (await cell('reference').textContent()))
      .toBe(true);
    expect(await verdict().isHidden()).toBe(true);
    expect(navigations).toBe(0);
    expect(troubles).toEqual([]);
  });

  it('shows a syntax error with file and line, and keeps the last good picture', async () => {
    await saveAndWait(solutionText(EXERCISE));
    await pauseAtTheEnd();
    await expect.poll(() => cell('yours').textContent()).toMatch(/\d/);
    const good = await cell('yours').textContent();
    await saveAndWait('export class LeastConnections {\n  acquire() { const = 1; }\n}\n');
    expect(await verdict().textContent()).toMatch(new RegExp(`exercises/02-load-balancing/${EXERCISE}\\.ts:2:21`));
    expect(await verdict().textContent()).toContain('last good version');
    expect(await cell('yours').textContent()).toBe(good);
    expect(await page.locator('#scene-slow-server .lane.yours canvas').isVisible()).toBe(true);
    expect(navigations).toBe(0);
  });

  it('shows what the code threw, at its own line', async () => {
    await saveAndWait(
      "export class LeastConnections {\n  acquire(): never {\n    throw new RangeError('nobody home');\n  }\n}\n",
    );
    expect(await verdict().textContent()).toContain(
      `exercises/02-load-balancing/${EXERCISE}.ts:3:11  RangeError: nobody home`,
    );
    await saveAndWait(solutionText(EXERCISE));
    expect(await verdict().isHidden()).toBe(true);
  });

  it('survives an endless loop: the page stays responsive and the next save runs', async () => {
    await saveAndWait('export class LeastConnections {\n  acquire() {\n    for (;;) {}\n  }\n}\n');
    expect(await verdict().textContent()).toContain('did not finish within 3.0 s');
    await page.locator('#scene-slow-server .step').click({ timeout: 2_000 });
    await saveAndWait(solutionText(EXERCISE));
    expect(await verdict().isHidden()).toBe(true);
    expect(navigations).toBe(0);
  });

  it('refuses imports from outside the exercises in plain words', async () => {
    await saveAndWait("import { readFileSync } from 'node:fs';\nexport const x = readFileSync;\n");
    expect(await verdict().textContent()).toContain('"node:fs" cannot be imported here: only files in exercises/');
  });
});

describe('the Grade button', () => {
  const graded = () => lane().locator('.graded');

  it('brings the misconception under the lane, with the section that explains it', async () => {
    await saveAndWait(wrongAnswer());
    await page.locator('#scene-slow-server .grade').click();
    await expect.poll(() => graded().textContent(), { timeout: 30_000 }).toMatch(/\d+ of \d+ checks pass/);
    expect(await graded().locator('a').first().getAttribute('href')).toContain('/02-load-balancing/#');

    const current = graded().locator('.case [aria-current=step]');
    const last = await current.textContent();
    expect(await graded().locator('.case ol').textContent()).toContain('expected');
    await graded().locator('.case button').first().press('Enter');
    await page.keyboard.press('ArrowLeft');
    expect(await current.textContent()).not.toBe(last);
    expect(await graded().locator('.case .to-come').count()).toBe(2);
    const told = `: ${await current.textContent()}`;
    await expect.poll(() => graded().locator('[role=status]').textContent(), { timeout: 3_000 }).toContain(told);
    const { violations } = await new AxeBuilder({ page }).include('#scene-slow-server').analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 160)}`)).toEqual([]);

    await saveAndWait(solutionText(EXERCISE));
    expect(await graded().isHidden()).toBe(true);
  });

  it('is the grader’s own verdict: all checks pass for the solution', async () => {
    await saveAndWait(solutionText(EXERCISE));
    await page.locator('#scene-slow-server .grade').click();
    await expect.poll(() => graded().textContent(), { timeout: 30_000 }).toMatch(/(\d+) of \1 checks pass/);
  });

  it('turns each check as it is judged, and says which one is being judged', async () => {
    await saveAndWait(wrongAnswer());
    await lane().evaluate((element) => {
      const seen: string[] = [];
      Object.assign(window, { seen });
      const note = () => {
        const head = element.querySelector('.graded p')?.textContent ?? '';
        seen.push(`${element.querySelector('.graded .signs')?.textContent ?? ''} ${head}`);
      };
      new MutationObserver(note).observe(element, { childList: true, subtree: true, characterData: true });
    });
    await page.locator('#scene-slow-server .grade').click();
    await graded().locator('strong').first().waitFor({ timeout: 30_000 });
    const seen = (await page.evaluate('seen')) as string[];
    const verdict = (await graded().locator('.signs').textContent())!;
    expect(verdict).toMatch(/^[✓✗]+$/);
    expect(verdict).toContain('✓');
    for (let n = 1; n <= verdict.length; n++) {
      const signs = `${verdict.slice(0, n - 1)}▸${'○'.repeat(verdict.length - n)}`;
      expect(seen.filter((each) => each.startsWith(`${signs} Check ${n} of ${verdict.length}: `))).not.toEqual([]);
    }
  });

  it('leads from a failing check to its case, and from a failing scenario to its replay in place', async () => {
    await saveAndWait(wrongAnswer());
    await page.locator('#scene-slow-server .grade').click();
    await graded().locator('.checks summary').click({ timeout: 30_000 });
    const first = await graded().locator('.case ol').textContent();
    await graded().locator('.checks button', { hasText: 'in the simulation' }).click();
    expect(await graded().locator('.case ol').textContent()).not.toBe(first);

    const link = graded().getByText('see it happen').first();
    const href = new URL((await link.getAttribute('href'))!, site.url);
    const opened = await page.context().newPage();
    await opened.goto(href.href);
    await opened.locator('#scene-slow-server .stage').scrollIntoViewIfNeeded();
    const theirs = opened.locator('#scene-slow-server .lane.yours');
    await expect.poll(() => theirs.getAttribute('data-ran'), { timeout: 20_000 }).not.toBe(null);
    await opened.locator('#scene-slow-server .stage').focus();
    await opened.keyboard.press('End');
    const ofAddress = opened.locator('#scene-slow-server tr[data-lane=yours] td').first();
    await expect.poll(() => ofAddress.textContent(), { timeout: 5_000 }).toMatch(/\d/);

    const simulation = page.locator('#scene-slow-server');
    await page.evaluate('window.stays = true');
    await link.click();
    await expect.poll(() => page.url()).toContain(`seed=${href.searchParams.get('seed')}`);
    expect(await simulation.locator('[data-control=costs]').inputValue()).toBe(href.searchParams.get('p.costs'));
    expect(await simulation.locator('.exercise-choice').inputValue()).toBe(EXERCISE);
    await pauseAtTheEnd();
    const figure = await ofAddress.textContent();
    await expect.poll(() => cell('yours').textContent(), { timeout: 10_000 }).toBe(figure);
    expect(await graded().textContent()).toMatch(/\d+ of \d+ checks pass/);
    expect(await page.evaluate('stays')).toBe(true);
  });

  it('is given up by pressing it again, or by leaving the page, and nothing of it survives', async () => {
    // Some 200 ms for each call: the grading would take many seconds more.
    await saveAndWait(
      solutionText(EXERCISE).replace('acquire(): Lease {', 'acquire(): Lease {\n    for (let i = 0; i < 2e8; i++);'),
    );
    const button = page.locator('#scene-slow-server .grade');
    const begin = async (): Promise<number[]> => {
      const before = site.children();
      await button.click();
      await graded().locator('.signs').waitFor({ timeout: 30_000 });
      const started = site.children().filter((pid) => !before.includes(pid));
      expect(started.length).toBeGreaterThan(1);
      return started;
    };
    const first = await begin();
    await button.click();
    await expect.poll(() => first.filter(isAlive), { timeout: 5_000 }).toEqual([]);
    expect(await graded().isHidden()).toBe(true);
    expect(await button.textContent()).toContain('Grade');

    const second = await begin();
    await page.goto('about:blank');
    await expect.poll(() => second.filter(isAlive), { timeout: 5_000 }).toEqual([]);
  });

  it('grades nobody’s file but the learner’s, and only when asked with POST from this page', async () => {
    const ask = (id: string, init: RequestInit) => fetch(`${site.url}/@course/grade/${id}`, init);
    expect((await ask(EXERCISE, {})).status).toBe(405);
    expect((await ask('nosuch', { method: 'POST' })).status).toBe(404);
    expect((await ask(EXERCISE, { method: 'POST', headers: { origin: 'http://evil.example' } })).status).toBe(403);
  });
});

describe('the address that serves a learner’s code', () => {
  const code = (id: string, headers: Record<string, string> = {}) =>
    fetch(`${site.url}/@course/code/${id}`, { headers, redirect: 'manual' });

  it('knows the course’s own exercises and nothing else', async () => {
    expect((await code(EXERCISE)).status).toBe(200);
    expect((await code('contract')).status).toBe(404);
    expect((await code('nosuch')).status).toBe(404);
    expect((await code('..%2f..%2fpackage')).status).toBe(404);
  });

  it('answers no other site’s page', async () => {
    expect((await code(EXERCISE, { origin: 'http://evil.example' })).status).toBe(403);
  });
});
