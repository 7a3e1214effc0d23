import { MalformedWire, TYPED_ARRAYS, type TypedArrayName, type Wire } from './wire.ts';

/** Gives meaning to the tags that stand for more than data. */
export interface Lender {
  readonly function: (id: number, name: string, isClass: boolean) => unknown;
  /** `kind`: the same for all objects of one class; 0 where nothing is known. */
  readonly object: (id: number, className: string, kind: number) => unknown;
  readonly promise: (id: number) => unknown;
  readonly symbol: (id: number, description: string) => symbol;
  /** What this side lent to the other one before. */
  readonly home: (id: number) => unknown;
  readonly error: (name: string, message: string, stack: string, fields: readonly [string, unknown][]) => Error;
}

const MAX_DEPTH = 450;

/**
 * Builds the value that `wire` stands for. The other side is not trusted: every tag is checked, and what comes out
 * is made of fresh objects of this side.
 * @throws MalformedWire
 */
export function decode(wire: Wire, lender: Lender): unknown {
  return new Decoder(lender).value(wire, 0);
}

class Decoder {
  private readonly seen: object[] = [];

  constructor(private readonly lender: Lender) {}

  value(wire: Wire, depth: number): unknown {
    if (typeof wire !== 'object' || wire === null) return wire;
    if (depth > MAX_DEPTH) throw new MalformedWire('nested too deeply');
    const [tag, first] = wire;
    switch (tag) {
      case 'u':
        return undefined;
      case 'n':
        return special(first);
      case 'b':
        return bigint(first);
      case 'y':
        return this.lender.symbol(integer(first), text(wire[2]));
      case 'Y':
      case 'H':
      case 'E':
        return this.lender.home(integer(first));
      case 'f':
        return this.lender.function(integer(first), text(wire[2]), wire[3] === 1);
      case 'h':
        return this.lender.object(integer(first), text(wire[2]), integer(wire[3]));
      case 'p':
        return this.lender.promise(integer(first));
      case 'e':
        return this.error(wire, depth);
      case 'r':
        return this.back(integer(first));
      default:
        return this.container(wire, depth + 1);
    }
  }

  private container(wire: readonly Wire[], depth: number): unknown {
    const [tag, ...items] = wire;
    switch (tag) {
      case 'a': {
        const array = this.keep(new Array<unknown>(items.length));
        items.forEach((item, i) => {
          if (!(Array.isArray(item) && item[0] === '_')) array[i] = this.value(item, depth);
        });
        return array;
      }
      case 'o':
      case 'O': {
        const object = this.keep(tag === 'o' ? {} : (Object.create(null) as object));
        for (const [key, item] of pairs(items)) {
          const value = this.value(item, depth);
          Object.defineProperty(object, text(key), { value, writable: true, enumerable: true, configurable: true });
        }
        return object;
      }
      case 'm': {
        const map = this.keep(new Map<unknown, unknown>());
        for (const [key, item] of pairs(items)) map.set(this.value(key, depth), this.value(item, depth));
        return map;
      }
      case 's': {
        const set = this.keep(new Set<unknown>());
        for (const item of items) set.add(this.value(item, depth));
        return set;
      }
      case 'd':
        return this.keep(new Date(this.value(items[0] ?? null, depth) as number));
      case 'B':
        return this.keep(Uint8Array.from(items, number).buffer);
      case 't':
        return this.typedArray(items, depth);
      default:
        throw new MalformedWire(`unknown tag ${typeof tag}`);
    }
  }

  private typedArray([name, ...items]: readonly Wire[], depth: number): unknown {
    if (typeof name !== 'string' || !Object.hasOwn(TYPED_ARRAYS, name)) throw new MalformedWire('unknown typed array');
    const array = this.keep(new TYPED_ARRAYS[name as TypedArrayName](items.length));
    items.forEach((item, i) => {
      const element = this.value(item, depth);
      const big = array instanceof BigInt64Array || array instanceof BigUint64Array;
      if (big ? typeof element !== 'bigint' : typeof element !== 'number') throw new MalformedWire('unfit element');
      array[i] = element as never;
    });
    return array;
  }

  private error(wire: readonly Wire[], depth: number): Error {
    const [, name, message, stack, ...fields] = wire;
    const values = pairs(fields).map(([key, item]): [string, unknown] => [text(key), this.value(item, depth + 1)]);
    return this.lender.error(text(name), text(message), text(stack), values);
  }

  private keep<T extends object>(container: T): T {
    this.seen.push(container);
    return container;
  }

  private back(place: number): object {
    const container = this.seen[place];
    if (container === undefined) throw new MalformedWire('reference to nothing');
    return container;
  }
}

function pairs(items: readonly Wire[]): [Wire, Wire][] {
  if (items.length % 2 !== 0) throw new MalformedWire('key without a value');
  return Array.from({ length: items.length / 2 }, (_, i) => [items[2 * i] as Wire, items[2 * i + 1] as Wire]);
}

function text(wire: Wire | undefined): string {
  if (typeof wire !== 'string') throw new MalformedWire('a string was due');
  return wire;
}

function number(wire: Wire): number {
  if (typeof wire !== 'number') throw new MalformedWire('a number was due');
  return wire;
}

function integer(wire: Wire | undefined): number {
  if (!Number.isSafeInteger(wire)) throw new MalformedWire('a whole number was due');
  return wire as number;
}

function special(wire: Wire | undefined): number {
  switch (wire) {
    case 'NaN':
      return Number.NaN;
    case 'Infinity':
      return Number.POSITIVE_INFINITY;
    case '-Infinity':
      return Number.NEGATIVE_INFINITY;
    case '-0':
      return -0;
    default:
      throw new MalformedWire('no such number');
  }
}

function bigint(wire: Wire | undefined): bigint {
  const [, sign, digits] = /^(-?)([0-9a-f]+)$/.exec(text(wire)) ?? [];
  if (digits === undefined) throw new MalformedWire('no such bigint');
  const magnitude = BigInt(`0x${digits}`);
  return sign === '-' ? -magnitude : magnitude;
}
