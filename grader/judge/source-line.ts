import { SourceMap } from 'node:module';

/** The name of the graded file in source maps. */
export const MAIN = 'the-graded-file.ts';

/** The name under which bundled code runs in an isolate; stacks are searched for it. */
export const SCRIPT = 'learner.js';

/** Finds the learner's own line in a stack from the isolate: the innermost frame in the file that is graded. */
export class SourceLines {
  private map: SourceMap | undefined;

  /** @param sourceMap JSON, as esbuild writes it */
  constructor(private readonly sourceMap: string) {}

  /** From 1; undefined when no frame of the stack is the learner's. */
  find(stack: string): number | undefined {
    for (const [, line, column] of stack.matchAll(/\blearner\.js:(\d{1,7}):(\d{1,7})/g)) {
      const entry = this.parsed().findEntry(Number(line) - 1, Number(column) - 1);
      if ('originalLine' in entry && entry.originalSource.endsWith(MAIN)) return entry.originalLine + 1;
    }
    return undefined;
  }

  private parsed(): SourceMap {
    this.map ??= new SourceMap(JSON.parse(this.sourceMap));
    return this.map;
  }
}
