import { errorOrigin, freshNumber, lend, lendSymbol, number, numberOf, originOf, symbolOrigin } from './lending.js';
import {
  clip,
  describeSymbol,
  ERROR,
  getOwnPropertyDescriptor,
  getPrototypeOf,
  hexOf,
  is,
  isIn,
  mapEach,
  mapGet,
  mapSet,
  mapSize,
  OBJECT,
  ownKeys,
  PROMISE,
  promiseThen,
  RealMap,
  RealRangeError,
  RealUint8Array,
  RealWeakMap,
  setEach,
  stringify,
  timeOf,
  typedLength,
  weakGet,
  weakSet,
} from './originals.js';
import { isClass, nameOf, shapeOf } from './shapes.js';

const MAX_ITEMS = 200_000;
const MAX_CHARS = 4_000_000;
const MAX_DEPTH = 200;

const kinds = new RealWeakMap();

/** Writes one value in the form of `wire.ts`. The text is put together here: `toJSON` has no say in it. */
class Encoder {
  seen = new RealMap();
  items = 0;
  chars = 0;

  /** @param settle tells the judge what became of a promise */
  constructor(settle) {
    this.settle = settle;
  }

  count(characters) {
    this.chars += characters;
    if (++this.items > MAX_ITEMS || this.chars > MAX_CHARS) throw new RealRangeError('too much data for one call');
  }

  value(value, depth) {
    this.count(0);
    switch (typeof value) {
      case 'string':
        this.count(value.length);
        return stringify(value);
      case 'boolean':
        return value ? 'true' : 'false';
      case 'number':
        return is(value, -0) ? '["n","-0"]' : value - value === 0 ? `${value}` : `["n","${value}"]`;
      case 'undefined':
        return '["u"]';
      case 'bigint': {
        const digits = hexOf(value, 16);
        this.count(digits.length);
        return `["b","${digits}"]`;
      }
      case 'symbol':
        return symbolText(value);
      default:
        return value === null ? 'null' : this.object(value, depth);
    }
  }

  object(value, depth) {
    if (depth > MAX_DEPTH) throw new RealRangeError('nested too deeply to hand over');
    const origin = originOf(value);
    if (origin !== undefined) return `["H",${origin}]`;
    if (typeof value === 'function') {
      return `["f",${lend(value)},${stringify(nameOf(value))},${isClass(value) ? 1 : 0}]`;
    }
    if (isIn(PROMISE, value)) return `["p",${this.promise(value)}]`;
    if (isIn(ERROR, value)) return this.error(value, depth);
    const back = mapGet(this.seen, value);
    if (back !== undefined) return `["r",${back}]`;
    const shape = shapeOf(value);
    if (shape === undefined) return handleText(value);
    mapSet(this.seen, value, mapSize(this.seen));
    return `[${this.copy(shape, value, depth + 1)}]`;
  }

  copy(shape, value, depth) {
    switch (shape) {
      case 'a':
        return this.array(value, depth);
      case 'o':
      case 'O':
        return this.plain(shape, value, depth);
      case 'm': {
        let text = '"m"';
        mapEach(value, (item, key) => {
          text += `,${this.value(key, depth)},${this.value(item, depth)}`;
        });
        return text;
      }
      case 's': {
        let text = '"s"';
        setEach(value, (item) => {
          text += `,${this.value(item, depth)}`;
        });
        return text;
      }
      case 'd':
        return `"d",${this.value(timeOf(value), depth)}`;
      case 'B':
        return `"B"${this.elements(new RealUint8Array(value), depth)}`;
      default:
        return `"t","${shape}"${this.elements(value, depth)}`;
    }
  }

  array(value, depth) {
    const { length } = value;
    if (length > MAX_ITEMS) throw new RealRangeError('too much data for one call');
    let text = '"a"';
    for (let i = 0; i < length; i++) text += i in value ? `,${this.item(value, i, depth)}` : this.hole();
    return text;
  }

  hole() {
    this.count(0);
    return ',["_"]';
  }

  item(array, i, depth) {
    return this.value(array[i], depth);
  }

