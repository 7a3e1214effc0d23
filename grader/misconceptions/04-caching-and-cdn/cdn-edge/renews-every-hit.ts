import type { Edge, EdgeOptions, EdgeSite, OriginResponse } from '../../../../exercises/04-caching-and-cdn/contract.ts';
import type { Misconception } from '../../../suite.ts';

export const misconception: Misconception = {
  fails: 'keeps-a-copy',
  message: {
    en: 'Every reader makes you ask the origin, even while the copy is fresh. They do not wait, but the origin serves almost as many requests as without a CDN. In which row of the table does a fetch begin?',
    ko: '사본이 신선한 동안에도 읽을 때마다 원본 서버에 묻습니다. 읽는 쪽은 기다리지 않지만, 원본 서버가 처리하는 요청은 CDN이 없을 때와 거의 같습니다. 표의 어느 줄에서 가져오기가 시작되는지 살펴보십시오.',
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
        if (age < 0) return body;
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
