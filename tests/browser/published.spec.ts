import { globSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BuiltSite, buildSite } from './built-site.ts';
import { launchChromium } from './chromium.ts';

const LESSON = '/02-load-balancing/';
const LESSONS = [LESSON, '/04-caching-and-cdn/'];
const IN_BOTH_LANGUAGES = LESSONS.flatMap((path) => [path, `/ko${path}`]);

let browser: Browser;
let site: BuiltSite;
beforeAll(async () => {
  [browser, site] = await Promise.all([launchChromium(), buildSite()]);
});
afterAll(async () => {
  await browser?.close();
  site?.stop();
});

/** Hands over a page with its first simulation run and standing still, and closes it afterwards. */
async function visit<T>(path: string, options: BrowserContextOptions, use: (page: Page) => Promise<T>): Promise<T> {
  const context = await browser.newContext(options);
  try {
    const page = await context.newPage();
    await page.goto(site.url + path);
    return await use(page);
  } finally {
    await context.close();
  }
}

const stage = (page: Page) => page.locator('ztm-simulation .stage').first();
const clock = async (page: Page) => Number(await page.locator('ztm-simulation .clock strong').first().textContent());
const figure = (page: Page, lane: number) => page.locator('ztm-simulation .lane .number').nth(lane).textContent();

async function settled(page: Page): Promise<void> {
  await stage(page).scrollIntoViewIfNeeded();
  await expect.poll(() => figure(page, 0), { timeout: 20_000 }).toMatch(/\d/);
  await stage(page).focus();
  await page.keyboard.press('End');
  await expect.poll(() => page.locator('ztm-simulation').first().getAttribute('data-playing')).toBe(null);
}

describe('every page', () => {
  it('has its twin in the other language', () => {
    const english = site.pages.filter((page) => !page.startsWith('/ko/'));
    const korean = site.pages.filter((page) => page.startsWith('/ko/')).map((page) => page.slice('/ko'.length));
    expect(english.length).toBeGreaterThan(4);
    expect(korean.sort()).toEqual([...english].sort());
  });

  it('says which language it is in', () => {
    for (const page of site.pages) {
      expect(site.html(page)).toMatch(page.startsWith('/ko/') ? /<html[^>]* lang="ko"/ : /<html[^>]* lang="en"/);
    }
  });

  it('links only to pages and sections that exist', () => {
    const anchors = new Map(
      site.pages.map((page) => [page, new Set([...site.html(page).matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id))]),
    );
    const dead = site.pages.flatMap((page) =>
      [...site.html(page).matchAll(/<a\s[^>]*?href="([^"]*)"/g)].flatMap(([, href]) => {
        const target = new URL(href!.replaceAll('&amp;', '&'), `http://here${page}`);
        if (target.host !== 'here' || target.hash === '#_top') return [];
        const ids = anchors.get(target.pathname) ?? anchors.get(`${target.pathname}/`);
        const found = ids && (target.hash === '' || ids.has(decodeURIComponent(target.hash.slice(1))));
        return found ? [] : [`${page} → ${href}`];
      }),
    );
    expect(dead).toEqual([]);
  });

  it('asks nothing of any other host', async () => {
    for (const path of ['/', ...LESSONS]) {
      const foreign: string[] = [];
      await visit('/404-nothing-here', {}, async (page) => {
        page.on('request', (request) => {
          if (!request.url().startsWith(site.url) && !/^(blob|data):/.test(request.url())) foreign.push(request.url());
        });
        await page.goto(site.url + path, { waitUntil: 'networkidle' });
      });
      expect(foreign).toEqual([]);
    }
  });
});

