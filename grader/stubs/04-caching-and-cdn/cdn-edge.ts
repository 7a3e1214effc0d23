import { todo } from '../todo.ts';
import type { Edge, EdgeOptions, EdgeSite } from './contract.ts';

/**
 * One edge server of a CDN: keeps copies of what the origin serves, for as long as the origin allows.
 * @param options.fetchOrigin asks the origin; may reject, and may throw before it returns a promise
 * @param options.now time in milliseconds
 */
export function createEdge(options: EdgeOptions): Edge {
  return todo('serve copies while they are good, renew them while they are stale, forget them when they are purged');
}

/**
 * The edge server to send a client to.
 * @param client where the client is
 * @param edges in any order; the list is not yours to change
 * @param distance called as `distance(client, edge.place)`; 0 or more, in any unit
 * @returns the name of the edge at the smallest distance; among equals, the first of the list
 * @throws RangeError naming `edges` when there are none
 */
export function nearestEdge<Place>(
  client: Place,
  edges: readonly EdgeSite<Place>[],
  distance: (from: Place, to: Place) => number,
): string {
  return todo('compare the distances');
}
