import { hashText, mix } from '../hash.ts';
import type { Cost } from './cost.ts';
import { drawCostUs } from './cost.ts';
import type { Keys } from './keys.ts';
import { drawsOf, keySampler } from './keys.ts';
import type { RateShape } from './rate-shape.ts';
import { seenFrom } from './rate-shape.ts';
import type { Spike } from './traffic.ts';
import { drawTraffic } from './traffic.ts';

/** Requests of one kind that ask for objects by key; they come as a Poisson process or at given moments. */
export interface KeyedSource {
  /** Names the requests' class. */
  readonly name: string;
  readonly perSecond: number;
  /** How the rate changes; by default it does not. */
  readonly shape?: RateShape;
  /** Exactly these requests instead, ms, ascending: a scripted case. */
  readonly atMs?: readonly number[];
  /** When they come, ms; by default during the whole run. */
  readonly fromMs?: number;
  readonly untilMs?: number;
  readonly keys: Keys;
  /** From this moment on object k stands where object k + `by` stood: other objects are popular now. */
  readonly shift?: { readonly atMs: number; readonly by: number };
  /** Time that one query or write of it needs at the database. */
  readonly cost: Cost;
}

/** Every request of a run with its object, in order of arrival. */
export interface KeyedTraffic {
  readonly count: number;
  readonly arrivedUs: Float64Array<ArrayBuffer>;
  readonly costUs: Float64Array<ArrayBuffer>;
  /** Index of the request's source. */
  readonly class: Uint8Array<ArrayBuffer>;
  readonly key: Uint32Array<ArrayBuffer>;
}

/** Nobody looks at addresses here; traffic needs one. */
const ANYBODY = [{ share: 1, from: '198.18.0.0', addresses: 1 }];

/**
 * Draws a run's requests and their objects before any strategy decides. A request's object follows from the seed and
 * the request alone, so a spike adds requests and changes none of those that come anyway.
 */
export function drawKeyedTraffic(
  sources: readonly KeyedSource[],
  seed: number,
  durationUs: number,
  spikes: readonly Spike[] = [],
): KeyedTraffic {
  const rows = sources.flatMap((source, index) => drawSource(source, index, seed, durationUs, spikes));
  rows.sort((left, right) => left.atUs - right.atUs || left.class - right.class || left.row - right.row);
  return {
    count: rows.length,
    arrivedUs: Float64Array.from(rows, ({ atUs }) => atUs),
    costUs: Float64Array.from(rows, ({ costUs }) => costUs),
    class: Uint8Array.from(rows, (row) => row.class),
    key: Uint32Array.from(rows, ({ key }) => key),
  };
}

interface Row {
  readonly atUs: number;
  readonly costUs: number;
  readonly class: number;
  readonly key: number;
  readonly row: number;
}

function drawSource(
  source: KeyedSource,
  index: number,
  seed: number,
  durationUs: number,
  spikes: readonly Spike[],
): Row[] {
  const fromUs = Math.round((source.fromMs ?? 0) * 1000);
  const untilUs = Math.min(durationUs, Math.round((source.untilMs ?? durationUs) * 1000));
  if (source.atMs) return scripted(source, source.atMs, index, seed);
  if (!(untilUs > fromUs && source.perSecond > 0)) return [];
  const drawn = drawTraffic(
    {
      arrivals: {
        kind: 'poisson',
        perSecond: source.perSecond,
        shape: source.shape && seenFrom(source.shape, fromUs / 1000),
      },
      classes: [{ name: source.name, share: 1, cost: source.cost, method: 'GET' }],
      clients: ANYBODY,
    },
    mix(mix(seed) ^ hashText(source.name)),
    untilUs - fromUs,
    spikes.flatMap((spike) => {
      const atUs = Math.max(0, spike.atUs - fromUs);
      const forUs = spike.atUs + spike.forUs - fromUs - atUs;
      return forUs > 0 && atUs < untilUs - fromUs ? [{ atUs, forUs, factor: spike.factor }] : [];
    }),
  );
  const keyOf = keySampler(source.keys);
  const shiftUs = source.shift ? source.shift.atMs * 1000 : Number.POSITIVE_INFINITY;
  const count = 'count' in source.keys ? source.keys.count : Number.POSITIVE_INFINITY;
  return Array.from(drawn.arrivedUs, (arrivedUs, row) => {
    const atUs = arrivedUs + fromUs;
    const costUs = drawn.costUs[row]!;
    const key = keyOf(drawsOf(seed, source.name, arrivedUs, costUs).unit(), row);
    return { atUs, costUs, class: index, key: atUs < shiftUs ? key : (key + source.shift!.by) % count, row };
  });
}

function scripted(source: KeyedSource, moments: readonly number[], index: number, seed: number): Row[] {
  const keyOf = keySampler(source.keys);
  return moments.map((atMs, row) => {
    const draws = drawsOf(seed, source.name, row);
    return {
      atUs: Math.round(atMs * 1000),
      costUs: drawCostUs(source.cost, draws),
      class: index,
      key: keyOf(draws.unit(), row),
      row,
    };
  });
}
