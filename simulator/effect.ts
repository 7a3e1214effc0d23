import type { Trace } from './trace.ts';

/** Runs one lane of the preset with the seed at hand: a baseline's or an exercise's id. Repeated calls are free. */
export type RunLane = (lane: string) => Trace;

/**
 * What a preset of a scene shows, as something that can be checked: the figures it speaks of and when they tell the
 * story. It must hold on every seed, because nobody knows which one a reader will see.
 */
export interface Effect {
  readonly scene: string;
  readonly preset: string;
  /** One sentence, for authors. */
  readonly claim: string;
  readonly figures: (lane: RunLane) => Readonly<Record<string, number>>;
  readonly holds: (figures: Readonly<Record<string, number>>) => boolean;
}
