import { isLent, originOf } from './lending.js';
import {
  ARRAY,
  ARRAY_BUFFER,
  clip,
  DATE,
  getOwnPropertyDescriptor,
  getPrototypeOf,
  isArray,
  MAP,
  OBJECT,
  ownKeys,
  SET,
  TYPED_NAMES,
  TYPED_PROTOTYPES,
} from './originals.js';

export function nameOf(value) {
  if (typeof value !== 'function') return '';
  const property = getOwnPropertyDescriptor(value, 'name');
  return property === undefined ? '' : clip(property.value, 100);
}

export function isClass(value) {
  return getOwnPropertyDescriptor(value, 'prototype')?.writable === false;
}

/** How a value is copied; undefined where it has behaviour of its own and stays here, behind a handle. */
export function shapeOf(value) {
  const prototype = getPrototypeOf(value);
  switch (prototype) {
    case ARRAY:
      return isArray(value) ? 'a' : undefined;
    case OBJECT:
    case null:
      return isData(value) ? (prototype === null ? 'O' : 'o') : undefined;
    case MAP:
      return 'm';
    case SET:
      return 's';
    case DATE:
      return 'd';
    case ARRAY_BUFFER:
      return 'B';
    default:
      // A list of a class of its own is data to whoever gets it, unless it was made or handed over as an object before.
      if (isArray(value) && !isLent(value)) return 'a';
      for (let i = 0; i < TYPED_NAMES.length; i++) {
        if (prototype === TYPED_PROTOTYPES[TYPED_NAMES[i]]) return TYPED_NAMES[i];
      }
      return undefined;
  }
}

function isData(value) {
  const keys = ownKeys(value);
  for (let i = 0; i < keys.length; i++) {
    const property = getOwnPropertyDescriptor(value, keys[i]);
    if (property === undefined || property.get || property.set) return false;
    if (typeof property.value !== 'function') continue;
    if (typeof keys[i] === 'symbol' || originOf(property.value) === undefined) return false;
  }
  return true;
}
