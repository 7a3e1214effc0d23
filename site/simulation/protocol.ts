import type { Command, Params } from '../../simulator/scene.ts';
import type { Trace } from '../../simulator/trace.ts';
import type { Latencies } from './latencies.ts';

/** Whose strategy a run uses. `code` is a bundled module. */
export type LaneSource =
  | { readonly kind: 'baseline'; readonly id: string }
  | { readonly kind: 'reference'; readonly exercise: string }
  | { readonly kind: 'code'; readonly exercise: string; readonly code: string };

export interface RunRequest {
  readonly kind: 'run';
  /** Names the answer; a later run makes an earlier one of the same lane obsolete. */
  readonly run: number;
  readonly scene: string;
  readonly params: Params;
  readonly seed: number;
  readonly commands: readonly Command[];
  readonly source: LaneSource;
}

/** Loads a scene before it is needed. */
export interface PrepareRequest {
  readonly kind: 'prepare';
  readonly scene: string;
}

/** Each measure along the run, at `stepUs`, 2 `stepUs`, … ; NaN where there was nothing to measure. */
export interface Figures {
  readonly stepUs: number;
  /** By measure: over everything from the start. */
  readonly sinceStart: readonly Float64Array[];
  /** The chart's measure over the last second. */
  readonly lastSecond: Float64Array;
  readonly latencies: Latencies;
  /** By measure: over the whole run. */
  readonly whole: Float64Array;
}

export interface Thrown {
  readonly name: string;
  readonly message: string;
  readonly stack: string;
}

export type WorkerAnswer =
  | { readonly kind: 'ready' }
  | { readonly kind: 'trace'; readonly run: number; readonly trace: Trace }
  | { readonly kind: 'figures'; readonly run: number; readonly figures: Figures }
  | { readonly kind: 'threw'; readonly run: number; readonly thrown: Thrown };
