/**
 * Writes a value in one line, the way a person would jot it down: `a b c`, `{ id: 7 }`, `-0`. Strings stay bare
 * where they cannot be mistaken for something else.
 */
export function show(value: unknown, limit = 160): string {
  const text =
    Array.isArray(value) && value.length > 0 ? value.map((item) => write(item, 1)).join(' ') : write(value, 0);
  return text.length <= limit ? text : `${text.slice(0, limit - 1)}…`;
}

const BARE = /^[\p{L}\p{N}][\p{L}\p{N}._:/@-]*$/u;
const MISTAKABLE = /^(?:undefined|null|true|false|NaN|-?Infinity|-?\d+(?:\.\d+)?n?)$/;
const MAX_DEPTH = 5;
const MAX_ITEMS = 24;

function write(value: unknown, depth: number): string {
  switch (typeof value) {
    case 'string':
      return BARE.test(value) && !MISTAKABLE.test(value) ? value : `'${escapeQuotes(value)}'`;
    case 'number':
      return Object.is(value, -0) ? '-0' : String(value);
    case 'bigint':
      return `${value}n`;
    case 'symbol':
      return `Symbol(${value.description ?? ''})`;
    case 'function':
      return value.name === '' ? 'function' : `function ${value.name}`;
    case 'object':
      return value === null ? 'null' : writeObject(value, depth);
    default:
      return String(value);
  }
}

function escapeQuotes(text: string): string {
  const shortened = text.length > 120 ? `${text.slice(0, 119)}…` : text;
  return JSON.stringify(shortened).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'");
}

function writeObject(value: object, depth: number): string {
  if (depth > MAX_DEPTH) return '…';
  const deeper = (item: unknown) => write(item, depth + 1);
  if (Array.isArray(value)) return `[${list(value, deeper, ', ')}]`;
  if (value instanceof Error) return `${value.name}: ${value.message}`;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString();
  if (value instanceof Map)
    return `Map { ${list([...value], ([key, item]) => `${deeper(key)} → ${deeper(item)}`, ', ')} }`;
  if (value instanceof Set) return `Set { ${list([...value], deeper, ', ')} }`;
  if (value instanceof Promise) return 'Promise';
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) {
    return `${value.constructor.name} [${list([...(value as Uint8Array)], deeper, ' ')}]`;
  }
  const fields = list(Object.entries(value), ([key, item]) => `${key}: ${deeper(item)}`, ', ');
  return fields === '' ? '{}' : `{ ${fields} }`;
}

function list<T>(items: readonly T[], one: (item: T) => string, separator: string): string {
  const shown = items.slice(0, MAX_ITEMS).map(one);
  return (items.length > MAX_ITEMS ? [...shown, '…'] : shown).join(separator);
}
