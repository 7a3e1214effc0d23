/*
 * The language as it was before the learner's code ran. Everything on this side of the membrane works with these, so
 * that a patched `Map.prototype.get` changes nothing but what its author sees. The rules of this folder: no method is
 * called on a value (`mapGet(map, key)`, not `map.get(key)`), no list is walked with `for … of`, spread or
 * destructured, nothing is put into a list by assignment, and property descriptors inherit nothing.
 */
export const { stringify, parse } = JSON;
export const { getPrototypeOf, is, freeze } = Object;
export const { apply, construct, ownKeys, getOwnPropertyDescriptor } = Reflect;
export const { isArray } = Array;
export const {
  Array: RealArray,
  ArrayBuffer: RealArrayBuffer,
  BigInt: RealBigInt,
  Date: RealDate,
  Error: RealError,
  Map: RealMap,
  Number: RealNumber,
  Object: RealObject,
  Promise: RealPromise,
  RangeError: RealRangeError,
  Set: RealSet,
  Symbol: RealSymbol,
  Uint8Array: RealUint8Array,
  WeakMap: RealWeakMap,
} = globalThis;
export const { iterator, asyncIterator } = Symbol;

const { bind, call } = Function.prototype;
/** `uncurry(Map.prototype.get)(map, key)` is `map.get(key)`, whatever becomes of `Map.prototype` and of `call`. */
const uncurry = bind.bind(call);
const getter = (prototype, name) => uncurry(getOwnPropertyDescriptor(prototype, name).get);

export const mapGet = uncurry(Map.prototype.get);
export const mapSet = uncurry(Map.prototype.set);
export const mapHas = uncurry(Map.prototype.has);
export const mapDelete = uncurry(Map.prototype.delete);
export const mapEach = uncurry(Map.prototype.forEach);
export const mapSize = getter(Map.prototype, 'size');
export const setAdd = uncurry(Set.prototype.add);
export const setHas = uncurry(Set.prototype.has);
export const setEach = uncurry(Set.prototype.forEach);
export const weakGet = uncurry(WeakMap.prototype.get);
export const weakSet = uncurry(WeakMap.prototype.set);
export const weakHas = uncurry(WeakMap.prototype.has);
export const promiseThen = uncurry(Promise.prototype.then);
export const timeOf = uncurry(Date.prototype.getTime);
export const dateText = uncurry(Date.prototype.toString);
export const sliceText = uncurry(String.prototype.slice);
export const hexOf = uncurry(BigInt.prototype.toString);
export const describeSymbol = getter(Symbol.prototype, 'description');
export const typedLength = getter(getPrototypeOf(Uint8Array.prototype), 'length');
export const shift = uncurry(Array.prototype.shift);
export const isIn = uncurry(Object.prototype.isPrototypeOf);

const { defineProperty } = Reflect;

/** A property like any that was assigned, whatever is inherited under its name. */
export function define(object, key, value) {
  if (!(key in object)) {
    object[key] = value;
    return;
  }
  defineProperty(object, key, { __proto__: null, value, writable: true, enumerable: true, configurable: true });
}

/** As `define`, but not seen by `Object.keys`. */
export function hide(object, key, value) {
  return defineProperty(object, key, { __proto__: null, value, writable: true, enumerable: false, configurable: true });
}

/** For good: neither written over nor taken away. */
export function defineMethod(object, key, value) {
  return defineProperty(object, key, { __proto__: null, value, enumerable: typeof key === 'string' });
}

export function defineGetter(object, key, get) {
  return defineProperty(object, key, { __proto__: null, get, enumerable: true });
}

export function push(list, item) {
  define(list, list.length, item);
}

export const TYPED = {
  __proto__: null,
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
};
export const TYPED_NAMES = ownKeys(TYPED);
export const TYPED_PROTOTYPES = { __proto__: null };
for (let i = 0; i < TYPED_NAMES.length; i++) TYPED_PROTOTYPES[TYPED_NAMES[i]] = TYPED[TYPED_NAMES[i]].prototype;

export const ERRORS = {
  __proto__: null,
  Error,
  EvalError,
  RangeError,
  ReferenceError,
  SyntaxError,
  TypeError,
  URIError,
};

export const ARRAY = Array.prototype;
export const ARRAY_BUFFER = ArrayBuffer.prototype;
export const DATE = Date.prototype;
export const ERROR = Error.prototype;
export const MAP = Map.prototype;
export const OBJECT = Object.prototype;
export const PROMISE = Promise.prototype;
export const SET = Set.prototype;

/** The names of well-known symbols on the wire. */
export function keyOf(key) {
  return key === '@@iterator' ? iterator : key === '@@asyncIterator' ? asyncIterator : key;
}

export function clip(text, length) {
  return typeof text === 'string' ? sliceText(text, 0, length) : '';
}
