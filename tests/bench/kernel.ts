import { existsSync } from 'node:fs';
import { build } from 'esbuild';
import { chromium } from 'playwright-core';
import type { Row } from './row.ts';
import { best, heapSort, minuteOfMillions, mm1, steady } from './runs/kernel.ts';

/**
 * Events per second of simscript 1.0.37 on the same M/M/1 at 70 % (two events a customer), on the project's two-core
 * machine: 60,000 customers in 1,255 ms, the faster of two lengths. Queue `wait`, queue `server` of capacity 1,
 * `delay` of an exponential service, `maxTimeStep: 0`, `requestAnimationFrame` as `setImmediate`. No dependency of the
 * project: another machine's ratio is only as good as its speed compared with that one.
 */
const SIMSCRIPT_EVENTS_PER_SECOND = 95_500;

const FLAGS =
  '--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync';
const MINUTE_MS = 300;
const SMALL = 100_000;

/** Speed and growth of the kernel, and a simulated minute in Node and in Chromium. */
export async function bench(): Promise<readonly Row[]> {
  mm1(200_000);
  const speed = best(5, Math.max, () => mm1(500_000));
  const minute = best(5, Math.min, minuteOfMillions);
  const inChromium = await minuteInChromium();
  const limit = `${MINUTE_MS} ms`;
  return [
    {
      name: 'kernel, M/M/1',
      value: speed,
      unit: 'events/s',
      baseline: `simscript’s ${SIMSCRIPT_EVENTS_PER_SECOND} events/s, taken apart`,
      ratio: speed / SIMSCRIPT_EVENTS_PER_SECOND,
      promise: { atLeast: 50 },
    },
    { ...growth('1,000 waiting', steady), promise: { atMost: 1.3 } },
    { ...growth('all waiting at once (the machine’s cache shows)', heapSort), promise: { atMost: 1.3 } },
    {
      name: 'a minute of 1,000 requests/s, Node',
      value: minute,
      unit: 'ms',
      baseline: limit,
      ratio: minute / MINUTE_MS,
    },
    {
      name: 'a minute of 1,000 requests/s, Chromium',
      value: inChromium,
      unit: 'ms',
      baseline: limit,
      ratio: inChromium / MINUTE_MS,
      promise: { atMost: 1 },
    },
  ];
}

/** Ten times the events: how much more than n log n? */
function growth(name: string, run: (events: number) => number): Row {
  run(SMALL);
  const small = best(7, Math.min, () => run(SMALL));
  const large = best(5, Math.min, () => run(10 * SMALL));
  const expected = (10 * Math.log(10 * SMALL)) / Math.log(SMALL);
  return {
    name: `kernel, ${SMALL} → ${10 * SMALL} events, ${name}`,
    value: large,
    unit: 'ms',
    baseline: 'n log n of the smaller',
    ratio: large / small / expected,
  };
}

async function minuteInChromium(): Promise<number> {
  const { outputFiles } = await build({
    entryPoints: [`${import.meta.dirname}/runs/kernel.ts`],
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'runs',
    target: 'es2022',
  });
  const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find((path) => existsSync(path));
  const browser = await chromium.launch({ ...(executablePath ? { executablePath } : {}), args: FLAGS.split(' ') });
  try {
    const page = await browser.newPage();
    await page.addScriptTag({ content: outputFiles[0]!.text });
    return (await page.evaluate('runs.best(5, Math.min, runs.minuteOfMillions)')) as number;
  } finally {
    await browser.close();
  }
}
