/**
 * Deep equality of data: `Object.is` on primitives, same kind of container, same entries. It runs in the judge and
 * looks at copies only, so nothing that a learner returns can make it lie; it honours no matcher of any library.
 */
export function equal(a: unknown, b: unknown): boolean {
  return compare(a, b, { open: new Map(), left: MAX_COMPARISONS });
}

/** Far more than data that crossed the membrane needs; what refers to itself over and over is not equal to anything. */
const MAX_COMPARISONS = 5_000_000;

interface Comparison {
  /** Pairs that are being compared further out. */
  readonly open: Map<object, object>;
  left: number;
}

function compare(a: unknown, b: unknown, comparison: Comparison): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (--comparison.left < 0) return false;
  const { open } = comparison;
  if (open.get(a) === b) return true;
  open.set(a, b);
  try {
    return compareObjects(a, b, comparison);
  } finally {
    open.delete(a);
  }
}

function compareObjects(a: object, b: object, comparison: Comparison): boolean {
  const same = (x: unknown, y: unknown) => compare(x, y, comparison);
  if (Array.isArray(a) || Array.isArray(b)) {
    return (
      Array.isArray(a) &&
      Array.isArray(b) &&
      a.length === b.length &&
      Array.from(a).every((item, i) => same(item, b[i]))
    );
  }
  if (a instanceof Date || b instanceof Date) {
    return a instanceof Date && b instanceof Date && Object.is(a.getTime(), b.getTime());
  }
  if (a instanceof Error || b instanceof Error) {
    return a instanceof Error && b instanceof Error && a.name === b.name && a.message === b.message;
  }
  if (a instanceof Map || b instanceof Map) {
    if (!(a instanceof Map) || !(b instanceof Map) || a.size !== b.size) return false;
    return [...a].every(([key, item]) => b.has(key) && same(item, b.get(key)));
  }
  if (a instanceof Set || b instanceof Set) {
    if (!(a instanceof Set) || !(b instanceof Set) || a.size !== b.size) return false;
    return [...a].every((item) => b.has(item) || [...b].some((other) => same(item, other)));
  }
  if (ArrayBuffer.isView(a) || ArrayBuffer.isView(b)) {
    if (!ArrayBuffer.isView(a) || !ArrayBuffer.isView(b) || a.constructor !== b.constructor) return false;
    const [x, y] = [bytes(a), bytes(b)];
    return x.length === y.length && x.every((byte, i) => byte === y[i]);
  }
  const [keys, others] = [Object.keys(a), Object.keys(b)];
  if (keys.length !== others.length) return false;
  return keys.every(
    (key) => Object.hasOwn(b, key) && same(a[key as keyof typeof a], (b as Record<string, unknown>)[key]),
  );
}

function bytes(view: ArrayBufferView): Uint8Array {
  return new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
}
