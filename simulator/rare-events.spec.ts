import { describe, expect, it } from 'vitest';
import { RareEvents } from './rare-events.ts';
import { stream } from './stream.ts';

describe('rare events', () => {
  it.each([0.001, 0.05, 0.5])('hit with probability %f, with the variance of a binomial', (probability) => {
    const rounds = 4000;
    const trials = 100;
    const events = new RareEvents(probability, stream(5, 'hits'));
    const hits = Array.from({ length: rounds }, () => events.among(trials));
    const mean = hits.reduce((sum, each) => sum + each, 0) / rounds;
    const variance = hits.reduce((sum, each) => sum + (each - mean) * (each - mean), 0) / rounds;
    const expected = trials * probability * (1 - probability);
    expect(Math.abs(mean - trials * probability)).toBeLessThan(5 * Math.sqrt(expected / rounds));
    expect(Math.abs(variance / expected - 1)).toBeLessThan(0.15);
  });

  it('are the same however the trials are cut into pieces', () => {
    const whole = new RareEvents(0.03, stream(1, 'hits')).among(5000);
    const pieces = new RareEvents(0.03, stream(1, 'hits'));
    let sum = 0;
    for (let piece = 0; piece < 100; piece++) sum += pieces.among(50);
    expect(sum).toBe(whole);
  });

  it('never happen with probability 0, and no probability above a half is taken', () => {
    expect(new RareEvents(0, stream(1, 'hits')).among(1e9)).toBe(0);
    expect(() => new RareEvents(0.6, stream(1, 'hits'))).toThrow(RangeError);
    expect(() => new RareEvents(Number.NaN, stream(1, 'hits'))).toThrow(RangeError);
  });
});
