/** A place in a learner's file, counted from 1. */
export interface SourcePosition {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

interface SourceMap {
  readonly sources: readonly string[];
  readonly mappings: string;
}

/**
 * Where in the learner's files an error was thrown, read from its stack and the bundle's inline source map
 * (ECMA-426). Undefined when no frame lies in the bundle.
 * @param frames matches one frame of the bundle, line and column in its first two groups
 */
export function sourceOf(stack: string, bundle: string, frames = /blob:[^\s)]+:(\d+):(\d+)/g): SourcePosition[] {
  const map = inlineMap(bundle);
  if (!map) return [];
  return [...stack.matchAll(frames)].flatMap(([, line, column]) => locate(map, Number(line), Number(column)) ?? []);
}

function inlineMap(bundle: string): SourceMap | undefined {
  const encoded = /\/\/# sourceMappingURL=data:application\/json;base64,([A-Za-z0-9+/=]+)\s*$/.exec(bundle)?.[1];
  if (!encoded) return undefined;
  const bytes = Uint8Array.from(atob(encoded), (letter) => letter.charCodeAt(0));
  return JSON.parse(new TextDecoder().decode(bytes)) as SourceMap;
}

function locate(map: SourceMap, line: number, column: number): SourcePosition | undefined {
  let source = 0;
  let sourceLine = 0;
  let sourceColumn = 0;
  let found: SourcePosition | undefined;
  for (const [index, text] of map.mappings.split(';').entries()) {
    if (index >= line) break;
    let generated = 0;
    for (const segment of text === '' ? [] : text.split(',')) {
      const [columns = 0, sources, lines = 0, sourceColumns = 0] = decode(segment);
      generated += columns;
      if (sources === undefined) continue;
      source += sources;
      sourceLine += lines;
      sourceColumn += sourceColumns;
      if (index !== line - 1 || generated > column - 1) continue;
      found = { file: map.sources[source] ?? '', line: sourceLine + 1, column: sourceColumn + 1 };
    }
  }
  return found;
}

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Base64 variable-length quantities. */
function decode(segment: string): number[] {
  const numbers: number[] = [];
  let value = 0;
  let shift = 0;
  for (const letter of segment) {
    const digit = DIGITS.indexOf(letter);
    value += (digit & 31) << shift;
    shift += 5;
    if (digit & 32) continue;
    numbers.push(value & 1 ? -(value >>> 1) : value >>> 1);
    value = 0;
    shift = 0;
  }
  return numbers;
}
