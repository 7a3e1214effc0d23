/**
 * The form in which values cross the membrane, as JSON. A string, a boolean, `null` and an ordinary number stand for
 * themselves; everything else is a list that starts with its tag:
 *
 * `u` undefined · `n` NaN, infinities, -0 · `b` bigint (hexadecimal) · `a` array (`_` a hole) · `o`/`O` plain object
 * with/without a prototype · `m` Map · `s` Set · `d` Date · `t` typed array · `B` ArrayBuffer · `r` a container that
 * came before, by its place · `e` error · `p` promise · `f` function · `h` object with behaviour · `y` symbol.
 * Upper case `H`, `Y`, `E` name what the receiving side lent before.
 */
export type Wire = string | number | boolean | null | readonly Wire[];

/** `0` returned, `1` threw an error, `2` threw something else. */
export type Reply = readonly [kind: 0 | 1 | 2, value: Wire];

export const TYPED_ARRAYS = {
  Int8Array,
  Uint8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
  BigInt64Array,
  BigUint64Array,
} as const;
export type TypedArrayName = keyof typeof TYPED_ARRAYS;

/** Thrown when what came over the membrane is not of the form above. */
export class MalformedWire extends Error {
  override readonly name = 'MalformedWire';
}
