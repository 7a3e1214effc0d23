/** Titles of each exercise's checks, read from the hidden suites while the site is built: nothing else of them. */
declare module 'virtual:course/checks' {
  import type { Text } from '../simulator/text.ts';

  export const checks: Readonly<Record<string, readonly { readonly id: string; readonly title: Text }[]>>;
}

/** The reference solutions, each loaded when its lane first runs; empty when they are withheld. */
declare module 'virtual:course/solutions' {
  export const solutions: Readonly<Record<string, () => Promise<Readonly<Record<string, unknown>>>>>;
  export const withheld: boolean;
}
