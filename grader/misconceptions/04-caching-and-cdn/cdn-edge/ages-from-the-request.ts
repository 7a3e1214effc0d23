import type { Edge, EdgeOptions, EdgeSite, OriginResponse } from '../../../../exercises/04-caching-and-cdn/contract.ts';
import type { Misconception } from '../../../suite.ts';

export const misconception: Misconception = {
  fails: 'ages-from-arrival',
  message: {
    en: 'You note the time when the fetch begins and count the copy’s age from there. A slow origin then makes every copy old before it is here. From which moment does the brief count?',
    ko: '가져오기를 시작할 때의 시각을 적어 두고 그때부터 사본의 나이를 셉니다. 그러면 원본 서버가 느릴 때 모든 사본이 도착하기도 전에 낡습니다. 실습 설명이 나이를 어느 순간부터 세라고 하는지 살펴보십시오.',
  },
};

export function createEdge(options: EdgeOptions): Edge {
  const { fetchOrigin, now } = options;
  const copies = new Map<string, { readonly response: OriginResponse; readonly storedAt: number }>();
  const leases = new Map<string, { outcome?: Promise<string> }>();

  async function fetchAndStore(url: string, lease: { outcome?: Promise<string> }): Promise<string> {
    const key = url;
    const storedAt = now();
    try {
      const response = await fetchOrigin(url);
      if (leases.get(key) === lease) copies.set(key, { response, storedAt });
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
