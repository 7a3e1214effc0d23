import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { hashText, mix } from './hash.ts';

/** A seeded source of randomness with a name of its own: what one stream gives never depends on another's use. */
export interface Stream {
  /** The next 32 random bits as an integer, 0 … 2³² − 1. */
  bits(): number;
  /** Uniform in [0, 1), a multiple of 2⁻³². */
  unit(): number;
  /** Uniform integer in [0, limit), for limits far below 2³² (the bias is limit ÷ 2³²). */
  below(limit: number): number;
}

/** Discarded first outputs: the generator starts from few seed bits and needs some steps to spread them. */
const WARM_UP = 20;

/** The stream `name` of a run: equal seed and name give equal numbers in every engine. */
export function stream(seed: number, name: string): Stream {
  const generator = xoroshiro128plus(mix(mix(seed) ^ hashText(name)));
  for (let step = 0; step < WARM_UP; step++) generator.next();
  return {
    bits: () => generator.next() >>> 0,
    unit: () => (generator.next() >>> 0) / 0x1_0000_0000,
    below: (limit) => Math.floor(((generator.next() >>> 0) / 0x1_0000_0000) * limit),
  };
}
