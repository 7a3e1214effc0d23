import type { Measure, Params } from '../../../../simulator/scene.ts';
import type { Language } from '../../../../simulator/text.ts';

/** What a report hands to the player of one case. */
export interface ReplayConfig {
  readonly language: Language;
  readonly exercise: string;
  readonly seed: number;
  readonly params: Params;
  /** Source of the worker: the scene, the learner's code, and what runs both. */
  readonly worker: string;
  /** Words of the player, in the report's language. */
  readonly words: Readonly<Record<ReplayWord, string>>;
}

export const REPLAY_WORDS = [
  'run',
  'running',
  'again',
  'play',
  'pause',
  'time',
  'moment',
  'waiting',
  'yours',
  'events',
  'stopped',
  'endless',
] as const;
export type ReplayWord = (typeof REPLAY_WORDS)[number];

/** Both lanes of a case, ready to be shown: what the worker answers. */
export interface Replay {
  readonly durationMs: number;
  /** Moments at which everything below is taken, evenly spread, the last one the end of the run. */
  readonly frames: number;
  readonly measures: readonly { readonly label: string; readonly unit: Measure['unit'] }[];
  readonly lanes: readonly ReplayLane[];
  readonly events: readonly { readonly atMs: number; readonly text: string }[];
}

export interface ReplayLane {
  readonly label: string;
  readonly yours: boolean;
  /** By measure, then by frame; null where there was nothing to measure yet. */
  readonly figures: readonly (readonly (number | null)[])[];
  readonly nodes: readonly {
    readonly name: string;
    /** By frame: requests in its queue. */
    readonly waiting: readonly number[];
    readonly state: readonly string[];
  }[];
}
