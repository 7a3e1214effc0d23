import { mkdirSync, readFileSync } from 'node:fs';
import { launchChromium } from '../tests/browser/chromium.ts';
import { inPlace, startDevSite } from '../tests/browser/dev-site.ts';

/**
 * Makes the README's picture, `docs/scene.png`: the slow-server scene as it runs, with a wrong answer in the learner's
 * lane that its author would meet. Run with `npx tsx site/screenshot.ts`.
 */
const FILE = 'docs/scene.png';
const EXERCISE = 'least-connections';

mkdirSync('docs', { recursive: true });
const [browser, site] = await Promise.all([launchChromium(), startDevSite()]);
try {
  const answer = `grader/misconceptions/02-load-balancing/${EXERCISE}/counts-served.ts`;
  site.save(EXERCISE, inPlace(readFileSync(answer, 'utf8')));
  const page = await browser.newPage({
    viewport: { width: 1440, height: 2000 },
    deviceScaleFactor: 1.5,
    colorScheme: 'light',
  });
  const query = `scene=slow-server&preset=slow-server&seed=7&exercise=${EXERCISE}&at=11000`;
  await page.goto(`${site.url}/02-load-balancing/?${query}`);
  const simulation = page.locator('#scene-slow-server');
  await simulation.locator('.stage').scrollIntoViewIfNeeded();
  for (const lane of ['yours', 'reference']) {
    await simulation.locator(`tr[data-lane="${lane}"] td`, { hasText: /\d/ }).first().waitFor();
  }
  await simulation.locator('.grade').click();
  await simulation.locator('.graded strong').first().waitFor();
  await simulation.evaluate((element) => {
    for (const extra of element.querySelectorAll<HTMLElement>('.log, .keys, .note')) extra.hidden = true;
  });
  await page.mouse.move(0, 0);
  await simulation.screenshot({ path: FILE });
  console.log(FILE);
} finally {
  await browser.close();
  await site.stop();
}
