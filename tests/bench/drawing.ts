import { build } from 'esbuild';
import type { Page } from 'playwright-core';
import { printAddress } from '../../simulator/address.ts';
import { NEVER, type Trace } from '../../simulator/trace.ts';
import { type BuiltSite, buildSite } from '../browser/built-site.ts';
import { launchChromium } from '../browser/chromium.ts';
import type { Row } from './row.ts';
import type { Frames } from './runs/frames.ts';

/** Four healthy servers near their limit after a second of four times the traffic: all three lanes stay full. */
const SITUATION = {
  scene: 'slow-server',
  preset: 'all-healthy',
  seed: 1,
  exercise: 'least-connections',
  params: { speed: 100, costs: 'varied', load: 95 },
  commands: [{ atMs: 0, kind: 'spike', factor: 4, forMs: 1_000 }],
} as const;
const FROM_MS = 2_000;
const WATCHED_MS = 8_000;
const LANES = 3;
const IN_FLIGHT = 500;
const FRAME_MS = 1000 / 60;

/** Whether three full lanes are drawn with every frame of the screen, in Chromium on this machine. */
export async function bench(): Promise<readonly Row[]> {
  const fewest = await fewestInFlight();
  if (fewest < IN_FLIGHT) throw new Error(`only ${fewest} requests are in flight in some lane: the scene has changed`);
  const [browser, site] = await Promise.all([launchChromium(), buildSite()]);
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 1000 } });
    await page.addInitScript(await frameCounter());
    const empty = await framesOf(page, async () => void (await page.goto('about:blank')));
    const drawn = await framesOf(page, () => play(page, site));
    const emptyMs = median(empty.apart);
    const work = median(drawn.work);
    const name = `drawing ${LANES} lanes with ${IN_FLIGHT} in flight`;
    return [
      {
        name: `${name}, frame, median`,
        value: median(drawn.apart),
        unit: 'ms',
        baseline: `an empty page’s frame (${emptyMs.toFixed(1)} ms)`,
        ratio: median(drawn.apart) / emptyMs,
        promise: { atMost: 1.05 },
      },
      {
        name: `${name}, dropped frames`,
        value: dropped(drawn.apart, emptyMs),
        unit: `% (an empty page: ${dropped(empty.apart, emptyMs).toFixed(1)} %)`,
      },
      {
        name: `${name}, the page’s own work, median`,
        value: work,
        unit: 'ms',
        baseline: 'a frame at 60 per second',
        ratio: work / FRAME_MS,
      },
    ];
  } finally {
    await browser.close();
    site.stop();
  }
}

async function play(page: Page, site: BuiltSite): Promise<void> {
  await page.goto(`${site.url}/02-load-balancing/?${printAddress({ ...SITUATION, atMs: FROM_MS })}`);
  const simulation = page.locator('#scene-slow-server');
  await simulation.locator('.stage').scrollIntoViewIfNeeded();
  await simulation.locator('tr[data-lane=reference] td', { hasText: /\d/ }).first().waitFor();
  if ((await simulation.locator('.lane').count()) !== LANES) throw new Error('the scene has other lanes now');
  await simulation.locator('.play').click();
}

async function frameCounter(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [`${import.meta.dirname}/runs/frames.ts`],
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'frameCounter',
    footer: { js: 'globalThis.frameCounter = frameCounter;' },
    target: 'es2022',
  });
  return outputFiles[0]!.text;
}

async function framesOf(page: Page, start: () => Promise<void>): Promise<Frames> {
  await start();
  return (await page.evaluate(`frameCounter.watch(${WATCHED_MS})`)) as Frames;
}

/** Percent of the screen's frames for which nothing new was there in time. */
function dropped(apart: readonly number[], frameMs: number): number {
  const missed = apart.reduce((sum, ms) => sum + Math.max(0, Math.round(ms / frameMs) - 1), 0);
  return (100 * missed) / (missed + apart.length);
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** Smallest number of requests that are on their way in any lane at any whole 100 ms of the time watched. */
async function fewestInFlight(): Promise<number> {
  const { scene } = await import('../../lessons/02-load-balancing/scenes/slow-server.ts');
  const solution = await import('../../solutions/02-load-balancing/least-connections.ts');
  const strategies = [scene.baselines[0]!.make, scene.exercises[SITUATION.exercise]!.adapt({ ...solution })];
  const traces = await Promise.all(strategies.map((each) => scene.run(scene.plan(SITUATION.params), each, SITUATION)));
  const moments = Array.from({ length: WATCHED_MS / 100 + 1 }, (_, i) => (FROM_MS + i * 100) * 1000);
  return Math.min(...traces.flatMap((trace) => moments.map((atUs) => inFlight(trace, atUs))));
}

function inFlight({ requests: { arrivedUs, endedUs } }: Trace, atUs: number): number {
  return arrivedUs.reduce((sum, us, i) => sum + Number(us <= atUs && (endedUs[i] === NEVER || endedUs[i]! > atUs)), 0);
}
