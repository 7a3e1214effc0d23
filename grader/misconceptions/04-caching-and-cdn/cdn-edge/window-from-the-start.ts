import type { Edge, EdgeOptions, EdgeSite, OriginResponse } from '../../../../exercises/04-caching-and-cdn/contract.ts';
import type { Misconception } from '../../../suite.ts';

export const misconception: Misconception = {
  fails: 'the-window-follows-freshness',
  message: {
    en: 'You compare the age with stale-while-revalidate alone, as if the window began when the copy was stored. With 600 ms fresh and 30 ms stale it is over before it begins. Where does it begin?',
    ko: '나이를 stale-while-revalidate 하나와만 비교하므로, 구간이 사본을 저장한 순간부터 시작하는 셈입니다. 신선한 기간이 600ms, 그 뒤가 30ms라면 시작하기도 전에 끝나 버립니다. 구간이 어디에서 시작하는지 살펴보십시오.',
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
        if (!(age < staleWhileRevalidateMs)) return renewal;
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
