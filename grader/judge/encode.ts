import { TYPED_ARRAYS, type Wire } from './wire.ts';

/** Says how what is more than data is named on the wire. */
export interface Registrar {
  /** The number under which the other side lent this, if it did. */
  readonly foreign: (value: object) => number | undefined;
  readonly foreignSymbol: (value: symbol) => number | undefined;
  readonly function: (value: (...args: never[]) => unknown) => number;
  readonly object: (value: object, methods: readonly string[], fields: readonly string[]) => number;
  readonly promise: (value: Promise<unknown>) => number;
  readonly symbol: (value: symbol) => number;
  readonly error: (value: Error) => number;
}

/** The wire form of a value of the judge's side. Trusted values: no limits, but no cycle goes unnoticed either. */
export function encode(value: unknown, registrar: Registrar): Wire {
  return new Encoder(registrar).value(value);
}

class Encoder {
  private readonly seen = new Map<object, number>();

  constructor(private readonly registrar: Registrar) {}

  value(value: unknown): Wire {
    switch (typeof value) {
      case 'string':
      case 'boolean':
        return value;
      case 'number':
        return Object.is(value, -0) ? ['n', '-0'] : Number.isFinite(value) ? value : ['n', `${value}`];
      case 'undefined':
        return ['u'];
      case 'bigint':
        return ['b', value.toString(16)];
      case 'symbol': {
        const foreign = this.registrar.foreignSymbol(value);
        if (foreign !== undefined) return ['Y', foreign];
        return ['y', this.registrar.symbol(value), value.description ?? ''];
      }
      default:
        return value === null ? null : this.object(value as object);
    }
  }

  private object(value: object): Wire {
    const foreign = this.registrar.foreign(value);
    if (foreign !== undefined) return ['H', foreign];
    if (typeof value === 'function') {
      const callable = value as (...args: never[]) => unknown;
      return ['f', this.registrar.function(callable), callable.name];
    }
    if (value instanceof Promise) return ['p', this.registrar.promise(value)];
    if (value instanceof Error) return this.error(value);
    const back = this.seen.get(value);
    if (back !== undefined) return ['r', back];
    const handled = behaviour(value);
    if (handled !== undefined) {
      return ['h', this.registrar.object(value, handled.methods, handled.fields), handled.methods, handled.fields];
    }
    this.seen.set(value, this.seen.size);
    return this.copy(value);
  }

  private copy(value: object): Wire {
    const all = (items: Iterable<unknown>) => Array.from(items, (item) => this.value(item));
    if (Array.isArray(value)) return ['a', ...Array.from(value, (item, i) => (i in value ? this.value(item) : ['_']))];
    if (value instanceof Map) return ['m', ...all([...value].flat())];
    if (value instanceof Set) return ['s', ...all(value)];
    if (value instanceof Date) return ['d', this.value(value.getTime())];
    if (value instanceof ArrayBuffer) return ['B', ...new Uint8Array(value)];
    if (ArrayBuffer.isView(value)) {
      return ['t', value.constructor.name, ...all(value as unknown as Iterable<unknown>)];
    }
    const tag = Object.getPrototypeOf(value) === null ? 'O' : 'o';
    return [tag, ...Object.entries(value).flatMap(([key, item]) => [key, this.value(item)])];
  }

  private error(error: Error): Wire {
    const fields = Object.entries(error).filter(([key, item]) => !OWN_OF_ERRORS.has(key) && typeof item !== 'function');
    return [
      'e',
      this.registrar.error(error),
      error.name,
      error.message,
      ...fields.flatMap(([key, item]) => [key, this.value(item)]),
    ];
  }
}

const OWN_OF_ERRORS = new Set(['name', 'message', 'stack', 'learnerLine', 'thrown']);
const COPIED = new Set<object | null>([
  Array.prototype,
  Map.prototype,
  Set.prototype,
  Date.prototype,
  ArrayBuffer.prototype,
  ...Object.values(TYPED_ARRAYS).map((kind) => kind.prototype as object),
]);

/** What an object can do, by name; undefined for plain data. */
function behaviour(value: object): { readonly methods: string[]; readonly fields: string[] } | undefined {
  const prototype: object | null = Object.getPrototypeOf(value);
  if (COPIED.has(prototype)) return undefined;
  const plain = prototype === null || prototype === Object.prototype;
  const methods = new Set<string>();
  const fields = new Set<string>();
  let active = !plain;
  for (let object: object | null = value; object !== null && object !== Object.prototype; ) {
    for (const key of Object.getOwnPropertyNames(object)) {
      if (key === 'constructor' || key === '__proto__' || methods.has(key) || fields.has(key)) continue;
      const property = Object.getOwnPropertyDescriptor(object, key) as PropertyDescriptor;
      if (property.get !== undefined || typeof property.value === 'function') active = true;
      (typeof property.value === 'function' ? methods : fields).add(key);
    }
    object = Object.getPrototypeOf(object);
  }
  if (Symbol.iterator in value) methods.add('@@iterator');
  if (Symbol.asyncIterator in value) methods.add('@@asyncIterator');
  return active || methods.size > 0 ? { methods: [...methods], fields: [...fields] } : undefined;
}
