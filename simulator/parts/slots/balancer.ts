/** What a balancer may know about a request before it decides. */
export interface RoutedRequest {
  readonly id: number;
  readonly clientIp: string;
  readonly method: 'GET' | 'POST';
}

/** Where a request goes, and what to call once it has ended (answered, failed or given up). */
export interface Route {
  readonly server: string;
  readonly ended?: (ok: boolean) => void;
}

/** The slot that a lane's strategy fills: one instance per run. */
export interface Balancer {
  route(request: RoutedRequest): Route;
  /** The balancer has learnt that a server is gone, or is back. Optional: a naive one never learns. */
  serverLost?(server: string): void;
  serverFound?(server: string): void;
}

export type MakeBalancer = (servers: readonly string[]) => Balancer;