describe('a simulation', () => {
  it.each(IN_BOTH_LANGUAGES)('of %s starts by itself when it is seen', (path) =>
    visit(path, { viewport: { width: 1280, height: 900 } }, async (page) => {
      await stage(page).scrollIntoViewIfNeeded();
      await expect.poll(() => clock(page), { timeout: 20_000 }).toBeGreaterThan(0.5);
      await page.locator('footer').scrollIntoViewIfNeeded();
      await expect.poll(() => page.locator('ztm-simulation').first().getAttribute('data-playing')).toBe(null);
    }),
  );

  it('waits, and moves in steps, where motion is reduced', () =>
    visit(LESSON, { reducedMotion: 'reduce' }, async (page) => {
      await stage(page).scrollIntoViewIfNeeded();
      await page.locator('ztm-simulation').first().locator('.lane canvas[width]').first().waitFor();
      await expect.poll(() => page.locator('ztm-simulation .chart').count(), { timeout: 20_000 }).toBeGreaterThan(0);
      expect(await clock(page)).toBe(0);
      await page.locator('ztm-simulation .play').first().click();
      await expect.poll(() => clock(page)).toBeGreaterThan(0);
      await page.locator('ztm-simulation .play').first().click();
      expect((await clock(page)) % 0.25).toBeLessThan(0.25);
    }));

  it('steps from one request to the next and back', () =>
    visit(LESSON, {}, async (page) => {
      await settled(page);
      await page.keyboard.press('Home');
      await page.locator('ztm-simulation .step').first().click();
      const first = await clock(page);
      await page.locator('ztm-simulation .step').first().click();
      const second = await clock(page);
      expect(second).toBeGreaterThan(first);
      await page.locator('ztm-simulation .step-back').first().click();
      expect(await clock(page)).toBe(first);
    }));

  it('changes with its preset, and the same seed brings the same figures back', () =>
    visit(LESSON, {}, async (page) => {
      await settled(page);
      const slow = await figure(page, 0);
      const presets = page.locator('ztm-simulation').first().locator('.presets input');
      await presets.nth(1).check({ force: true });
      await stage(page).focus();
      await page.keyboard.press('End');
      await expect.poll(() => figure(page, 0)).not.toBe(slow);
      await presets.nth(0).check({ force: true });
      await stage(page).focus();
      await page.keyboard.press('End');
      await expect.poll(() => figure(page, 0)).toBe(slow);
    }));

  it('shows a killed server in the picture, in the log and in the address, and undoes it', () =>
    visit(LESSON, {}, async (page) => {
      await settled(page);
      const before = await figure(page, 0);
      const simulation = page.locator('ztm-simulation').first();
      await simulation.locator('.log summary').click();
      await page.keyboard.press('Tab');
      await stage(page).focus();
      for (const key of ['Home', 'Shift+ArrowRight', 'Shift+ArrowRight', '2', 'k', 'End'])
        await page.keyboard.press(key);
      await expect.poll(() => simulation.locator('.lane.baseline .server.down').count()).toBe(1);
      expect(await simulation.locator('.log').textContent()).toContain('S2 down');
      expect(page.url()).toContain('do=2000:kill:server-2');
      await page.keyboard.press('u');
      await expect.poll(() => simulation.locator('.lane.baseline .server.down').count()).toBe(0);
      await expect.poll(() => figure(page, 0)).toBe(before);
    }));

  it('draws caches and edge servers, calls them by their Korean names and lets them be killed', () =>
    visit(`/ko/04-caching-and-cdn/?scene=cache-size&do=2000:kill:cache&at=4000`, {}, async (page) => {
      const cache = page.locator('#scene-cache-size');
      await cache.locator('.stage').scrollIntoViewIfNeeded();
      await expect.poll(() => cache.locator('.server.cache.down').count(), { timeout: 20_000 }).toBeGreaterThan(1);
      expect(await cache.locator('select.target option').allTextContents()).toEqual(['캐시', '데이터베이스']);
      await cache.locator('.log summary').click();
      expect(await cache.locator('.log').textContent()).toContain('캐시 종료됨');
      const cdn = page.locator('#scene-cdn');
      await cdn.locator('.stage').scrollIntoViewIfNeeded();
      await expect.poll(() => cdn.locator('.lane.reference .server.edge').count(), { timeout: 20_000 }).toBe(4);
      expect(await cdn.locator('.lane.baseline .topology').textContent()).toMatch(/서울.*도쿄.*버지니아.*프랑크푸르트/);
    }));

  it('lets a server be cut off and reached again by the keyboard, and keeps both in the address', () =>
    visit('/02-load-balancing/?scene=slow-server', {}, async (page) => {
      const simulation = page.locator('#scene-slow-server');
      await simulation.locator('.stage').scrollIntoViewIfNeeded();
      await expect.poll(() => figure(page, 0), { timeout: 20_000 }).toMatch(/\d/);
      await simulation.locator('.stage').focus();
      await page.keyboard.press(' ');
      await page.keyboard.press('2');
      await page.keyboard.press('c');
      await page.keyboard.press('Shift+ArrowRight');
      await expect.poll(() => simulation.locator('.server.cut .state').first().textContent()).toBe('cut off');
      await page.keyboard.press('r');
      await page.keyboard.press('Shift+ArrowRight');
      await expect.poll(() => simulation.locator('.server.cut').count()).toBe(0);
      expect(page.url()).toMatch(/do=\d+:partition:server-2,\d+:heal:server-2/);
      expect(site.html('/04-caching-and-cdn/')).toContain('data-command="hang"');
      expect(site.html('/04-caching-and-cdn/')).not.toContain('data-command="partition"');
    }));

  it('lights up what the words of the lesson on caches name', () =>
    visit('/04-caching-and-cdn/', {}, async (page) => {
      const shapes = {
        cache: '.server.cache',
        database: '.server.database',
        edge: '.server.edge',
        origin: '.server.origin',
      };
      const cdn = page.locator('#scene-cdn');
      await cdn.locator('.stage').scrollIntoViewIfNeeded();
      await expect.poll(() => cdn.locator('.server.edge').count(), { timeout: 20_000 }).toBeGreaterThan(0);
      for (const [of, shape] of Object.entries(shapes)) {
        await page.locator(`ztm-term[data-of="${of}"]`).first().focus();
        const lit = await page.locator('.server').evaluateAll((all, named) => {
          const opacity = (each: Element) => getComputedStyle(each).opacity;
          return {
            named: all.filter((each) => each.matches(named)).map(opacity),
            other: all.filter((each) => !each.matches(named)).map(opacity),
          };
        }, shape);
        expect([of, ...new Set(lit.named)]).toEqual([of, '1']);
        expect(new Set(lit.other)).toEqual(new Set(['0.25']));
      }
    }));

  it('opens as its address says', () =>
    visit(
      `${LESSON}?scene=slow-server&preset=all-healthy&seed=7&exercise=round-robin&do=3000:kill:server-1&at=6000`,
      {},
      async (page) => {
        const simulation = page.locator('#scene-slow-server');
        await simulation.locator('.stage').scrollIntoViewIfNeeded();
        await expect.poll(() => simulation.locator('.server.down').count(), { timeout: 20_000 }).toBeGreaterThan(0);
        expect(await clock(page)).toBe(6);
        expect(await simulation.locator('.seed input').inputValue()).toBe('7');
        expect(await simulation.locator('.presets input').nth(1).isChecked()).toBe(true);
        expect(await simulation.locator('.exercise-choice').inputValue()).toBe('round-robin');
      },
    ));

  it.each(LESSONS)('of %s can be worked with the keyboard alone, from the presets to the log', (path) =>
    visit(path, {}, async (page) => {
      const simulation = page.locator('ztm-simulation').first();
      await simulation.locator('.stage').scrollIntoViewIfNeeded();
      await expect.poll(() => figure(page, 0), { timeout: 20_000 }).toMatch(/\d/);
      // Every control but those that are off; of radio buttons, Tab stops at the chosen one.
      const controls = await simulation.evaluate((element) => {
        const all = element.querySelectorAll<HTMLElement>('button, select, input, summary, [tabindex="0"]');
        const reachable = [...all].filter(
          (each) => each.checkVisibility() && !each.matches(':disabled, input[type=radio]:not(:checked)'),
        );
        for (const [place, each] of reachable.entries()) each.dataset.stop = String(place);
        return reachable.map((each) => each.className || each.dataset.command || each.dataset.control || each.tagName);
      });
      for (const known of ['stage', 'exercise-choice', 'scrub', 'play', 'step', 'speed', 'target', 'kill', 'spike']) {
        expect(controls.join(' ').split(' ')).toContain(known);
      }
      await simulation.locator('.presets input').first().focus();
      const reached: string[] = [];
      for (let tab = 0; tab < controls.length; tab++) {
        reached.push(await page.evaluate(() => (document.activeElement as HTMLElement).dataset.stop ?? 'elsewhere'));
        await page.keyboard.press('Tab');
      }
      expect(reached.map((place) => controls[Number(place)])).toEqual(controls);

      await simulation.locator('.presets input').first().focus();
      await page.keyboard.press('ArrowDown');
      expect(await simulation.locator('.presets input').nth(1).isChecked()).toBe(true);
      await simulation.locator('.stage').focus();
      await page.keyboard.press('Home');
      if ((await simulation.getAttribute('data-playing')) !== null) await page.keyboard.press(' ');
      const stopped = await clock(page);
      await page.keyboard.press('Shift+ArrowRight');
      expect(await clock(page)).toBeCloseTo(stopped + 1, 1);
      await page.keyboard.press('.');
      expect(await simulation.locator('select.speed').inputValue()).toBe('2');
      await simulation.locator('.views input').first().focus();
      await page.keyboard.press('ArrowRight');
      await expect.poll(() => simulation.locator('.chart .percentile').count()).toBeGreaterThan(3);
      await simulation.locator('.scrub').focus();
      await page.keyboard.press('End');
      expect(await clock(page)).toBe(20);
      const [lane, measure] = await simulation.evaluate((element) => [
        element.querySelector('.lane-name')!.textContent,
        element.querySelector('thead th:nth-child(2)')!.textContent,
      ]);
      const told = new RegExp(`20\\.00 s: ${lane} \\d.* ${measure}`);
      await expect.poll(() => simulation.locator('.status').textContent()).toMatch(told);
    }),
  );

  it('shows how latencies are distributed, in words too, and only up to the playhead', () =>
    visit(LESSON, {}, async (page) => {
      await settled(page);
      const simulation = page.locator('ztm-simulation').first();
      await simulation.locator('.views input').nth(1).check({ force: true });
      const words = () => simulation.locator('.percentiles li').first().textContent();
      const row = (measure: number) => simulation.locator('tr[data-lane] td').nth(measure).textContent();
      const [p99, , p50, p95] = await Promise.all([0, 1, 2, 3].map(row));
      expect(await words()).toBe(`Round robin: p50 ${p50}, p95 ${p95}, p99 ${p99}`);
      expect(await simulation.locator('.chart text.value').first().textContent()).toBe(`p50 ${p50}`);
      await stage(page).focus();
      for (const key of ['Home', 'Shift+ArrowRight']) await page.keyboard.press(key);
      await expect.poll(words).not.toContain(`p99 ${p99}`);
      await page.keyboard.press('Home');
      await expect.poll(words).toBe('Round robin: p50 –, p95 –, p99 –');
      expect(await simulation.locator('.chart .bars').count()).toBe(0);
    }));

  it('lights up the shape that a word of the prose names', () =>
    visit(LESSON, {}, async (page) => {
      const word = page.locator('ztm-term').first();
      const of = await word.getAttribute('data-of');
      await word.focus();
      expect(await page.locator('ztm-simulation').first().getAttribute('data-lit')).toBe(of);
      await word.blur();
      expect(await page.locator('ztm-simulation').first().getAttribute('data-lit')).toBe(null);
    }));

  it('remembers a prediction and answers it with the scene', () =>
    visit(LESSON, {}, async (page) => {
      const predict = page.locator('ztm-predict').first();
      await predict.locator('input').nth(1).check({ force: true });
      await predict.locator('.run').click();
      const scene = await predict.getAttribute('data-scene');
      const preset = await predict.getAttribute('data-preset');
      await expect
        .poll(() =>
          page.locator(`ztm-simulation[data-scene="${scene}"] .presets input[value="${preset}"]:checked`).count(),
        )
        .toBeGreaterThan(0);
      expect(await predict.locator('details').getAttribute('open')).not.toBe(null);
      await page.reload();
      await expect.poll(() => predict.locator('input').nth(1).isChecked()).toBe(true);
    }));

  it('says in the published site how to run the course locally', () =>
    visit(`/ko${LESSON}`, {}, async (page) => {
      await settled(page);
      expect(await page.locator('.lane.yours .verdict').first().textContent()).toContain('npm ci && npm start');
    }));
});

