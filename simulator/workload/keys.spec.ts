import { expect, test } from 'vitest';
import { stream } from '../stream.ts';
import { drawsOf, keySampler, zipfShare } from './keys.ts';

test('Zipf keys are drawn in proportion to 1 ÷ rank', () => {
  const keyOf = keySampler({ kind: 'zipf', count: 1000, exponent: 1 });
  const units = stream(3, 'keys');
  const counts = new Float64Array(1000);
  const draws = 200_000;
  for (let draw = 0; draw < draws; draw++) counts[keyOf(units.unit(), draw)]!++;
  const harmonic = Array.from({ length: 1000 }, (_, rank) => 1 / (rank + 1)).reduce((sum, part) => sum + part, 0);
  for (const rank of [1, 2, 5, 20, 100]) {
    const expected = draws / rank / harmonic;
    expect(Math.abs(counts[rank - 1]! - expected)).toBeLessThan(5 * Math.sqrt(expected));
  }
});

test('a share of the most popular agrees with the definition, for each quarter of an exponent', () => {
  for (const exponent of [0.25, 0.75, 1, 1.25, 2]) {
    const weights = Array.from({ length: 500 }, (_, rank) => (rank + 1) ** -exponent);
    const sum = (of: readonly number[]) => of.reduce((total, weight) => total + weight, 0);
    expect(zipfShare(500, exponent, 25)).toBeCloseTo(sum(weights.slice(0, 25)) / sum(weights), 9);
  }
  expect(zipfShare(20_000, 1, 1)).toBeCloseTo(0.0954, 3);
});

test('every key of a sampler is in its set, at both ends of the unit interval', () => {
  const last = 1 - 2 ** -32;
  for (const keys of [
    { kind: 'uniform', count: 7 },
    { kind: 'zipf', count: 7, exponent: 1 },
    { kind: 'celebrity', count: 7, share: 0.2 },
  ] as const) {
    expect(keySampler(keys)(0, 0)).toBe(0);
    expect(keySampler(keys)(last, 0)).toBe(6);
  }
});

test('a celebrity has its share and all others the same', () => {
  const keyOf = keySampler({ kind: 'celebrity', count: 5, share: 0.2 });
  expect([0.1, 0.199, 0.2, 0.399, 0.401, 0.61, 0.81].map((unit) => keyOf(unit, 0))).toEqual([0, 0, 1, 1, 2, 3, 4]);
});

test('a sequence never repeats', () => {
  const keyOf = keySampler({ kind: 'sequence', first: 10 });
  expect([0, 1, 2].map((index) => keyOf(0.5, index))).toEqual([10, 11, 12]);
});

test('an exponent between the quarters is refused', () => {
  expect(() => keySampler({ kind: 'zipf', count: 10, exponent: 0.8 })).toThrow('exponent');
});

test('what belongs to a request depends on nothing but its names', () => {
  const first = drawsOf(1, 'step', 5, 0);
  const again = drawsOf(1, 'step', 5, 0);
  const other = drawsOf(1, 'step', 5, 1);
  const numbers = [first.unit(), first.unit()];
  expect([again.unit(), again.unit()]).toEqual(numbers);
  expect(other.unit()).not.toBe(numbers[0]);
  const many = Array.from({ length: 20_000 }, (_, request) => drawsOf(1, 'step', request).unit());
  expect(many.reduce((sum, unit) => sum + unit, 0) / many.length).toBeCloseTo(0.5, 2);
});
