import type { Edge, EdgeOptions, EdgeSite, OriginResponse } from '../../../../exercises/04-caching-and-cdn/contract.ts';
import type { Misconception } from '../../../suite.ts';

export const misconception: Misconception = {
  fails: 'fingerprinted-files-stay',
  message: {
    en: 'You renew copies a little before they become stale, which is allowed, but fingerprinted ones as well: each of those fetches brings bytes that you already have. What does the origin say of such a file, and where do you look at it?',
    ko: '사본이 낡기 조금 전에 미리 갱신하는 것은 괜찮지만, 지문이 붙은 파일까지 그렇게 하고 있습니다. 그때마다 이미 갖고 있는 바이트를 다시 가져오는 셈입니다. 원본 서버가 그런 파일에 대해 무엇을 알려 주는지, 그것을 어디에서 확인하는지 살펴보십시오.',
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
        if (age < 0.8 * maxAgeMs) return body;
        const renewal = renew(url);
        if (!(age < maxAgeMs + staleWhileRevalidateMs)) return renewal;
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
