import { LIMITS, type Limits } from './limits.ts';
import { Membrane } from './membrane.ts';
import { SourceLines } from './source-line.ts';

export interface Loaded {
  readonly membrane: Membrane;
  readonly exports: Readonly<Record<string, unknown>>;
  /** Calls an export by its name. */
  readonly call: (name: string, ...args: unknown[]) => unknown;
}

/** Loads statements that assign to `exports` into an isolate of their own. */
export function load(code: string, limits: Partial<Limits> = {}): Loaded {
  const membrane = new Membrane({
    code: `"use strict"; var __learner = (() => { const exports = {}; ${code}\n return exports; })();`,
    lines: new SourceLines('{"version":3,"sources":[],"mappings":""}'),
    seed: 1,
    limits: { ...LIMITS, ...limits },
  });
  const exports = membrane.load();
  return { membrane, exports, call: (name, ...args) => (exports[name] as (...args: unknown[]) => unknown)(...args) };
}

/** Every value inside, containers included; each once. */
export function walk(value: unknown, seen = new Set<unknown>()): unknown[] {
  if (typeof value !== 'object' || value === null || seen.has(value)) return [value];
  seen.add(value);
  const inner =
    value instanceof Map || value instanceof Set
      ? [...value].flat()
      : ArrayBuffer.isView(value) || value instanceof ArrayBuffer
        ? []
        : Reflect.ownKeys(value).map((key) => Reflect.getOwnPropertyDescriptor(value, key)?.value as unknown);
  return [value, ...inner.flatMap((item) => walk(item, seen))];
}

/** Of what a copy may be made of. */
export const PROTOTYPES = new Set<object | null>([
  null,
  ...[Object, Array, Map, Set, Date, ArrayBuffer, Uint8Array, Float64Array, BigInt64Array, Promise].map(
    (kind) => kind.prototype as object,
  ),
]);
