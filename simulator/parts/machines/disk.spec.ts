import { describe, expect, it } from 'vitest';
import { exponential } from '../../sample.ts';
import { stream } from '../../stream.ts';
import { Disk } from './disk.ts';

/** Mean time from asking to answer in ms, and answers per second, of Poisson questions of one operation. */
function measure(iops: number, perSecond: number, questions: number): { waitMs: number; perSecond: number } {
  const disk = new Disk(iops);
  const gaps = stream(5, 'disk');
  let atUs = 0;
  let sumUs = 0;
  let lastUs = 0;
  for (let question = 0; question < questions; question++) {
    atUs += Math.round((exponential(gaps) * 1_000_000) / perSecond);
    const inUs = disk.use(atUs, 1);
    sumUs += inUs;
    lastUs = atUs + inUs;
  }
  return { waitMs: sumUs / questions / 1000, perSecond: (questions * 1_000_000) / lastUs };
}

describe('a disk', () => {
  it('does one operation after the other', () => {
    const disk = new Disk(100);
    expect([disk.use(0, 2), disk.use(0, 1), disk.use(15_000, 1)]).toEqual([20_000, 30_000, 25_000]);
    expect(disk.use(100_000, 1)).toBe(10_000);
    expect(disk.use(100_000, 0)).toBe(0);
  });

  it('never does more than its operations per second, however many are asked for', () => {
    expect(measure(100, 130, 20_000).perSecond).toBeCloseTo(100, 1);
    expect(measure(300, 100_000, 5_000).perSecond).toBeLessThanOrEqual(300);
  });

  it.each([0.3, 0.6, 0.9])(
    'at utilisation %f is as slow as a queue with constant service (Pollaczek and Khinchine)',
    (load) => {
      const serviceMs = 10;
      const theory = serviceMs + (load * serviceMs) / (2 * (1 - load));
      const { waitMs } = measure(100, load * 100, 200_000);
      expect(Math.abs(waitMs / theory - 1)).toBeLessThan(0.04);
    },
  );

  it('forgets what it has not done', () => {
    const disk = new Disk(100);
    disk.use(0, 50);
    disk.clear();
    expect(disk.use(1_000, 1)).toBe(10_000);
  });

  it('refuses to do nothing for ever', () => {
    expect(() => new Disk(0)).toThrow(RangeError);
  });
});
