import { expect, it } from 'vitest';
import { erlangC } from './erlang-c.ts';

it('is M/M/1 for one server: waits with probability ρ, ρ ÷ (1 − ρ) service times on average', () => {
  expect(erlangC(1, 0.8).waits).toBeCloseTo(0.8, 12);
  expect(erlangC(1, 0.8).meanWait).toBeCloseTo(4, 12);
});

it('agrees with the closed form for two servers, ρ² · 2 ÷ (1 + ρ)', () => {
  expect(erlangC(2, 1.5).waits).toBeCloseTo((2 * 0.75 * 0.75) / 1.75, 12);
});

it('refuses a load that no queue survives', () => {
  expect(() => erlangC(4, 4)).toThrow(RangeError);
});
