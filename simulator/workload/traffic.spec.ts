import { describe, expect, it } from 'vitest';
import type { Workload } from './traffic.ts';
import { addressNumber, addressText, drawTraffic } from './traffic.ts';

const WORKLOAD: Workload = {
  arrivals: { kind: 'poisson', perSecond: 200 },
  classes: [
    { name: 'page', share: 3, cost: { kind: 'constant', ms: 5 }, method: 'GET' },
    { name: 'report', share: 1, cost: { kind: 'exponential', meanMs: 100 }, method: 'GET' },
  ],
  clients: [
    { share: 0.8, from: '198.18.0.0', addresses: 1000 },
    { share: 0.2, from: '203.0.113.20', addresses: 1 },
  ],
};
const SECOND = 1_000_000;

describe('traffic', () => {
  it('is the same for the same seed', () => {
    expect(drawTraffic(WORKLOAD, 5, 10 * SECOND)).toEqual(drawTraffic(WORKLOAD, 5, 10 * SECOND));
    expect(drawTraffic(WORKLOAD, 5, 10 * SECOND)).not.toEqual(drawTraffic(WORKLOAD, 6, 10 * SECOND));
  });

  it('comes at the given rate, in the given shares', () => {
    const traffic = drawTraffic(WORKLOAD, 1, 500 * SECOND);
    expect(Math.abs(traffic.count - 100_000)).toBeLessThan(5 * Math.sqrt(100_000));
    const reports = traffic.class.filter((kind) => kind === 1).length;
    expect(reports / traffic.count).toBeCloseTo(0.25, 1);
    const gateway = traffic.client.filter((address) => addressText(address) === '203.0.113.20').length;
    expect(gateway / traffic.count).toBeCloseTo(0.2, 1);
  });

  it('keeps all requests of a calm run when a spike comes on top', () => {
    const calm = drawTraffic(WORKLOAD, 9, 10 * SECOND);
    const spiked = drawTraffic(WORKLOAD, 9, 10 * SECOND, [{ atUs: 4 * SECOND, forUs: 2 * SECOND, factor: 3 }]);
    const key = (traffic: typeof calm, row: number): string =>
      [traffic.arrivedUs[row], traffic.costUs[row], traffic.class[row], traffic.client[row]].join(' ');
    const rows = new Set(Array.from({ length: spiked.count }, (_, row) => key(spiked, row)));
    for (let row = 0; row < calm.count; row++) expect(rows.has(key(calm, row))).toBe(true);
    const inSpike = (traffic: typeof calm): number =>
      traffic.arrivedUs.filter((atUs) => atUs >= 4 * SECOND && atUs < 6 * SECOND).length;
    expect(spiked.count - calm.count).toBe(inSpike(spiked) - inSpike(calm));
    expect(inSpike(spiked) / inSpike(calm)).toBeGreaterThan(2.3);
    expect(inSpike(spiked) / inSpike(calm)).toBeLessThan(3.6);
  });

  it('comes in order of arrival, spikes included', () => {
    const { arrivedUs } = drawTraffic(WORKLOAD, 2, 5 * SECOND, [{ atUs: 0, forUs: 5 * SECOND, factor: 2 }]);
    expect(arrivedUs.every((atUs, row) => row === 0 || atUs >= arrivedUs[row - 1]!)).toBe(true);
  });

  it('asks for the parts of a page in order, as far apart as they should be', () => {
    const pages: Workload = {
      ...WORKLOAD,
      arrivals: { kind: 'pages', perSecond: 1, parts: ['report', 'page', 'page'], gapMs: 10 },
    };
    const traffic = drawTraffic(pages, 3, 4 * SECOND);
    expect([...traffic.class.slice(0, 3)]).toEqual([1, 0, 0]);
    const gaps = [1, 2].map((row) => traffic.arrivedUs[row]! - traffic.arrivedUs[row - 1]!);
    expect(gaps).toEqual([10_000, 10_000]);
    expect(new Set(traffic.client.slice(0, 3)).size).toBe(1);
  });

  it('comes evenly when it is steady', () => {
    const steady: Workload = { ...WORKLOAD, arrivals: { kind: 'steady', perSecond: 4 } };
    expect([...drawTraffic(steady, 1, SECOND + 1).arrivedUs]).toEqual([250_000, 500_000, 750_000, 1_000_000]);
  });

  it('refuses unknown parts of a page, spikes below 1 and what is no address', () => {
    const pages: Workload = {
      ...WORKLOAD,
      arrivals: { kind: 'pages', perSecond: 1, parts: ['film'], gapMs: 0 },
    };
    expect(() => drawTraffic(pages, 1, SECOND)).toThrow('film');
    expect(() => drawTraffic(WORKLOAD, 1, SECOND, [{ atUs: 0, forUs: 1, factor: 0.5 }])).toThrow(RangeError);
    expect(() => addressNumber('1.2.3.256')).toThrow(RangeError);
    expect(addressText(addressNumber('203.0.113.20'))).toBe('203.0.113.20');
  });
});
