import { describe, expect, it } from 'vitest';
import { drawKeyedTraffic } from './keyed-traffic.ts';
import type { DailyWave, FlashCrowd } from './rate-shape.ts';
import { factorAt, flowsOf, sineOfTurns } from './rate-shape.ts';
import type { Traffic, Workload } from './traffic.ts';
import { drawTraffic } from './traffic.ts';

const SECOND = 1_000_000;
const DAY: DailyWave = { kind: 'wave', swing: 0.7, periodMs: 24_000, peakAtMs: 20_000 };
const CROWD: FlashCrowd = { kind: 'flash', atMs: 10_000, upMs: 4_000, forMs: 6_000, downMs: 8_000, factor: 3 };

function workload(perSecond: number, shape?: DailyWave | FlashCrowd): Workload {
  return {
    arrivals: { kind: 'poisson', perSecond, shape },
    classes: [
      { name: 'page', share: 3, cost: { kind: 'exponential', meanMs: 5 }, method: 'GET' },
      { name: 'report', share: 1, cost: { kind: 'constant', ms: 100 }, method: 'GET' },
    ],
    clients: [{ share: 1, from: '198.18.0.0', addresses: 1000 }],
  };
}

const between = ({ arrivedUs }: Pick<Traffic, 'arrivedUs'>, fromS: number, untilS: number): number =>
  arrivedUs.filter((atUs) => atUs >= fromS * SECOND && atUs < untilS * SECOND).length;

/** The number of arrivals that the rate promises for a stretch: its integral. */
function expected(perSecond: number, shape: DailyWave | FlashCrowd, fromS: number, untilS: number): number {
  const steps = 10_000;
  const stepS = (untilS - fromS) / steps;
  const factors = Array.from({ length: steps }, (_, step) => factorAt(shape, (fromS + (step + 0.5) * stepS) * SECOND));
  return factors.reduce((sum, factor) => sum + factor * perSecond * stepS, 0);
}

const rowsOf = (traffic: Traffic): string[] =>
  Array.from({ length: traffic.count }, (_, row) =>
    [traffic.arrivedUs[row], traffic.costUs[row], traffic.class[row], traffic.client[row]].join(' '),
  );

describe('the sine of turns', () => {
  it('is within 0.0017 of the sine, and exact at quarter turns', () => {
    for (let place = -2000; place <= 2000; place++) {
      expect(Math.abs(sineOfTurns(place / 1000) - Math.sin((2 * Math.PI * place) / 1000))).toBeLessThan(0.0017);
    }
    expect([-0.25, 0, 0.25, 0.5, 0.75, 1.25].map((turns) => sineOfTurns(turns) + 0)).toEqual([-1, 0, 1, 0, -1, 1]);
  });
});

describe('a daily wave', () => {
  it('peaks when it should, has its trough half a day later and its mean over a day', () => {
    expect(factorAt(DAY, 20 * SECOND)).toBeCloseTo(1.7, 9);
    expect(factorAt(DAY, 8 * SECOND)).toBeCloseTo(0.3, 9);
    expect(factorAt(DAY, 44 * SECOND)).toBeCloseTo(1.7, 9);
    expect(expected(1, DAY, 0, 24)).toBeCloseTo(24, 6);
  });

  it('brings as many requests in each hour as the rate says', () => {
    const traffic = drawTraffic(workload(2000, DAY), 7, 48 * SECOND);
    for (let hour = 0; hour < 48; hour++) {
      const promised = expected(2000, DAY, hour, hour + 1);
      expect(Math.abs(between(traffic, hour, hour + 1) - promised)).toBeLessThan(5 * Math.sqrt(promised));
    }
  });

  it('without a swing is an ordinary Poisson process', () => {
    const flat = drawTraffic(workload(300, { ...DAY, swing: 0 }), 3, 10 * SECOND);
    expect(flat).toEqual(drawTraffic(workload(300), 3, 10 * SECOND));
  });

  it('grows with a spike by the spike’s factor, and loses none of its own requests', () => {
    const spikes = [{ atUs: 18 * SECOND, forUs: 4 * SECOND, factor: 3 }];
    const calm = drawTraffic(workload(1000, DAY), 5, 24 * SECOND);
    const spiked = drawTraffic(workload(1000, DAY), 5, 24 * SECOND, spikes);
    const rows = new Set(rowsOf(spiked));
    expect(rowsOf(calm).filter((row) => !rows.has(row))).toEqual([]);
    const promised = 3 * expected(1000, DAY, 18, 22);
    expect(Math.abs(between(spiked, 18, 22) - promised)).toBeLessThan(5 * Math.sqrt(promised));
    expect(spiked.count - calm.count).toBe(between(spiked, 18, 22) - between(calm, 18, 22));
  });
});

