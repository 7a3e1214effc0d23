import type { Params } from '../../../../simulator/scene.ts';
import type { KeyedSource } from '../../../../simulator/workload/keyed-traffic.ts';

/** Length of this lesson's runs, ms. */
export const DURATION_MS = 20_000;

/** 500,000 users read 460 feeds a second. */
export const USERS = 500_000;
export const READS_PER_SECOND = 460;

/** Feeds that anybody asks for. */
export const FEEDS = 20_000;

/** A feed from the cache, ms. */
export const LOOKUP_MS = 1;

/** What one feed costs the database, ms. */
export const FEED_MS = 8;

/** Readers of feeds. That popularity follows Zipf's law with this exponent is an assumption. */
export function readers(exponent: number, perSecond = READS_PER_SECOND): KeyedSource {
  return {
    name: 'feed',
    perSecond,
    keys: { kind: 'zipf', count: FEEDS, exponent },
    cost: { kind: 'exponential', meanMs: FEED_MS },
  };
}

/** A control's value as a number. @throws RangeError when it is none */
export function numberOf(params: Params, name: string): number {
  const value = Number(params[name]);
  if (!Number.isFinite(value)) throw new RangeError(`${name}: ${params[name]} is not a number`);
  return value;
}
