/*
 * The learner's side of the membrane. It runs as a plain script inside the isolate, before the learner's code, and
 * ends in the one function through which the judge reaches in. Nothing here guards a secret: whatever this side
 * sends is checked again by the judge (`membrane.ts`), so code that tampers with it only hurts itself.
 */
(() => {
  const host = globalThis.__host;
  const seed = globalThis.__seed;
  for (const name of ['__host', '__seed', 'WebAssembly', 'SharedArrayBuffer', 'Atomics']) delete globalThis[name];

  const { stringify, parse } = JSON;
  const { getPrototypeOf, getOwnPropertyDescriptor, defineProperty, is, freeze } = Object;
  const { ownKeys, apply, construct } = Reflect;
  const RealDate = Date;
  const TYPED = {
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
  const ERRORS = { __proto__: null, Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError };
  const MAX_ITEMS = 200_000;
  const MAX_CHARS = 4_000_000;
  const MAX_DEPTH = 200;

  /* What this side lends to the judge, by number, and what it borrowed from there. */
  const lent = new Map();
  const numbers = new WeakMap();
  const borrowed = new Map();
  const origins = new WeakMap();
  const hostErrors = new WeakMap();
  const symbols = new Map();
  const hostSymbols = new Map();
  const waiting = new Map();
  const inputs = new Map();
  const kinds = new WeakMap();
  let next = 1;
  let reply = '';

  function lend(object) {
    let id = numbers.get(object);
    if (id === undefined || !lent.has(id)) {
      id = next++;
      numbers.set(object, id);
      lent.set(id, object);
    }
    return id;
  }

  class Encoder {
    seen = new Map();
    items = 0;
    chars = 0;

    count(characters) {
      this.chars += characters;
      if (++this.items > MAX_ITEMS || this.chars > MAX_CHARS) throw new RangeError('too much data for one call');
    }

    value(value, depth) {
      this.count(0);
      switch (typeof value) {
        case 'string':
          this.count(value.length);
          return value;
        case 'boolean':
          return value;
        case 'number':
          return is(value, -0) ? ['n', '-0'] : value - value === 0 ? value : ['n', `${value}`];
        case 'undefined':
          return ['u'];
        case 'bigint': {
          const digits = value.toString(16);
          this.count(digits.length);
          return ['b', digits];
        }
        case 'symbol':
          return this.symbol(value);
        default:
          return value === null ? null : this.object(value, depth);
      }
    }

    symbol(value) {
      const known = hostSymbols.get(value);
      if (known !== undefined) return ['Y', known];
      let id = symbols.get(value);
      if (id === undefined) {
        id = next++;
        symbols.set(value, id);
        symbols.set(id, value);
      }
      return ['y', id, `${value.description ?? ''}`];
    }

    object(value, depth) {
      if (depth > MAX_DEPTH) throw new RangeError('nested too deeply to hand over');
      const origin = origins.get(value);
      if (origin !== undefined) return ['H', origin];
      if (typeof value === 'function') return ['f', lend(value), nameOf(value), isClass(value) ? 1 : 0];
      if (value instanceof Promise) return ['p', this.promise(value)];
      if (value instanceof Error) return encodeError(value, this, depth);
      const back = this.seen.get(value);
      if (back !== undefined) return ['r', back];
      const shape = shapeOf(value);
      if (shape === undefined) return ['h', lend(value), nameOf(value.constructor), kindNumber(getPrototypeOf(value))];
      this.seen.set(value, this.seen.size);
      return this.copy(shape, value, depth + 1);
    }

    copy(shape, value, depth) {
      switch (shape) {
        case 'a': {
          if (value.length > MAX_ITEMS) throw new RangeError('too much data for one call');
          const wire = ['a'];
          for (let i = 0; i < value.length; i++) wire[i + 1] = i in value ? this.value(value[i], depth) : ['_'];
          return wire;
        }
        case 'o':
        case 'O': {
          const wire = [shape];
          for (const key of ownKeys(value)) {
            if (typeof key !== 'string') continue;
            const property = getOwnPropertyDescriptor(value, key);
            if (!property.enumerable) continue;
            this.count(key.length);
            wire.push(key, this.value(property.value, depth));
          }
          return wire;
        }
        case 'm': {
          const wire = ['m'];
          for (const [key, item] of value) wire.push(this.value(key, depth), this.value(item, depth));
          return wire;
        }
        case 's': {
          const wire = ['s'];
          for (const item of value) wire.push(this.value(item, depth));
          return wire;
        }
        case 'd':
          return ['d', this.value(value.getTime(), depth)];
        case 'B': {
          const wire = ['B'];
          for (const byte of new Uint8Array(value)) wire.push(this.value(byte, depth));
          return wire;
        }
        default: {
          const wire = ['t', shape];
          for (const item of value) wire.push(this.value(item, depth));
          return wire;
        }
      }
    }

    promise(value) {
      let id = numbers.get(value);
      if (id !== undefined) return id;
      id = next++;
      numbers.set(value, id);
      value.then(
        (result) => host('settle', id, safely(0, result)),
        (error) => host('settle', id, encodeThrown(error)),
      );
      return id;
    }
  }

  function nameOf(value) {
    if (typeof value !== 'function') return '';
    const name = getOwnPropertyDescriptor(value, 'name')?.value;
    return typeof name === 'string' ? name.slice(0, 100) : '';
  }

  /** A number for each prototype: what the judge learnt of one object of a class holds for the others. */
  function kindNumber(prototype) {
    if (prototype === null || prototype === Object.prototype) return 0;
    let number = kinds.get(prototype);
    if (number === undefined) {
      number = next++;
      kinds.set(prototype, number);
    }
    return number;
  }

  function isClass(value) {
    return getOwnPropertyDescriptor(value, 'prototype')?.writable === false;
  }

  /** How a value is copied; undefined where it has behaviour of its own and stays here, behind a handle. */
  function shapeOf(value) {
    const prototype = getPrototypeOf(value);
    switch (prototype) {
      case Array.prototype:
        return Array.isArray(value) ? 'a' : undefined;
      case Object.prototype:
      case null:
        return isData(value) ? (prototype === null ? 'O' : 'o') : undefined;
      case Map.prototype:
        return 'm';
      case Set.prototype:
        return 's';
      case RealDate.prototype:
        return 'd';
      case ArrayBuffer.prototype:
        return 'B';
      default:
        for (const name in TYPED) if (prototype === TYPED[name].prototype) return name;
        return undefined;
    }
  }

  function isData(value) {
    for (const key of ownKeys(value)) {
      const property = getOwnPropertyDescriptor(value, key);
      if (property === undefined || property.get || property.set) return false;
      if (typeof property.value === 'function' && !origins.has(property.value)) return false;
      if (typeof key === 'symbol' && typeof property.value === 'function') return false;
    }
    return true;
  }

  function encodeError(error, encoder, depth) {
    const known = hostErrors.get(error);
    if (known !== undefined) return ['E', known];
    const fields = [];
    for (const key of ownKeys(error)) {
      const property = getOwnPropertyDescriptor(error, key);
      if (typeof key !== 'string' || !property.enumerable || property.get) continue;
      if (key === 'name' || key === 'message' || key === 'stack' || typeof property.value === 'function') continue;
      if (fields.length < 40) fields.push(key, encoder.value(property.value, depth + 1));
    }
    return ['e', clip(error.name, 200), clip(error.message, 4000), clip(error.stack, 8000), ...fields];
  }

  function clip(text, length) {
    return typeof text === 'string' ? text.slice(0, length) : '';
  }

  /** A reply that a call succeeded with `value`; or that handing it over failed. */
  function safely(kind, value) {
    try {
      return stringify([kind, new Encoder().value(value, 0)]);
    } catch (error) {
      return encodeThrown(error);
    }
  }

  function encodeThrown(error) {
    try {
      const thrown = error instanceof Error;
      return stringify([thrown ? 1 : 2, new Encoder().value(error, 0)]);
    } catch {
      return '[1,["e","Error","an error that cannot be read",""]]';
    }
  }

  class Decoder {
    seen = [];

    value(wire) {
      if (typeof wire !== 'object' || wire === null) return wire;
      switch (wire[0]) {
        case 'u':
          return undefined;
        case 'n':
          return wire[1] === '-0' ? -0 : Number(wire[1]);
        case 'b':
          return wire[1][0] === '-' ? -BigInt(`0x${wire[1].slice(1)}`) : BigInt(`0x${wire[1]}`);
        case 'y': {
          let symbol = borrowed.get(wire[1]);
          if (symbol === undefined) {
            symbol = Symbol(wire[2]);
            borrowed.set(wire[1], symbol);
            hostSymbols.set(symbol, wire[1]);
          }
          return symbol;
        }
        case 'Y':
          return symbols.get(wire[1]);
        case 'f':
          return borrow(wire[1], () => hostFunction(wire[1], wire[2]));
        case 'h':
          return borrow(wire[1], () => hostObject(wire[1], wire[2], wire[3]));
        case 'H':
          return lent.get(wire[1]);
        case 'p':
          return borrow(wire[1], () => new Promise((resolve, reject) => waiting.set(wire[1], { resolve, reject })));
        case 'e':
        case 'E':
          return hostError(wire, this);
        case 'r':
          return this.seen[wire[1]];
        default:
          return this.copy(wire);
      }
    }

    copy(wire) {
      const keep = (container) => {
        this.seen.push(container);
        return container;
      };
      switch (wire[0]) {
        case 'a': {
          const array = keep([]);
          array.length = wire.length - 1;
          for (let i = 1; i < wire.length; i++) if (!isHole(wire[i])) array[i - 1] = this.value(wire[i]);
          return array;
        }
        case 'o':
        case 'O': {
          const object = keep(wire[0] === 'o' ? {} : { __proto__: null });
          for (let i = 1; i < wire.length; i += 2) define(object, wire[i], this.value(wire[i + 1]));
          return object;
        }
        case 'm': {
          const map = keep(new Map());
          for (let i = 1; i < wire.length; i += 2) map.set(this.value(wire[i]), this.value(wire[i + 1]));
          return map;
        }
        case 's': {
          const set = keep(new Set());
          for (let i = 1; i < wire.length; i++) set.add(this.value(wire[i]));
          return set;
        }
        case 'd':
          return keep(new RealDate(this.value(wire[1])));
        case 'B':
          return keep(new Uint8Array(wire.slice(1)).buffer);
        case 't': {
          const array = keep(new TYPED[wire[1]](wire.length - 2));
          for (let i = 2; i < wire.length; i++) array[i - 2] = this.value(wire[i]);
          return array;
        }
      }
    }
  }

  const isHole = (wire) => typeof wire === 'object' && wire !== null && wire[0] === '_';

  function define(object, key, value) {
    defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
  }

  function borrow(id, make) {
    let value = borrowed.get(id);
    if (value === undefined) {
      value = make();
      borrowed.set(id, value);
      origins.set(value, id);
    }
    return value;
  }

  function hostFunction(id, name) {
    const call = (...args) => ask('call', id, '', args);
    defineProperty(call, 'name', { value: name });
    return call;
  }

  function hostObject(id, methods, fields) {
    const object = {};
    for (const name of methods) {
      const key = name === '@@iterator' ? Symbol.iterator : name === '@@asyncIterator' ? Symbol.asyncIterator : name;
      defineProperty(object, key, { value: (...args) => ask('method', id, name, args), enumerable: key === name });
    }
    for (const name of fields) {
      defineProperty(object, name, { get: () => ask('field', id, name, []), enumerable: true });
    }
    return object;
  }

  function hostError(wire, decoder) {
    const [tag, id, name, message, ...fields] = wire;
    if (tag === 'E') return lent.get(id);
    const Kind = ERRORS[name] ?? Error;
    const error = new Kind(message);
    if (error.name !== name) defineProperty(error, 'name', { value: name, configurable: true, writable: true });
    for (let i = 0; i < fields.length; i += 2) define(error, fields[i], decoder.value(fields[i + 1]));
    hostErrors.set(error, id);
    return error;
  }

  /** Calls the judge's side. */
  function ask(op, id, name, args) {
    const [kind, wire] = parse(host(op, id, name, stringify(new Encoder().value(args, 0))));
    const value = new Decoder().value(wire);
    if (kind !== 0) throw value;
    return value;
  }

  /** Remembers what was handed in, so that the judge can see how it was left. */
  function watch(values, watched) {
    for (let i = 0; i < watched.length; i++) {
      const id = watched[i];
      if (id === 0) continue;
      inputs.set(id, { value: values[i], before: print(values[i]) });
      if (inputs.size > 500) inputs.delete(inputs.keys().next().value);
    }
  }

  function print(value) {
    try {
      return stringify(new Encoder().value(value, 0));
    } catch {
      return '';
    }
  }

  const OPERATIONS = {
    __proto__: null,
    call: (id, self, args) => apply(lent.get(id), self, args),
    construct: (id, _self, args) => construct(lent.get(id), args),
    get: (id, key) => lent.get(id)[keyOf(key)],
    invoke(id, key, args) {
      const object = lent.get(id);
      return apply(object[keyOf(key)], object, args);
    },
    isMethod(id, key) {
      let object = lent.get(id);
      if (getOwnPropertyDescriptor(object, keyOf(key)) !== undefined) return false;
      while (object !== null) {
        const property = getOwnPropertyDescriptor(object, keyOf(key));
        if (property !== undefined) return typeof property.value === 'function';
        object = getPrototypeOf(object);
      }
      return false;
    },
    set(id, key, [value]) {
      lent.get(id)[keyOf(key)] = value;
      return true;
    },
    has: (id, key) => keyOf(key) in lent.get(id),
    keys: (id) => {
      const object = lent.get(id);
      return ownKeys(object).filter(
        (key) => typeof key === 'string' && getOwnPropertyDescriptor(object, key)?.enumerable,
      );
    },
    isInstance: (id, _self, [value]) => value instanceof lent.get(id),
    free: (_id, _self, ids) => {
      for (const id of ids) lent.delete(id);
    },
    settle: (id, ok, [value]) => {
      const promise = waiting.get(id);
      waiting.delete(id);
      if (ok) promise?.resolve(value);
      else promise?.reject(value);
    },
    exports: () => {
      const namespace = globalThis.__learner;
      const list = [];
      if (typeof namespace !== 'object' || namespace === null) return list;
      for (const name of ownKeys(namespace)) if (typeof name === 'string') list.push([name, namespace[name]]);
      return list;
    },
    left: (id) => {
      const input = inputs.get(id);
      if (input === undefined) return [false];
      const now = print(input.value);
      return now === input.before ? [false] : [true, input.value];
    },
    changed: () => {
      const ids = [];
      for (const [id, input] of inputs) if (print(input.value) !== input.before) ids.push(id);
      return ids;
    },
  };

  function keyOf(key) {
    return key === '@@iterator' ? Symbol.iterator : key === '@@asyncIterator' ? Symbol.asyncIterator : key;
  }

  /* What a learner finds around: a console, a clock that stands still, and chance that can be replayed. */
  const lineText = () => clip(new Error().stack, 2000);
  const noted = new Set();
  function note(kind) {
    const at = lineText();
    if (noted.has(kind)) return;
    noted.add(kind);
    host('used', 0, kind, at);
  }

  const describe = (value) => {
    if (typeof value === 'string') return value;
    try {
      if (value instanceof Error) return `${value.name}: ${value.message}`;
      return readable(value, 0);
    } catch {
      return '(cannot be shown)';
    }
  };
  function readable(value, depth) {
    if (typeof value === 'string') return `'${value}'`;
    if (is(value, -0)) return '-0';
    if (typeof value === 'bigint') return `${value}n`;
    if (typeof value === 'function') return `[function ${nameOf(value)}]`;
    if (typeof value !== 'object' || value === null) return String(value);
    if (depth > 3) return '…';
    const some = (items, one) => {
      const shown = [];
      for (const item of items) {
        if (shown.length === 50) return `${shown.join(', ')}, …`;
        shown.push(one(item));
      }
      return shown.join(', ');
    };
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

  const log = (...values) => {
    let text = '';
    for (const value of values) text += `${text === '' ? '' : ' '}${describe(value)}`;
    host('log', 0, clip(text, 20_000), lineText());
  };
  const silent = () => undefined;
  globalThis.console = {
    log: log,
    info: log,
    warn: log,
    error: log,
    debug: log,
    table: log,
    dir: log,
    trace: log,
    assert: (condition, ...values) => condition || log('assertion failed', ...values),
    group: log,
    groupEnd: silent,
    time: silent,
    timeEnd: silent,
    count: silent,
  };

  let state = seed >>> 0 || 1;
  Math.random = () => {
    note('random');
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const STILL = 1_767_225_600_000;
  const now = () => {
    note('clock');
    return STILL;
  };
  globalThis.Date = new Proxy(RealDate, {
    apply: () => new RealDate(now()).toString(),
    construct: (target, args, self) => construct(target, args.length === 0 ? [now()] : args, self),
    get: (target, key) => (key === 'now' ? now : target[key]),
  });
  defineProperty(RealDate.prototype, 'constructor', { value: globalThis.Date, writable: true, configurable: true });
  globalThis.performance = freeze({ now: () => now() - STILL });

  /* The way in. The reply is kept because a rejection that nobody handles takes the place of what is returned. */
  return (op, id, self, wire, watched) => {
    if (op === 'reply') return reply;
    try {
      const decoder = new Decoder();
      const owner = op === 'call' ? decoder.value(parse(self)) : self;
      const args = decoder.value(parse(wire));
      if (watched !== undefined) watch(args, parse(watched));
      reply = safely(0, OPERATIONS[op](id, owner, args));
    } catch (error) {
      reply = encodeThrown(error);
    }
    return reply;
  };
})();
