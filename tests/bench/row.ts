/** One performance figure. Machines differ, so what is judged is `ratio`, against a baseline of the same run. */
export interface Row {
  readonly name: string;
  readonly value: number;
  /** Unit of `value`: `ms`, `events/s` … */
  readonly unit: string;
  /** What `ratio` compares with, in words. */
  readonly baseline?: string;
  readonly ratio?: number;
  /** The largest ratio, or smallest with `atLeast`, that the project promises. */
  readonly promise?: { readonly atMost: number } | { readonly atLeast: number };
}
