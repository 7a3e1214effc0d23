import { hashText, mix } from '../hash.ts';
import { exponential } from '../sample.ts';
import type { Stream } from '../stream.ts';

/** Which objects are asked for, and how often each. Objects are numbered from 0, the most popular first. */
export type Keys =
  | { readonly kind: 'uniform'; readonly count: number }
  /** Popularity ∝ 1 ÷ rank^exponent: Zipf's law. The exponent is a multiple of 0.25, 0.25 … 2. */
  | { readonly kind: 'zipf'; readonly count: number; readonly exponent: number }
  /** Object 0 has `share` (0 … 1) of all requests; the others are equally popular. */
  | { readonly kind: 'celebrity'; readonly count: number; readonly share: number }
  /** One object after the other from `first` on, none twice: a crawler. */
  | { readonly kind: 'sequence'; readonly first: number };

/** The object that the `index`th request asks for; `unit` is that request's own draw, uniform in [0, 1). */
export type KeyOf = (unit: number, index: number) => number;

/** @throws RangeError when a number of `keys` is out of range */
export function keySampler(keys: Keys): KeyOf {
  if (keys.kind === 'sequence') return (_, index) => keys.first + index;
  if (!(keys.count >= 1)) throw new RangeError(`count: ${keys.count} is less than 1`);
  if (keys.kind === 'uniform') return (unit) => Math.floor(unit * keys.count);
  if (keys.kind === 'celebrity') {
    const { share, count } = keys;
    if (!(share >= 0 && share < 1)) throw new RangeError(`share: ${share} is not in 0 … 1`);
    return (unit) => (unit < share ? 0 : 1 + Math.floor(((unit - share) / (1 - share)) * (count - 1)));
  }
  const cumulative = zipfTable(keys.count, keys.exponent);
  return (unit) => firstAbove(cumulative, unit * cumulative[cumulative.length - 1]!);
}

/** Part of all requests that the `top` most popular of `count` objects draw under Zipf's law. */
export function zipfShare(count: number, exponent: number, top: number): number {
  const cumulative = zipfTable(count, exponent);
  return cumulative[top - 1]! / cumulative[count - 1]!;
}

const tables = new Map<string, Float64Array>();

/** Running sums of 1 ÷ rank^exponent. Powers of a quarter are square roots of square roots: exact in every engine. */
function zipfTable(count: number, exponent: number): Float64Array {
  const quarters = exponent * 4;
  if (!(quarters >= 1 && quarters <= 8) || quarters !== Math.floor(quarters)) {
    throw new RangeError(`exponent: ${exponent} is not a multiple of 0.25 in 0.25 … 2`);
  }
  const name = `${count} ${exponent}`;
  const known = tables.get(name);
  if (known) return known;
  const table = new Float64Array(count);
  let sum = 0;
  for (let rank = 1; rank <= count; rank++) {
    const root = Math.sqrt(Math.sqrt(rank));
    let power = 1;
    for (let quarter = 0; quarter < quarters; quarter++) power *= root;
    sum += 1 / power;
    table[rank - 1] = sum;
  }
  tables.set(name, table);
  return table;
}

/** First place of an ascending column whose value is above `value`. */
function firstAbove(column: Float64Array, value: number): number {
  let low = 0;
  let high = column.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (column[middle]! > value) high = middle;
    else low = middle + 1;
  }
  return low;
}

/**
 * Draws that belong to one thing alone (a request, one step of it) and are the same in every lane, in whatever order
 * lanes ask for them. Counter-based: each number is a hash of the names and of how many were drawn before.
 */
export function drawsOf(seed: number, name: string, ...of: readonly number[]): Stream {
  const start = of.reduce((hash, part) => mix(hash ^ Math.imul(part, 0x9e3779b1)), mix(mix(seed) ^ hashText(name)));
  let drawn = 0;
  const bits = (): number => mix(start ^ mix(++drawn));
  return {
    bits,
    unit: () => bits() / 0x1_0000_0000,
    below: (limit) => Math.floor((bits() / 0x1_0000_0000) * limit),
  };
}

/** One exponential delay of this mean, in integer µs. */
export function delayUs(meanMs: number, source: Stream): number {
  return Math.round(meanMs * 1000 * exponential(source));
}