describe('a flash crowd', () => {
  it('rises, stays and falls in straight lines', () => {
    const at = (second: number) => factorAt(CROWD, second * SECOND);
    expect([0, 9.9, 10, 12, 14, 17, 20, 24, 28, 40].map(at)).toEqual([1, 1, 1, 2, 3, 3, 3, 2, 1, 1]);
  });

  it('comes and goes at once where its ramps have no length', () => {
    const step: FlashCrowd = { ...CROWD, upMs: 0, downMs: 0 };
    expect([9.999, 10, 15.999, 16].map((second) => factorAt(step, second * SECOND))).toEqual([1, 3, 3, 1]);
  });

  it('adds requests and changes none of those that come anyway', () => {
    const calm = drawTraffic(workload(200), 4, 40 * SECOND);
    const crowded = drawTraffic(workload(200, CROWD), 4, 40 * SECOND);
    const rows = new Set(rowsOf(crowded));
    expect(rowsOf(calm).filter((row) => !rows.has(row))).toEqual([]);
    expect(crowded.count - calm.count).toBe(between(crowded, 10, 28) - between(calm, 10, 28));
  });

  it('brings as many requests in each second as the rate says', () => {
    const traffic = drawTraffic(workload(2000, CROWD), 9, 30 * SECOND);
    for (let second = 0; second < 30; second++) {
      const promised = expected(2000, CROWD, second, second + 1);
      expect(Math.abs(between(traffic, second, second + 1) - promised)).toBeLessThan(5 * Math.sqrt(promised));
    }
  });

  it('brings requests of its own, no copies of the calm ones', () => {
    const doubled = drawTraffic(workload(200, { ...CROWD, atMs: 0, upMs: 0, factor: 2 }), 4, 5 * SECOND);
    expect(new Set(rowsOf(doubled)).size).toBe(doubled.count);
  });

  it('may have begun before the run', () => {
    const traffic = drawTraffic(workload(2000, { ...CROWD, atMs: -7_000 }), 9, 12 * SECOND);
    for (const [from, until] of [
      [0, 3],
      [3, 11],
      [11, 12],
    ] as const) {
      const promised = expected(2000, { ...CROWD, atMs: -7_000 }, from, until);
      expect(Math.abs(between(traffic, from, until) - promised)).toBeLessThan(5 * Math.sqrt(promised));
    }
  });

  it('looks for objects like any other requests, at its own moments of the run', () => {
    const source = {
      name: 'reads',
      perSecond: 500,
      fromMs: 5_000,
      keys: { kind: 'uniform', count: 10 },
      cost: { kind: 'constant', ms: 1 },
    } as const;
    const calm = drawKeyedTraffic([source], 2, 30 * SECOND);
    const crowded = drawKeyedTraffic([{ ...source, shape: CROWD }], 2, 30 * SECOND);
    expect(between(crowded, 0, 10)).toBe(between(calm, 0, 10));
    const promised = expected(500, CROWD, 10, 28);
    expect(Math.abs(between(crowded, 10, 28) - promised)).toBeLessThan(5 * Math.sqrt(promised));
    const rows = new Set(crowded.arrivedUs.map((atUs, row) => atUs * 10 + crowded.key[row]!));
    expect(calm.arrivedUs.every((atUs, row) => rows.has(atUs * 10 + calm.key[row]!))).toBe(true);
    const waving = drawKeyedTraffic([{ ...source, shape: DAY }], 2, 30 * SECOND);
    for (const [from, until] of [
      [6, 10],
      [18, 22],
    ] as const) {
      const wave = expected(500, DAY, from, until);
      expect(Math.abs(between(waving, from, until) - wave)).toBeLessThan(5 * Math.sqrt(wave));
    }
  });
});

describe('a shape out of range', () => {
  it.each([
    { ...DAY, swing: 1.1 },
    { ...DAY, swing: -0.1 },
    { ...DAY, periodMs: 0 },
    { ...DAY, peakAtMs: Number.NaN },
    { ...CROWD, factor: 0.5 },
    { ...CROWD, upMs: -1 },
    { ...CROWD, atMs: Number.POSITIVE_INFINITY },
  ])('is refused: %o', (shape) => {
    expect(() => flowsOf(shape)).toThrow(RangeError);
  });
});
