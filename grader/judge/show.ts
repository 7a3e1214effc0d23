/**
 * Writes a value in one line, the way a person would jot it down: `a b c`, `{ id: 7 }`, `-0`. Strings stay bare
 * where they cannot be mistaken for something else. However large the value is, little of it is looked at.
 */
export function show(value: unknown, limit = 160): string {
  const text = new Writer().line(value);
  return text.length <= limit ? text : `${text.slice(0, limit - 1)}…`;
}

const BARE = /^[\p{L}\p{N}][\p{L}\p{N}._:/@-]*$/u;
const MISTAKABLE = /^(?:undefined|null|true|false|NaN|-?Infinity|-?\d+(?:\.\d+)?n?)$/;
const MAX_DEPTH = 5;
const MAX_ITEMS = 24;
const MAX_VALUES = 400;
const MAX_CHARS = 120;
/** From here on a bigint is told by its first digits: writing all of them takes longer than anybody reads. */
const LARGE = 10n ** 80n;

class Writer {
  private values = 0;

  line(value: unknown): string {
    if (!Array.isArray(value) || value.length === 0) return this.write(value, 0);
    return this.list(value, (item) => this.write(item, 1), ' ', MAX_VALUES);
  }

  private write(value: unknown, depth: number): string {
    if (++this.values > MAX_VALUES) return '…';
    switch (typeof value) {
      case 'string':
        return value.length <= MAX_CHARS && BARE.test(value) && !MISTAKABLE.test(value) ? value : quoted(value);
      case 'number':
        return Object.is(value, -0) ? '-0' : String(value);
      case 'bigint':
        return bigintText(value);
      case 'symbol':
        return `Symbol(${clipped(value.description ?? '')})`;
      case 'function':
        return value.name === '' ? 'function' : `function ${value.name}`;
      case 'object':
        return value === null ? 'null' : this.object(value, depth);
      default:
        return String(value);
    }
  }

  private object(value: object, depth: number): string {
    if (depth > MAX_DEPTH) return '…';
    const deeper = (item: unknown) => this.write(item, depth + 1);
    const pair = ([key, item]: readonly [unknown, unknown]) => `${deeper(key)} → ${deeper(item)}`;
    if (Array.isArray(value)) return `[${this.list(value, deeper, ', ')}]`;
    if (value instanceof Error) return `${value.name}: ${value.message}`;
    if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString();
    if (value instanceof Map) return `Map { ${this.list([...value], pair, ', ')} }`;
    if (value instanceof Set) return `Set { ${this.list([...value], deeper, ', ')} }`;
    if (value instanceof Promise) return 'Promise';
    if (ArrayBuffer.isView(value) && !(value instanceof DataView)) {
      return `${value.constructor.name} [${this.list(value as Uint8Array, deeper, ' ')}]`;
    }
    const fields = this.list(Object.keys(value), (key) => `${clipped(key)}: ${deeper(Reflect.get(value, key))}`, ', ');
    return fields === '' ? '{}' : `{ ${fields} }`;
  }

  private list<T>(items: ArrayLike<T>, one: (item: T) => string, separator: string, most = MAX_ITEMS): string {
    const shown: string[] = [];
    for (let i = 0; i < items.length; i++) {
      if (i === most || this.values >= MAX_VALUES) return [...shown, '…'].join(separator);
      shown.push(one(items[i] as T));
    }
    return shown.join(separator);
  }
}

function bigintText(value: bigint): string {
  if (value < 0n) return `-${bigintText(-value)}`;
  return value < LARGE ? `${value}n` : `0x${clipped(value.toString(16))}n`;
}

function quoted(text: string): string {
  return `'${JSON.stringify(clipped(text)).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}

function clipped(text: string): string {
  return text.length > MAX_CHARS ? `${text.slice(0, MAX_CHARS - 1)}…` : text;
}
