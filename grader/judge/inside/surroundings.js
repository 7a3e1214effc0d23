import {
  apply,
  clip,
  construct,
  DATE,
  dateText,
  freeze,
  getOwnPropertyDescriptor,
  hide,
  is,
  RealDate,
  RealError,
} from './originals.js';
import { nameOf } from './shapes.js';

/*
 * What a learner finds around: a console, a clock that stands still, and chance that can be replayed. How a value is
 * printed is left to the language as the learner's code made it: nothing depends on that.
 */

/** @param host tells the judge; @param seed for `Math.random` */
export function furnish(host, seed) {
  const noted = { __proto__: null };
  const note = (kind) => {
    const at = stackText();
    if (noted[kind]) return;
    noted[kind] = true;
    host('used', 0, kind, at);
  };
  furnishConsole(host);
  furnishChance(seed, note);
  furnishClock(note);
}

const stackText = () => clip(new RealError().stack, 2000);

function furnishConsole(host) {
  const log = (...values) => {
    let text = '';
    for (let i = 0; i < values.length; i++) text += `${i === 0 ? '' : ' '}${describe(values[i])}`;
    host('log', 0, clip(text, 20_000), stackText());
  };
  const assert = (condition, ...values) => condition || log('assertion failed', ...values);
  const silent = () => undefined;
  const console = { assert };
  for (const name of ['log', 'info', 'warn', 'error', 'debug', 'table', 'dir', 'dirxml', 'trace']) console[name] = log;
  for (const name of ['group', 'groupCollapsed', 'timeLog']) console[name] = log;
  for (const name of ['groupEnd', 'time', 'timeEnd', 'timeStamp', 'count', 'countReset', 'clear'])
    console[name] = silent;
  for (const name of ['profile', 'profileEnd']) console[name] = silent;
  hide(globalThis, 'console', console);
}

function furnishChance(seed, note) {
  const { imul } = Math;
  let state = seed >>> 0 || 1;
  Math.random = () => {
    note('random');
    state = (imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Early in 2026; no answer may depend on it. */
const STILL = 1_767_225_600_000;

function furnishClock(note) {
  const now = () => {
    note('clock');
    return STILL;
  };
  const StillDate = new Proxy(RealDate, {
    apply: () => dateText(new RealDate(now())),
    construct: (target, args, self) => construct(target, args.length === 0 ? [now()] : args, self),
    get: (target, key) => (key === 'now' ? now : target[key]),
  });
  hide(globalThis, 'Date', StillDate);
  hide(DATE, 'constructor', StillDate);
  hide(globalThis, 'performance', freeze({ now: () => now() - STILL }));
  // Asked to format nothing, it formats the time of day.
  const format = getOwnPropertyDescriptor(Intl.DateTimeFormat.prototype, 'format');
  const { formatToParts } = Intl.DateTimeFormat.prototype;
  Object.defineProperty(Intl.DateTimeFormat.prototype, 'format', {
    ...format,
    get() {
      const real = apply(format.get, this, []);
      return (date) => real(date === undefined ? now() : date);
    },
  });
  hide(Intl.DateTimeFormat.prototype, 'formatToParts', function formatToPartsOf(date) {
    return apply(formatToParts, this, [date === undefined ? now() : date]);
  });
}

function describe(value) {
  if (typeof value === 'string') return value;
  try {
    if (value instanceof Error) return `${value.name}: ${value.message}`;
    return readable(value, 0);
  } catch {
    return '(cannot be shown)';
  }
}

function readable(value, depth) {
  if (typeof value === 'string') return `'${value}'`;
  if (is(value, -0)) return '-0';
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'function') return `[function ${nameOf(value)}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  if (depth > 3) return '…';
  const deeper = (item) => readable(item, depth + 1);
  if (Array.isArray(value)) return `[${some(value, deeper)}]`;
  if (value instanceof Map) return `Map {${some(value, ([key, item]) => `${deeper(key)} => ${deeper(item)}`)}}`;
  if (value instanceof Set) return `Set {${some(value, deeper)}}`;
  if (value instanceof RealDate) return `Date ${value.getTime()}`;
  if (value instanceof Promise) return 'Promise';
  if (value instanceof Error) return describe(value);
  const name = nameOf(value.constructor);
  const fields = some(Object.keys(value), (key) => `${key}: ${deeper(value[key])}`);
  return `${name === 'Object' || name === '' ? '' : `${name} `}{ ${fields} }`;
}

function some(items, one) {
  const shown = [];
  for (const item of items) {
    if (shown.length === 50) return `${shown.join(', ')}, …`;
    shown.push(one(item));
  }
  return shown.join(', ');
}
