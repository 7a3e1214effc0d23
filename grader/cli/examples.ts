/** Words in which a brief's comment names an error that a call must throw. */
const THROWS = /^(?:throws (?:an? )?)?((?:Range|Type|Syntax)?Error)\b/;
/** A value as code would write it: the whole comment, or what stands before its colon. */
const VALUE =
  /^('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|-?\d[\d_]*(?:\.\d+)?n?|true|false|null|undefined|NaN|-?Infinity)(?=$|[:;,.]| as well\b)/;
const LIST = /^(\[[^\]]*\]|\{[^}]*\})(?=$|[:;,.]| as well\b)/;
/** `expression; // comment`, the expression on one line and no declaration or assignment. */
const COMMENTED = /^(\s*)((?:await )?[A-Za-z_$][^;]*);\s*\/\/ (.+)$/;
const STATEMENT = /^(?:const|let|var|return|if|for|while|import|export|throw)\b|^[\w.$[\]]+\s*[-+*/]?=[^=>]/;

/** The TypeScript examples of a brief's text, in order. */
export function examplesIn(brief: string): string[] {
  return [...brief.replaceAll('\r\n', '\n').matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(([, code]) => code ?? '');
}

/**
 * A vitest file out of a brief's examples: a comment that begins with a value or an error becomes an expectation, every
 * other line stays as it stands. Each example sees what the ones before it have declared.
 */
export function toSpec(options: {
  readonly examples: readonly string[];
  readonly title: string;
  /** Module of the learner's file and the names it exports. */
  readonly module: string;
  readonly names: readonly string[];
  /** Module whose exports stand in for what a brief takes for granted. */
  readonly standIns: string;
  readonly standInNames: readonly string[];
  /** Said where an example needs something else that only its reader could supply. */
  readonly open: (name: string) => string;
}): string {
  const { examples, names, standInNames } = options;
  const used = standInNames.filter((name) => examples.some((code) => new RegExp(`\\b${name}\\b`).test(code)));
  const body = examples.reduceRight(
    (inner, code) => `{\n${code.split('\n').map(expectation).join('\n')}\n${inner}}\n`,
    '',
  );
  return `import { expect, test } from 'vitest';
import { ${names.join(', ')} } from ${JSON.stringify(options.module)};
${used.length > 0 ? `import { ${used.join(', ')} } from ${JSON.stringify(options.standIns)};\n` : ''}
test(${JSON.stringify(options.title)}, async () => {
try ${body.trimEnd()} catch (error) {
  const name = error instanceof ReferenceError ? /^(\\w+) is not defined/.exec(error.message)?.[1] : undefined;
  if (name === undefined) throw error;
  console.info(${JSON.stringify(options.open('NAME'))}.replace('NAME', name));
}
});
`;
}

/** Names that a module exports by themselves, read from its text: it need not compile. */
export function exportedNames(source: string): string[] {
  return [...source.matchAll(/^export (?:abstract )?(?:async )?(?:class|function\*?|const|let) ([\w$]+)/gm)].map(
    ([, name]) => name ?? '',
  );
}

function expectation(line: string): string {
  const [, indent = '', expression = '', comment = ''] = COMMENTED.exec(line) ?? [];
  if (expression === '' || STATEMENT.test(expression)) return line;
  const value = VALUE.exec(comment)?.[1] ?? LIST.exec(comment)?.[1];
  if (value !== undefined) return `${indent}expect.soft(${expression}).toEqual(${value}); // ${comment}`;
  const error = THROWS.exec(comment)?.[1];
  if (error === undefined) return line;
  return expression.startsWith('await ')
    ? `${indent}await expect.soft(${expression.slice(6)}).rejects.toThrow(${error}); // ${comment}`
    : `${indent}expect.soft(() => ${expression}).toThrow(${error}); // ${comment}`;
}
