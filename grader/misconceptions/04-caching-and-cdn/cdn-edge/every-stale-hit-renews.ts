import type { Edge, EdgeOptions, EdgeSite, OriginResponse } from '../../../../exercises/04-caching-and-cdn/contract.ts';
import type { Misconception } from '../../../suite.ts';

export const misconception: Misconception = {
  fails: 'one-renewal-at-a-time',
  message: {
    en: 'Each reader of a stale copy sends a fetch of their own to the origin. They need not wait for it, but the origin has to answer them all. How does the second one know that a renewal is under way?',
    ko: '낡은 사본을 읽을 때마다 원본 서버에서 새로 가져옵니다. 읽는 쪽은 기다리지 않아도 되지만 원본 서버는 그 모두에 답해야 합니다. 두 번째로 읽는 쪽이 갱신이 진행 중인지 어떻게 알 수 있는지 생각해 보십시오.',
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

  function begin(url: string): Promise<string> {
    const lease: { outcome?: Promise<string> } = {};
    leases.set(url, lease);
    lease.outcome = fetchAndStore(url, lease);
    return lease.outcome;
  }

  function renew(url: string): Promise<string> {
    const shared = leases.get(url);
    return shared === undefined ? begin(url) : (shared.outcome as Promise<string>);
  }

  return {
    async get(url) {
      const copy = copies.get(url);
      if (copy !== undefined) {
        const { body, maxAgeMs, staleWhileRevalidateMs } = copy.response;
        const age = now() - copy.storedAt;
        if (age < maxAgeMs) return body;
        if (age >= maxAgeMs + staleWhileRevalidateMs) return renew(url);
        begin(url).catch(() => undefined);
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
