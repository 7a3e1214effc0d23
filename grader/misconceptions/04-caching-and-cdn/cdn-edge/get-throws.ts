import type { Edge, EdgeOptions, EdgeSite, OriginResponse } from '../../../../exercises/04-caching-and-cdn/contract.ts';
import type { Misconception } from '../../../suite.ts';

export const misconception: Misconception = {
  fails: 'a-throwing-fetch-is-a-failed-one',
  message: {
    en: 'When fetchOrigin throws instead of returning a promise, get throws as well, and a reader with a stale copy in reach gets an error. Where do you call it, and what catches there?',
    ko: 'fetchOrigin이 프로미스를 반환하지 않고 바로 예외를 던지면 get도 예외를 던지고, 사본을 받을 수 있었던 읽기까지 오류를 받습니다. 어디에서 부르는지, 그 자리에서 예외를 무엇이 받는지 살펴보십시오.',
  },
};

export function createEdge(options: EdgeOptions): Edge {
  const { fetchOrigin, now } = options;
  const copies = new Map<string, { readonly response: OriginResponse; readonly storedAt: number }>();
  const leases = new Map<string, { outcome?: Promise<string> }>();

  function fetchAndStore(url: string, lease: { outcome?: Promise<string> }): Promise<string> {
    return fetchOrigin(url)
      .then((response) => {
        if (leases.get(url) === lease) copies.set(url, { response, storedAt: now() });
        return response.body;
      })
      .finally(() => {
        if (leases.get(url) === lease) leases.delete(url);
      });
  }

  function renew(url: string): Promise<string> {
    const key = url;
    const shared = leases.get(key);
    if (shared !== undefined) return shared.outcome as Promise<string>;
    const lease: { outcome?: Promise<string> } = {};
    lease.outcome = fetchAndStore(url, lease);
    leases.set(key, lease);
    return lease.outcome;
  }

  return {
    get(url) {
      const copy = copies.get(url);
      if (copy !== undefined) {
        const { body, maxAgeMs, staleWhileRevalidateMs } = copy.response;
        const age = now() - copy.storedAt;
        if (age < maxAgeMs) return Promise.resolve(body);
        const renewal = renew(url);
        if (age >= maxAgeMs + staleWhileRevalidateMs) return renewal;
        renewal.catch(() => undefined);
        return Promise.resolve(body);
      }
      return renew(url);
    },

    purge(path) {
      if (!path.startsWith('/') || path.includes('?')) throw new RangeError('path must begin with / and have no query');
      const below = (url: string) => `${url.split('?', 1)[0]}/`.startsWith(path === '/' ? '/' : `${path}/`);
      for (const url of copies.keys()) if (below(url)) copies.delete(url);
      for (const url of leases.keys()) if (below(url)) leases.delete(url);
    },
  };
}

export function nearestEdge<Place>(
  client: Place,
  edges: readonly EdgeSite<Place>[],
  distance: (from: Place, to: Place) => number,
): string {
  if (edges.length === 0) throw new RangeError('edges must not be empty');
  return edges.reduce((best, edge) => (distance(client, edge.place) < distance(client, best.place) ? edge : best)).name;
}
