import type { Edge, EdgeOptions, EdgeSite, OriginResponse } from '../../../../exercises/04-caching-and-cdn/contract.ts';
import type { Misconception } from '../../../suite.ts';

export const misconception: Misconception = {
  fails: 'the-window-follows-freshness',
  message: {
    en: 'At exactly max-age + stale-while-revalidate your copy is still served. What has a deadline is over when the deadline is reached. Look at the comparison that tells stale from expired.',
    ko: '나이가 정확히 max-age + stale-while-revalidate인 사본을 아직 제공합니다. 기한이 있는 것은 기한에 이르는 순간 끝납니다. 낡은 사본과 만료된 사본을 가르는 비교를 살펴보십시오.',
  },
};

export function createEdge(options: EdgeOptions): Edge {
  const { fetchOrigin, now } = options;
  const copies = new Map<string, { readonly response: OriginResponse; readonly storedAt: number }>();
  const leases = new Map<string, { outcome?: Promise<string> }>();

  async function fetchAndStore(url: string, lease: { outcome?: Promise<string> }): Promise<string> {
    const key = url;
    try {
      const response = await fetchOrigin(url);
      if (leases.get(key) === lease) copies.set(key, { response, storedAt: now() });
      return response.body;
    } finally {
      if (leases.get(key) === lease) leases.delete(key);
    }
  }

  function renew(url: string): Promise<string> {
    const key = url;
    const shared = leases.get(key);
    if (shared !== undefined) return shared.outcome as Promise<string>;
    const lease: { outcome?: Promise<string> } = {};
    leases.set(key, lease);
    lease.outcome = fetchAndStore(url, lease);
    return lease.outcome;
  }

  return {
    async get(url) {
      const copy = copies.get(url);
      if (copy !== undefined) {
        const { body, maxAgeMs, staleWhileRevalidateMs } = copy.response;
        const age = now() - copy.storedAt;
        if (age < maxAgeMs) return body;
        const renewal = renew(url);
        if (!(age <= maxAgeMs + staleWhileRevalidateMs)) return renewal;
        renewal.catch(() => undefined);
        return body;
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
