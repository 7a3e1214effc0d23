import type {
  Failover,
  FailoverOptions,
  HttpRequest,
  HttpResponse,
  ServerId,
} from '../../../../exercises/02-load-balancing/contract.ts';

const ONCE: ReadonlySet<string> = new Set(['POST', 'PATCH']);

/**
 * Servers stand in one of two collections: those that are in, with their run of failures, and a list of those that are
 * out, sorted by the end of the cool-down. Whether somebody is probing is a set of names. A server that is ejected
 * leaves its generation behind; attempts of an older one are not listened to.
 */
export class FailoverProxy implements Failover {
  readonly #options: FailoverOptions;
  readonly #inside = new Map<ServerId, number>();
  #outside: readonly { readonly server: ServerId; readonly until: number }[] = [];
  readonly #probed = new Set<ServerId>();
  readonly #generations = new Map<ServerId, number>();

  constructor(options: FailoverOptions) {
    this.#options = options;
    const { servers, failuresToEject, coolDownMs } = options;
    for (const server of servers) this.#inside.set(server, 0);
    if (servers.length < 1 || this.#inside.size < servers.length)
      throw new RangeError('servers must be some, each once');
    if (!Number.isSafeInteger(failuresToEject) || failuresToEject <= 0)
      throw new RangeError('failuresToEject is wrong');
    if (!Number.isFinite(coolDownMs) || !(coolDownMs > 0)) throw new RangeError('coolDownMs is wrong');
  }

  async handle(request: HttpRequest): Promise<HttpResponse> {
    const tried: ServerId[] = [];
    const repeatable = !ONCE.has(request.method);
    let last: () => HttpResponse;
    do {
      const server = this.#probe(tried, repeatable) ?? this.#balance(tried) ?? this.#lastResort(tried);
      tried.push(server);
      const generation = this.#generations.get(server);
      last = await this.#send(server, request);
      const ok = succeeds(last);
      if (generation === this.#generations.get(server)) {
        if (ok) this.#letIn(server);
        else this.#blame(server);
      }
      if (ok) break;
    } while (repeatable && tried.length < this.#inside.size + this.#outside.length);
    return last();
  }

  #probe(tried: readonly ServerId[], allowed: boolean): ServerId | undefined {
    if (!allowed) return undefined;
    const now = this.#options.now();
    for (const { server, until } of this.#outside) {
      if (until > now) return undefined;
      if (this.#probed.has(server) || tried.includes(server)) continue;
      this.#probed.add(server);
      return server;
    }
    return undefined;
  }

  #balance(tried: readonly ServerId[]): ServerId | undefined {
    const left = [...this.#inside.keys()].filter((server) => !tried.includes(server));
    return left.length === 0 ? undefined : this.#options.choose(left.reverse());
  }

  #lastResort(tried: readonly ServerId[]): ServerId {
    return this.#outside.find(({ server }) => !tried.includes(server))!.server;
  }

  /** A function that gives the answer or throws the error, so that both can be handed on as they came. */
  async #send(server: ServerId, request: HttpRequest): Promise<() => HttpResponse> {
    try {
      const response = await this.#options.send(server, request);
      return () => response;
    } catch (error) {
      return () => {
        throw error;
      };
    }
  }

  #letIn(server: ServerId): void {
    this.#probed.delete(server);
    this.#outside = this.#outside.filter((other) => other.server !== server);
    this.#inside.set(server, 0);
  }

  #blame(server: ServerId): void {
    const failures = (this.#inside.get(server) ?? Number.POSITIVE_INFINITY) + 1;
    if (failures < this.#options.failuresToEject) {
      this.#inside.set(server, failures);
      return;
    }
    this.#inside.delete(server);
    this.#probed.delete(server);
    this.#generations.set(server, (this.#generations.get(server) ?? 0) + 1);
    const until = this.#options.now() + this.#options.coolDownMs;
    const others = this.#outside.filter((other) => other.server !== server);
    this.#outside = [...others, { server, until }].sort((a, b) => a.until - b.until);
  }
}

function succeeds(result: () => HttpResponse): boolean {
  try {
    return result().status < 500;
  } catch {
    return false;
  }
}