  plain(shape, value, depth) {
    let text = `"${shape}"`;
    const keys = ownKeys(value);
    for (let i = 0; i < keys.length; i++) {
      const key = keys[i];
      if (typeof key !== 'string') continue;
      const property = getOwnPropertyDescriptor(value, key);
      if (!property.enumerable) continue;
      this.count(key.length);
      text += `,${quoted(key)},${this.value(property.value, depth)}`;
    }
    return text;
  }

  elements(typed, depth) {
    let text = '';
    const length = typedLength(typed);
    for (let i = 0; i < length; i++) text += `,${this.value(typed[i], depth)}`;
    return text;
  }

  promise(value) {
    const known = numberOf(value);
    if (known !== undefined) return known;
    const id = number(value);
    const { settle } = this;
    promiseThen(
      value,
      (result) => settle(id, returned(result, settle)),
      (error) => settle(id, thrown(error, settle)),
    );
    return id;
  }

  error(error, depth) {
    const known = errorOrigin(error);
    if (known !== undefined) return `["E",${known}]`;
    let fields = '';
    let count = 0;
    const keys = ownKeys(error);
    for (let i = 0; i < keys.length && count < 20; i++) {
      const key = keys[i];
      const property = getOwnPropertyDescriptor(error, key);
      if (typeof key !== 'string' || !property.enumerable || property.get) continue;
      if (key === 'name' || key === 'message' || key === 'stack' || typeof property.value === 'function') continue;
      fields += `,${stringify(key)},${this.value(property.value, depth + 1)}`;
      count++;
    }
    const [name, message, stack] = [clip(error.name, 200), clip(error.message, 4000), clip(error.stack, 8000)];
    return `["e",${stringify(name)},${stringify(message)},${stringify(stack)}${fields}]`;
  }
}

const GETTER = '["o","get","…"]';

/** As `Encoder`, for telling whether a value was changed: an element that became a getter is a change as well. */
class Printer extends Encoder {
  item(array, i, depth) {
    const property = getOwnPropertyDescriptor(array, `${i}`);
    return property !== undefined && 'value' in property ? this.value(property.value, depth) : GETTER;
  }
}

/** A reply that a call succeeded with `value`; or that handing it over failed. */
export function returned(value, settle) {
  try {
    return `[0,${new Encoder(settle).value(value, 0)}]`;
  } catch (error) {
    return thrown(error, settle);
  }
}

export function thrown(error, settle) {
  try {
    const isError = typeof error === 'object' && error !== null && isIn(ERROR, error);
    return `[${isError ? 1 : 2},${new Encoder(settle).value(error, 0)}]`;
  } catch {
    return '[1,["e","Error","an error that cannot be read",""]]';
  }
}

/** @throws RangeError when it is too much */
export function encodeAll(args, settle) {
  return new Encoder(settle).value(args, 0);
}

/** What a value looks like, to be compared with what it looks like later. */
export function print(value, settle) {
  try {
    return new Printer(settle).value(value, 0);
  } catch {
    return '';
  }
}

const quotedNames = new RealMap();

/** As `stringify`, for names that come again and again. */
function quoted(name) {
  let text = mapGet(quotedNames, name);
  if (text === undefined) {
    text = stringify(name);
    if (mapSize(quotedNames) < 500) mapSet(quotedNames, name, text);
  }
  return text;
}

function symbolText(value) {
  const known = symbolOrigin(value);
  if (known !== undefined) return `["Y",${known}]`;
  return `["y",${lendSymbol(value)},${stringify(describeSymbol(value) ?? '')}]`;
}

function handleText(value) {
  return `["h",${lend(value)},${stringify(nameOf(value.constructor))},${kindNumber(getPrototypeOf(value))}]`;
}

/** A number for each prototype: what the judge learnt of one object of a class holds for the others. */
function kindNumber(prototype) {
  if (prototype === null || prototype === OBJECT) return 0;
  let kind = weakGet(kinds, prototype);
  if (kind === undefined) {
    kind = freshNumber();
    weakSet(kinds, prototype, kind);
  }
  return kind;
}
