import { Instrumenter } from '@stryker-mutator/instrumenter';

/** One small change to a solution. */
export interface Mutant {
  readonly id: string;
  /** Stryker's name of the kind of change, `EqualityOperator`. */
  readonly mutator: string;
  /** Line of the solution, from 1. */
  readonly line: number;
  readonly original: string;
  readonly replacement: string;
}

export interface Mutated {
  /** The source with every mutant in it, each asleep until `activate` names it. */
  readonly source: string;
  readonly mutants: readonly Mutant[];
}

const silent = () => undefined;
const log = { trace: silent, debug: silent, info: silent, warn: silent, error: silent, fatal: silent };
const quiet = {
  ...log,
  isTraceEnabled: () => false,
  isDebugEnabled: () => false,
  isInfoEnabled: () => false,
  isWarnEnabled: () => false,
  isErrorEnabled: () => false,
  isFatalEnabled: () => false,
};

/** Every mutant that Stryker knows of a TypeScript source (https://stryker-mutator.io/docs/mutation-testing-elements/). */
export async function mutate(source: string): Promise<Mutated> {
  const instrumenter = new Instrumenter(quiet);
  const options = { plugins: null, excludedMutations: [], ignorers: [] };
  const { files, mutants } = await instrumenter.instrument(
    [{ name: 'solution.ts', content: source, mutate: true }],
    options,
  );
  const [instrumented] = files;
  if (instrumented === undefined) throw new Error('the solution could not be read');
  return {
    source: instrumented.content,
    mutants: mutants.map((mutant) => {
      const { id, mutatorName, replacement, location } = mutant;
      return {
        id,
        mutator: mutatorName,
        line: location.start.line + 1,
        original: cut(source, location),
        replacement: oneLine(replacement ?? ''),
      };
    }),
  };
}

/** Code to run before a bundle of `Mutated.source`, so that exactly this mutant is awake. */
export function activate(mutant: Pick<Mutant, 'id'>): string {
  return `globalThis.__stryker__ = { activeMutant: ${JSON.stringify(mutant.id)} };\n`;
}

interface Position {
  readonly line: number;
  readonly column: number;
}

function cut(source: string, { start, end }: { readonly start: Position; readonly end: Position }): string {
  const lines = source.split('\n').slice(start.line, end.line + 1);
  lines[lines.length - 1] = lines[lines.length - 1]!.slice(0, end.column);
  lines[0] = lines[0]!.slice(start.column);
  return oneLine(lines.join('\n'));
}

function oneLine(code: string): string {
  return code.replace(/\s+/g, ' ').trim();
}
