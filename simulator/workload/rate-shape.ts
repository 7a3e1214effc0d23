import { microseconds } from '../microseconds.ts';

/** How a rate changes over time, as a factor of what it would be otherwise. Moments on the run's clock, ms. */
export type RateShape = DailyWave | FlashCrowd;

/** Up and down once per period around the mean: factor 1 + swing × a sine that peaks at `peakAtMs`. */
export interface DailyWave {
  readonly kind: 'wave';
  /** 0 … 1: 0.7 means between 30 % and 170 % of the mean. */
  readonly swing: number;
  /** Length of the day, above 0. */
  readonly periodMs: number;
  /** Moment of any of the peaks; before the run is possible. */
  readonly peakAtMs: number;
}

/**
 * A crowd that comes at once: from `atMs` on the rate rises in a straight line for `upMs` to `factor` (≥ 1) times what
 * it was, stays so for `forMs` and falls back in a straight line for `downMs`. Lengths at least 0.
 */
export interface FlashCrowd {
  readonly kind: 'flash';
  readonly atMs: number;
  readonly upMs: number;
  readonly forMs: number;
  readonly downMs: number;
  readonly factor: number;
}

/** The rate at a moment over the rate without a shape. */
export function factorAt(shape: RateShape | undefined, atUs: number): number {
  if (!shape) return 1;
  if (shape.kind === 'flash') return 1 + (shape.factor - 1) * crowdAt(shape, atUs);
  const turns = (atUs - microseconds(shape.peakAtMs)) / microseconds(shape.periodMs) + 0.25;
  return 1 + shape.swing * sineOfTurns(turns);
}

/** Requests that come in addition to each other: `most` × the plain rate, each kept with probability `part`. */
export interface Flow {
  /** Sets the streams of this flow apart from the others'. */
  readonly name: string;
  readonly fromUs: number;
  readonly untilUs: number;
  readonly most: number;
  /** Part of `most` that comes at a moment, 0 … 1; undefined: always all of it. */
  readonly part?: (atUs: number) => number;
}

/**
 * Splits a shape into flows such that a flash crowd adds to the requests that come anyway and changes none of them.
 * @throws RangeError when a number of the shape is out of range
 */
export function flowsOf(shape: RateShape | undefined): readonly Flow[] {
  const calm: Flow = { name: '', fromUs: 0, untilUs: Number.POSITIVE_INFINITY, most: 1 };
  if (!shape) return [calm];
  if (shape.kind === 'wave') {
    check('swing', shape.swing, shape.swing >= 0 && shape.swing <= 1);
    check('periodMs', shape.periodMs, shape.periodMs > 0);
    check('peakAtMs', shape.peakAtMs, Number.isFinite(shape.peakAtMs));
    const most = 1 + shape.swing;
    return [{ ...calm, most, part: (atUs) => factorAt(shape, atUs) / most }];
  }
  const { atMs, upMs, forMs, downMs, factor } = shape;
  check('factor', factor, factor >= 1);
  check('atMs', atMs, Number.isFinite(atMs));
  for (const [name, ms] of Object.entries({ upMs, forMs, downMs })) check(name, ms, ms >= 0);
  const crowd: Flow = {
    name: 'flash ',
    fromUs: microseconds(atMs),
    untilUs: microseconds(atMs + upMs + forMs + downMs),
    most: factor - 1,
    part: (atUs) => crowdAt(shape, atUs),
  };
  return [calm, crowd];
}

/** The same shape as a clock sees it that starts `byMs` later. */
export function seenFrom(shape: RateShape, byMs: number): RateShape {
  return shape.kind === 'wave' ? { ...shape, peakAtMs: shape.peakAtMs - byMs } : { ...shape, atMs: shape.atMs - byMs };
}

/** How much of the crowd is there, 0 … 1. */
function crowdAt({ atMs, upMs, forMs, downMs }: FlashCrowd, atUs: number): number {
  const sinceMs = atUs / 1000 - atMs;
  const leftMs = upMs + forMs + downMs - sinceMs;
  if (sinceMs < 0 || leftMs <= 0) return 0;
  return Math.min(1, upMs > 0 ? sinceMs / upMs : 1, downMs > 0 ? leftMs / downMs : 1);
}

/**
 * sin(2π × turns) by the rational function of Bhaskara I (Mahabhaskariya, about 629): exact at every quarter turn,
 * elsewhere off by at most 0.0017, and the same in every engine. Its mean over a turn is exactly 0.
 */
export function sineOfTurns(turns: number): number {
  const place = 2 * (turns - Math.floor(turns));
  const within = place < 1 ? place : place - 1;
  const arc = within * (1 - within);
  const height = (16 * arc) / (5 - 4 * arc);
  return place < 1 ? height : -height;
}

function check(name: string, value: number, holds: boolean): void {
  if (!holds) throw new RangeError(`${name}: ${value} is out of range`);
}
