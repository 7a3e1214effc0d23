import { describe, expect, it } from 'vitest';
import { CounterWindow } from './counter-window.ts';
import type { Scraped } from './scraper.ts';
import { Scraper } from './scraper.ts';

describe('a window over a counter', () => {
  it('knows nothing before the second sample, then the growth per time', () => {
    const window = new CounterWindow(30);
    expect(window.perSecond).toBeUndefined();
    window.sample(0, 5);
    expect(window.perSecond).toBeUndefined();
    window.sample(10_000, 25);
    expect(window.perSecond).toBe(2000);
  });

  it('forgets what is older than the window and leaves nothing out between samples', () => {
    const window = new CounterWindow(30);
    const totals = [0, 100, 100, 100, 100, 160];
    totals.forEach((total, tick) => {
      window.sample(tick * 10_000, total);
    });
    expect(window.perSecond).toBe(60 / 0.03);
    window.sample(55_000, 160);
    expect(window.perSecond).toBe(60 / 0.035);
  });

  it('needs a window', () => {
    expect(() => new CounterWindow(0)).toThrow(RangeError);
  });
});

describe('a scraper', () => {
  const machines = (busyUs: readonly number[]): Scraped[] =>
    busyUs.map((busy, machine) => ({ machine, cores: 2, busyUs: busy }));

  it('means how busy the machines were, from their second answer on', () => {
    const scraper = new Scraper({ windowMs: 30 }, 1);
    expect(scraper.scrape(0, machines([0, 0]))).toEqual({ utilisation: undefined, missing: 2 });
    expect(scraper.scrape(10_000, machines([20_000, 5_000]))).toEqual({ utilisation: 0.625, missing: 0 });
    expect(scraper.scrape(20_000, machines([40_000, 10_000, 9_000]))).toEqual({ utilisation: 0.625, missing: 1 });
  });

  it('hears nothing of mute machines and forgets those that were gone', () => {
    const scraper = new Scraper({ windowMs: 30 }, 1);
    scraper.scrape(0, machines([0, 0]));
    scraper.mute(1);
    expect(scraper.scrape(10_000, machines([20_000, 0]))).toEqual({ utilisation: 1, missing: 1 });
    scraper.heal(1);
    expect(scraper.scrape(20_000, machines([20_000, 0]))).toEqual({ utilisation: 0.25, missing: 0 });
    scraper.scrape(30_000, machines([20_000]));
    expect(scraper.scrape(40_000, machines([20_000, 0])).missing).toBe(1);
  });

  it('loses the part of all answers that it should, the same ones whoever else is asked', () => {
    const few = new Scraper({ windowMs: 30, loss: 0.1 }, 4);
    const many = new Scraper({ windowMs: 30, loss: 0.1 }, 4);
    const alone: number[] = [];
    const among: number[] = [];
    for (let round = 0; round < 3000; round++) {
      alone.push(few.scrape(round * 1000, machines([0])).missing);
      const others = machines(Array.from({ length: 3 }, () => 0));
      among.push(many.scrape(round * 1000, round % 2 === 0 ? others : others.slice(0, 1)).missing);
    }
    const lost = (of: readonly number[]): number => of.reduce((sum, missing) => sum + missing, 0);
    expect(Math.abs(lost(alone.slice(1)) - 300)).toBeLessThan(5 * Math.sqrt(3000 * 0.09));
    expect(among.filter((_, round) => round % 2 === 1)).toEqual(alone.filter((_, round) => round % 2 === 1));
  });

  it('loses the answers of one machine whether or not it loses those of another', () => {
    const scraper = new Scraper({ windowMs: 30, loss: 0.5 }, 4);
    const missing = Array.from({ length: 400 }, (_, round) => scraper.scrape(round * 1000, machines([0, 0])).missing);
    expect(Math.abs(missing.filter((each) => each === 1).length - 200)).toBeLessThan(50);
  });

  it('refuses losses that are no probability', () => {
    expect(() => new Scraper({ windowMs: 30, loss: 1.1 }, 1)).toThrow(/^loss/);
    expect(() => new Scraper({ windowMs: 0 }, 1)).toThrow(/^windowMs/);
  });
});
