import {
  define,
  defineGetter,
  defineMethod,
  ERRORS,
  hide,
  keyOf,
  mapGet,
  mapHas,
  mapSet,
  RealError,
  RealMap,
  RealPromise,
  RealSymbol,
  RealWeakMap,
  weakGet,
  weakSet,
} from './originals.js';

/* What this side lends to the judge, by number, and what it borrowed from there. */
export const lent = new RealMap();
export const waiting = new RealMap();
const numbers = new RealWeakMap();
const borrowed = new RealMap();
const origins = new RealWeakMap();
const hostErrors = new RealWeakMap();
const hostSymbols = new RealMap();
const symbolNumbers = new RealMap();
const symbolsLent = new RealMap();
let next = 1;

export const freshNumber = () => next++;
export const numberOf = (object) => weakGet(numbers, object);
/** The judge's number of something that came from there. */
export const originOf = (value) => weakGet(origins, value);
export const errorOrigin = (error) => weakGet(hostErrors, error);
export const symbolOrigin = (symbol) => mapGet(hostSymbols, symbol);
export const symbolLent = (id) => mapGet(symbolsLent, id);

export function number(object) {
  const id = next++;
  weakSet(numbers, object, id);
  return id;
}

export function isLent(object) {
  const known = weakGet(numbers, object);
  return known !== undefined && mapHas(lent, known);
}

export function lend(object) {
  const known = weakGet(numbers, object);
  if (known !== undefined && mapHas(lent, known)) return known;
  const id = number(object);
  mapSet(lent, id, object);
  return id;
}

export function lendSymbol(symbol) {
  let id = mapGet(symbolNumbers, symbol);
  if (id === undefined) {
    id = next++;
    mapSet(symbolNumbers, symbol, id);
    mapSet(symbolsLent, id, symbol);
  }
  return id;
}

function borrow(id, make) {
  let value = mapGet(borrowed, id);
  if (value === undefined) {
    value = make();
    mapSet(borrowed, id, value);
    weakSet(origins, value, id);
  }
  return value;
}

/** The judge's function; `ask` calls over there. */
export function borrowFunction(id, name, ask) {
  return borrow(id, () => {
    const call = (...args) => ask('call', id, '', args);
    hide(call, 'name', name);
    return call;
  });
}

/** The judge's object with behaviour: its methods are called and its fields are read over there. */
export function borrowObject(id, methods, fields, ask) {
  return borrow(id, () => {
    const object = {};
    for (let i = 0; i < methods.length; i++) {
      const name = methods[i];
      defineMethod(object, keyOf(name), (...args) => ask('method', id, name, args));
    }
    for (let i = 0; i < fields.length; i++) {
      const name = fields[i];
      defineGetter(object, name, () => ask('field', id, name, []));
    }
    return object;
  });
}

export function borrowPromise(id) {
  return borrow(
    id,
    () =>
      new RealPromise((resolve, reject) => {
        mapSet(waiting, id, { __proto__: null, resolve, reject });
      }),
  );
}

export function borrowSymbol(id, description) {
  let symbol = mapGet(borrowed, id);
  if (symbol === undefined) {
    symbol = RealSymbol(description);
    mapSet(borrowed, id, symbol);
    mapSet(hostSymbols, symbol, id);
  }
  return symbol;
}

/** @param fields names and values in turn */
export function borrowError(id, name, message, fields) {
  const Kind = ERRORS[name] ?? RealError;
  const error = new Kind(message);
  if (error.name !== name) hide(error, 'name', name);
  for (let i = 0; i < fields.length; i += 2) define(error, fields[i], fields[i + 1]);
  weakSet(hostErrors, error, id);
  return error;
}
