import type { Cost } from '../simulator/workload/cost.ts';
import type { ClientGroup } from '../simulator/workload/traffic.ts';

/**
 * Sajin (사진), the photo-sharing service that all lessons watch grow: its rates, costs and distances. A number that
 * appears on two pages stands here.
 */

/** At the peak every thousand users send one request a second. */
export const PEAK_PER_SECOND_PER_USER = 1 / 1000;

/** Parts of all requests: reading a feed, a like or comment, an upload. They add up to 1. */
export const REQUEST_SHARES = { feed: 0.92, like: 0.07, upload: 0.01 } as const;

/** CPU time of the web tier per request, ms. */
export const WEB_CPU: Cost = { kind: 'exponential', meanMs: 20 };

/** What one standard server is. */
export const STANDARD_SERVER = { cores: 2, memoryMb: 4096 } as const;

/** Network delay one way, ms. */
export const ONE_WAY_MS = { sameDataCentre: 0.25, seoulTokyo: 17, seoulVirginia: 90, seoulFrankfurt: 120 } as const;

/**
 * Requests per second at which machines with this many cores in total are `utilisation` busy.
 * @param meanCostMs CPU time of the average request, ms
 */
export function rateFor(utilisation: number, cores: number, meanCostMs: number): number {
  return (utilisation * cores * 1000) / meanCostMs;
}

/** People at home, each behind an address of their own (addresses of RFC 2544, reserved for benchmarks). */
export const HOMES: ClientGroup = { share: 1, from: '198.18.0.0', addresses: 120_000 };
