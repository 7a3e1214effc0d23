import type { Edge, EdgeOptions, EdgeSite, OriginResponse } from '../../../../exercises/04-caching-and-cdn/contract.ts';

/** One URL's life: its copy, if there is one, and the fetch that may replace it. */
class CachedObject {
  private copy: { readonly response: OriginResponse; readonly staleAt: number; readonly deadAt: number } | undefined;
  private pending: Promise<string> | undefined;

  constructor(
    private readonly url: string,
    private readonly options: EdgeOptions,
  ) {}

  read(): Promise<string> {
    const now = this.options.now();
    if (this.copy === undefined || now >= this.copy.deadAt) return this.fetch();
    if (now >= this.copy.staleAt) this.fetch().catch(() => {});
    return Promise.resolve(this.copy.response.body);
  }

  private fetch(): Promise<string> {
    this.pending ??= new Promise<OriginResponse>((resolve) => resolve(this.options.fetchOrigin(this.url))).then(
      (response) => {
        const staleAt = this.options.now() + response.maxAgeMs;
        this.copy = { response, staleAt, deadAt: staleAt + response.staleWhileRevalidateMs };
        this.pending = undefined;
        return response.body;
      },
      (error) => {
        this.pending = undefined;
        throw error;
      },
    );
    return this.pending;
  }
}

/** A purge drops whole objects: whatever they were still fetching ends in an object that nobody can find. */
export function createEdge(options: EdgeOptions): Edge {
  const objects = new Map<string, CachedObject>();
  return {
    get: (url) => {
      const object = objects.get(url) ?? new CachedObject(url, options);
      objects.set(url, object);
      return object.read();
    },
    purge: (path) => {
      if (path[0] !== '/' || path.includes('?')) throw new RangeError('path');
      const wanted = path.split('/').filter((part) => part !== '');
      for (const url of [...objects.keys()]) {
        const [name = ''] = url.split('?');
        const parts = name.split('/').filter((part) => part !== '');
        if (wanted.every((part, i) => parts[i] === part)) objects.delete(url);
      }
    },
  };
}

export function nearestEdge<Place>(
  client: Place,
  edges: readonly EdgeSite<Place>[],
  distance: (from: Place, to: Place) => number,
): string {
  const [nearest] = edges.toSorted((a, b) => distance(client, a.place) - distance(client, b.place));
  if (!nearest) throw new RangeError('no edges');
  return nearest.name;
}
