/** What an origin server answers. Times in ms. */
export interface OriginAnswer {
  readonly body: string;
  readonly maxAgeMs: number;
  readonly staleWhileRevalidateMs: number;
  readonly immutable?: boolean;
}

/** What an edge server is given. */
export interface EdgeWorld {
  readonly fetchOrigin: (url: string) => Promise<OriginAnswer>;
  readonly now: () => number;
}

export interface EdgeServer {
  get(url: string): Promise<string>;
  purge(path: string): void;
}

/** The slot of a content network: how each of its edge servers works, or nothing where there is no network. */
export interface ContentNetwork {
  readonly edge?: (world: EdgeWorld) => EdgeServer;
}
