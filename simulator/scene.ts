import type { Text } from './text.ts';
import type { Trace } from './trace.ts';

/** Values of a scene's controls, by name. */
export type Params = Readonly<Record<string, number | string>>;

interface ControlBase {
  readonly name: string;
  readonly label: Text;
}

export interface RangeControl extends ControlBase {
  readonly kind: 'range';
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly initial: number;
  /** Written after the number, e.g. `req/s`, `ms`, `%`. */
  readonly unit: string;
}

export interface ChoiceControl extends ControlBase {
  readonly kind: 'choice';
  readonly options: readonly { readonly value: string; readonly label: Text }[];
  readonly initial: string;
}

export type Control = RangeControl | ChoiceControl;

/** A named set of control values: the question a reader asks of the scene. */
export interface Preset {
  readonly id: string;
  readonly label: Text;
  readonly params: Params;
}

/**
 * Something done to the world at a moment: part of a scene's timeline, or added by the reader. No world can do all of
 * them; what it cannot do it refuses with a RangeError before the run.
 */
export type Command = ServerCommand | NetworkCommand | RegionCommand | SpikeCommand;

export type ServerCommand =
  | { readonly atMs: number; readonly kind: 'kill' | 'hang' | 'pause' | 'revive'; readonly node: string }
  /** `speed` above 0, 1 = healthy. */
  | { readonly atMs: number; readonly kind: 'slow'; readonly node: string; readonly speed: number };

/** Done to all messages to and from a node, or only to those between it and `peer`. */
export type NetworkCommand =
  /** A partition lets nothing through; `heal` ends whatever was done to these messages. */
  | { readonly atMs: number; readonly kind: 'partition' | 'heal'; readonly node: string; readonly peer?: string }
  /** Each message takes `ms` (> 0) longer. */
  | { readonly atMs: number; readonly kind: 'lag'; readonly node: string; readonly peer?: string; readonly ms: number }
  /** This part of the messages never arrives; above 0, at most 1. */
  | {
      readonly atMs: number;
      readonly kind: 'lose';
      readonly node: string;
      readonly peer?: string;
      readonly share: number;
    };

/** Everything in a region goes down at once, or comes back. */
export interface RegionCommand {
  readonly atMs: number;
  readonly kind: 'region-down' | 'region-up';
  readonly region: string;
}

/** For a while `factor` (≥ 1) times as many requests come. */
export interface SpikeCommand {
  readonly atMs: number;
  readonly kind: 'spike';
  readonly factor: number;
  readonly forMs: number;
}

/** One number about a lane, over the requests that ended in [fromUs, toUs). Undefined: nothing to measure. */
export interface Measure {
  readonly id: string;
  readonly label: Text;
  readonly unit: 'ms' | '%' | '/s' | 'count' | 'ratio';
  readonly of: (trace: Trace, fromUs: number, toUs: number) => number | undefined;
  /** From this value on the number is a problem and is drawn so. */
  readonly badFrom?: number;
}

export interface Lane<Strategy> {
  readonly id: string;
  readonly label: Text;
  readonly make: Strategy;
}

/**
 * A simulation as data. `plan` turns control values into the world (topology, workload, faults) and is pure;
 * the strategy that a lane contributes is the only code of a run. The same scene serves the page, the
 * grader's scenario checks and the terminal.
 */
export interface Scene<Plan, Strategy> {
  readonly id: string;
  readonly lesson: string;
  readonly title: Text;
  readonly question: Text;
  readonly controls: readonly Control[];
  /** The first one is what a page opens with. */
  readonly presets: readonly Preset[];
  readonly plan: (params: Params) => Plan;
  /**
   * Runs one lane; same plan, seed and commands mean identical traffic whatever the strategy. Scenes whose strategy
   * answers with promises (a cache in front of a slow load, a proxy that retries) return a promise: callers await.
   */
  readonly run: (plan: Plan, strategy: Strategy, options: RunOptions) => Trace | Promise<Trace>;
  /** Lanes that the course brings, above the learner's. */
  readonly baselines: readonly Lane<Strategy>[];
  /** How an exercise's exports, the learner's or the reference's, become a strategy of this scene. */
  readonly exercises: Readonly<Record<string, ExerciseLane<Strategy>>>;
  /** The first one is the lane's big number. */
  readonly measures: readonly Measure[];
  /** The measure whose course over time the chart shows, by id. */
  readonly chart: string;
}

export interface ExerciseLane<Strategy> {
  readonly label: Text;
  readonly adapt: (exports: Readonly<Record<string, unknown>>) => Strategy;
}

export interface RunOptions {
  readonly seed: number;
  readonly commands?: readonly Command[];
}
