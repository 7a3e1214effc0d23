import { launchChromium } from '../browser/chromium.ts';
import { solutionText, startDevSite } from '../browser/dev-site.ts';
import type { Row } from './row.ts';

const EXERCISE = 'least-connections';
const SAVES = 25;
const WARM_UP = 3;

/** From the moment a file is saved to the moment the page has drawn a new run of it, in Chromium on this machine. */
export async function bench(): Promise<readonly Row[]> {
  const [browser, site] = await Promise.all([launchChromium(), startDevSite()]);
  try {
    const page = await browser.newPage();
    const query = `?scene=slow-server&preset=slow-server&exercise=${EXERCISE}&at=20000`;
    await page.goto(`${site.url}/02-load-balancing/${query}`);
    const lane = page.locator('#scene-slow-server .lane.yours');
    await lane.scrollIntoViewIfNeeded();
    await lane.locator('.verdict', { hasText: 'Not written yet' }).waitFor();
    const solution = solutionText(EXERCISE);
    const took: number[] = [];
    for (let save = 0; save < SAVES + WARM_UP; save++) {
      // The page notes the moment at which it shows something new, on the clock that it shares with this process.
      const shown = lane.evaluate(
        (element) =>
          new Promise<number>((done) => {
            const observer = new MutationObserver(() => {
              observer.disconnect();
              requestAnimationFrame(() => done(Date.now()));
            });
            observer.observe(element, { attributeFilter: ['data-ran'] });
          }),
      );
      await page.evaluate(() => new Promise(requestAnimationFrame));
      const savedAt = Date.now();
      site.save(EXERCISE, `${solution}\n// saved ${save} times\nexport const saves = ${save};\n`);
      const ms = (await shown) - savedAt;
      if (save >= WARM_UP) took.push(ms);
      await lane.evaluate(() => new Promise((settled) => setTimeout(settled, 300)));
    }
    took.sort((a, b) => a - b);
    const median = took[Math.floor(took.length / 2)]!;
    return [
      {
        name: 'save to new run, median',
        value: median,
        unit: 'ms',
        baseline: 'the goal of 200 ms',
        ratio: median / 200,
        promise: { atMost: 1 },
      },
      { name: 'save to new run, slowest of 25', value: took[took.length - 1]!, unit: 'ms' },
    ];
  } finally {
    await browser.close();
    await site.stop();
  }
}
