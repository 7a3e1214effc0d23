import type { Edge, EdgeOptions, EdgeSite, OriginResponse } from '../../../../exercises/04-caching-and-cdn/contract.ts';

interface Slot {
  generation: number;
  copy?: { readonly response: OriginResponse; readonly at: number };
  flight?: { readonly generation: number; readonly outcome: Promise<string> };
}

/** Renews what is not immutable from 90 % of its life on, so that most readers never see a stale copy. */
export function createEdge({ fetchOrigin, now }: EdgeOptions): Edge {
  const slots = new Map<string, Slot>();

  const slotOf = (url: string): Slot => {
    const slot = slots.get(url) ?? { generation: 0 };
    slots.set(url, slot);
    return slot;
  };

  const fetch = (url: string): Promise<string> => {
    const slot = slotOf(url);
    if (slot.flight?.generation === slot.generation) return slot.flight.outcome;
    const { generation } = slot;
    const run = async () => {
      await null;
      try {
        const response = await fetchOrigin(url);
        if (slot.generation === generation) slot.copy = { response, at: now() };
        return response.body;
      } finally {
        if (slot.flight === flight) delete slot.flight;
      }
    };
    const flight = { generation, outcome: run() };
    slot.flight = flight;
    return flight.outcome;
  };

  return {
    get: async (url) => {
      const { copy } = slotOf(url);
      if (!copy) return fetch(url);
      const { body, maxAgeMs, staleWhileRevalidateMs, immutable = false } = copy.response;
      const age = now() - copy.at;
      if (age >= maxAgeMs + staleWhileRevalidateMs) return fetch(url);
      if (age >= (immutable ? maxAgeMs : 0.9 * maxAgeMs)) void fetch(url).catch(() => undefined);
      return body;
    },
    purge: (path) => {
      if (!/^[/][^?]*$/.test(path)) throw new RangeError(`not a path: ${path}`);
      const stem = path.replace(/[/]$/, '');
      for (const [url, slot] of slots) {
        const rest = url.startsWith(stem) ? url.slice(stem.length) : 'no';
        if (rest !== '' && rest[0] !== '/' && rest[0] !== '?') continue;
        slot.generation++;
        delete slot.copy;
      }
    },
  };
}

export function nearestEdge<Place>(
  client: Place,
  edges: readonly EdgeSite<Place>[],
  distance: (from: Place, to: Place) => number,
): string {
  if (edges.length < 1) throw new RangeError('edges: at least one is needed');
  const distances = edges.map((edge) => distance(client, edge.place));
  return edges[distances.indexOf(Math.min(...distances))]!.name;
}