describe('accessibility', () => {
  const cases = [...LESSONS, '/', '/exercises/round-robin/'].flatMap((page) =>
    ['', '/ko'].flatMap((language) =>
      (['light', 'dark'] as const).map((colorScheme) => ({ path: language + page, colorScheme })),
    ),
  );
  it.each(cases)('axe finds nothing on $path, $colorScheme, 390 px wide', ({ path, colorScheme }) =>
    visit(path, { viewport: { width: 390, height: 844 }, colorScheme, reducedMotion: 'reduce' }, async (page) => {
      if ((await page.locator('ztm-simulation').count()) > 0) {
        await stage(page).scrollIntoViewIfNeeded();
        await expect.poll(() => page.locator('ztm-simulation .chart').count(), { timeout: 20_000 }).toBeGreaterThan(0);
        await stage(page).focus();
        await page.keyboard.press('End');
        await page.locator('ztm-simulation .views input[value=latencies]').first().check({ force: true });
      }
      for (const details of await page.locator('details').all())
        await details.evaluate((each) => each.setAttribute('open', ''));
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(
        violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`),
      ).toEqual([]);
    }),
  );

  it.each(IN_BOTH_LANGUAGES)('nothing of %s is wider than a 360 px screen', (path) =>
    visit(path, { viewport: { width: 360, height: 740 } }, async (page) => {
      await settled(page);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    }),
  );
});

describe('other ways of looking at it', () => {
  it('keeps signs apart from what they stand on in forced colours, and says which choices are made', () =>
    visit(LESSON, { forcedColors: 'active' }, async (page) => {
      await settled(page);
      for (const key of ['Home', 'Shift+ArrowRight', 'Shift+ArrowRight']) await page.keyboard.press(key);
      const simulation = page.locator('ztm-simulation').first();
      const style = (selector: string, property: string) =>
        simulation
          .locator(selector)
          .first()
          .evaluate((element, name) => getComputedStyle(element).getPropertyValue(name), property);
      expect(await style('.play', 'color')).not.toBe(await style('.play', 'background-color'));
      for (const group of ['.presets', '.views']) {
        const chosen = await style(`${group} input:checked + span`, 'border-bottom-color');
        expect(await style(`${group} input:not(:checked) + span`, 'border-bottom-color')).not.toBe(chosen);
      }
      await simulation.locator('.views input').nth(1).check({ force: true });
      expect(await style('.scrub', 'forced-color-adjust')).toBe('none');
      const colours = await simulation.evaluate((element) => {
        const canvas = element.querySelector('canvas')!;
        const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
        const found = new Set<number>();
        for (let i = 0; i < data.length; i += 4)
          if (data[i + 3] === 255) found.add((data[i]! << 16) | (data[i + 1]! << 8) | data[i + 2]!);
        const probe = element.appendChild(document.createElement('i'));
        const system = ['CanvasText', 'GrayText'].map((name) => {
          probe.style.color = name;
          const [r = 0, g = 0, b = 0] = getComputedStyle(probe).color.match(/\d+/g)!.map(Number);
          return (r << 16) | (g << 8) | b;
        });
        return system.map((colour) => found.has(colour));
      });
      expect(colours).toEqual([true, true]);
    }));

  it('is a still in dark ink on paper, with its table and without its controls, whatever the theme', () =>
    visit(LESSON, { colorScheme: 'dark' }, async (page) => {
      await settled(page);
      await page.emulateMedia({ media: 'print' });
      const simulation = page.locator('ztm-simulation').first();
      for (const gone of ['.bar', '.presets', '.settings', '.views', '.scrub', '.log']) {
        expect(await simulation.locator(gone).first().isVisible()).toBe(false);
      }
      for (const kept of ['.lane .picture', '.chart', 'table']) {
        expect(await simulation.locator(kept).first().isVisible()).toBe(true);
      }
      const ink = await simulation.locator('.title').evaluate((element) => getComputedStyle(element).color);
      expect(Math.max(...ink.match(/\d+/g)!.map(Number))).toBeLessThan(80);
      const unbroken = await page.evaluate(() =>
        [...document.querySelectorAll('ztm-simulation, .exercise')].map((each) => getComputedStyle(each).breakInside),
      );
      expect(new Set(unbroken)).toEqual(new Set(['avoid']));
      const unseen = page.locator('ztm-simulation:not([data-drawn])').first();
      expect(await unseen.locator('.time').isVisible()).toBe(false);
      expect(await unseen.locator('table').isVisible()).toBe(true);
    }));
});

describe('weight', () => {
  /** Gzipped bytes of all that a page fetches until its first simulation has run, by address. */
  const fetched = (path: string, seen: boolean) =>
    visit('/404-nothing-here', {}, async (page) => {
      const sizes = new Map<string, number>();
      const bodies: Promise<void>[] = [];
      page.context().on('response', (response) => {
        const known = response.body().then((body) => void sizes.set(response.url(), gzipSync(body).length));
        bodies.push(known.catch(() => {}));
      });
      await page.goto(site.url + path, { waitUntil: 'networkidle' });
      if (seen) await settled(page);
      await page.waitForLoadState('networkidle');
      await Promise.all(bodies);
      return sizes;
    });
  const sum = (sizes: Iterable<number>) => [...sizes].reduce((total, size) => total + size, 0);
  const scripts = (sizes: Map<string, number>) => [...sizes].filter(([url]) => url.endsWith('.js'));

  it.each(IN_BOTH_LANGUAGES)('of %s with its simulation running stays under 120 kB', async (path) => {
    expect(sum((await fetched(path, true)).values())).toBeLessThanOrEqual(120_000);
  });

  it.each(LESSONS)(
    'of the scripts that %s adds stays under 45 kB, and nearly none of it comes unseen',
    async (path) => {
      const plain = new Set(scripts(await fetched('/404.html', false)).map(([url]) => url));
      const added = scripts(await fetched(path, true)).filter(([url]) => !plain.has(url));
      expect(added.some(([url]) => url.includes('worker'))).toBe(true);
      expect(sum(added.map(([, size]) => size))).toBeLessThanOrEqual(45_000);
      const inHead = site.html(path).match(/<script type="module" src="[^"]*(?:element|worker)[^"]*"/);
      expect(inHead).toBe(null);
    },
  );

  it.each(LESSONS)('does not make %s jump', (path) =>
    visit(path, { viewport: { width: 1280, height: 900 } }, async (page) => {
      await stage(page).scrollIntoViewIfNeeded();
      // It runs by itself: a key would excuse what it moves, unless the machine is slow.
      await expect.poll(() => clock(page), { timeout: 20_000 }).toBeGreaterThan(1);
      const shift = await page.evaluate(
        () =>
          new Promise<number>((done) => {
            let total = 0;
            new PerformanceObserver((list) => {
              for (const entry of list.getEntries() as (PerformanceEntry & {
                value: number;
                hadRecentInput: boolean;
              })[]) {
                if (!entry.hadRecentInput) total += entry.value;
              }
            }).observe({ type: 'layout-shift', buffered: true });
            requestAnimationFrame(() => requestAnimationFrame(() => done(total)));
          }),
      );
      expect(shift).toBeLessThanOrEqual(0.01);
    }),
  );
});

describe('what the site gives away', () => {
  /** Lines of a file that are its own: long, and no text that pages show too. */
  const telling = (file: string) =>
    readFileSync(file, 'utf8')
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line.length > 40 && !/\b(en|ko|title): |import|'/.test(line));
  const published = (built: BuiltSite) =>
    built
      .files()
      .map(({ text }) => text)
      .join('\n');

  it('is no line of a hidden suite', () => {
    const lines = globSync('grader/suites/**/*.ts').flatMap(telling);
    expect(lines.length).toBeGreaterThan(20);
    const text = published(site);
    expect(lines.filter((line) => text.includes(line))).toEqual([]);
    expect(text).not.toMatch(/fast-check|forAll\(/);
  });

  it('is no solution when solutions are withheld: no code of one, no lane for one', async () => {
    const withheld = await buildSite({ withheld: true });
    try {
      const classes = globSync('solutions/02-load-balancing/*.ts').flatMap((file) =>
        [...readFileSync(file, 'utf8').matchAll(/export class (\w+)/g)].map(([, name]) => name!),
      );
      expect(classes.length).toBeGreaterThan(2);
      const code = withheld.files().filter(({ path }) => path.endsWith('.js'));
      const exported = (name: string, built: typeof code) =>
        built.some(({ text }) => new RegExp(`export\\s*\\{[^}]*\\bas ${name}\\b`).test(text));
      const usual = site.files().filter(({ path }) => path.endsWith('.js'));
      expect(classes.filter((name) => exported(name, usual))).toEqual(classes);
      expect(classes.filter((name) => exported(name, code))).toEqual([]);
      expect(withheld.html(LESSON)).not.toContain('data-lane="reference"');
      expect(withheld.html(LESSON)).toContain('data-lane="yours"');
    } finally {
      withheld.stop();
    }
  });
});
