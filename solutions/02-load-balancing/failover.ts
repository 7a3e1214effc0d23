import type {
  Failover,
  FailoverOptions,
  HttpRequest,
  HttpResponse,
  ServerId,
} from '../../exercises/02-load-balancing/contract.ts';

/** What may be done twice without being done two times (RFC 9110, § 9.2.2). TRACE has no business with a proxy. */
const IDEMPOTENT: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE']);

/** One server as the proxy knows it. */
interface Seat {
  readonly server: ServerId;
  /** Failures in a row since it was last ejected or last succeeded. */
  failures: number;
  /** How often it has been ejected: the number that every attempt takes along and that makes its news old. */
  ejections: number;
  /** When it is due; `undefined` while it is in. */
  outUntil: number | undefined;
  /** A request is finding out whether it is well again. */
  probing: boolean;
}

type Outcome = { readonly response: HttpResponse } | { readonly error: unknown };

/**
 * A proxy that ejects a server after a few failures in a row and lets one request at a time find out about its return.
 *
 * Three decisions carry it. *An attempt carries the number of ejections* that its server had when it left: what comes
 * back with another number is news from before, and is not looked at. That one comparison replaces a list of special
 * cases (a late success, a late failure, a probe overtaken by something else). *Choosing is synchronous*: between
 * looking at the seats and taking the probe's slot there is no `await`, so no second request can slip in. And *the
 * outcome is a value*: a `send` that throws at once, a rejection and an answer all arrive at the same place, where the
 * slot is given back, so that no path can forget to.
 *
 * Trade-offs. The trial is a user's request, not one of our own: no extra traffic, and it tests what users do, but
 * somebody waits for it when the server hangs. A check of our own in the background (HAProxy's `check`) spares that
 * user and needs a URL that tells the truth. Trying every server before giving up loses no GET while one lives, and
 * multiplies the load by the number of servers when all of them struggle; real proxies allow one or two retries and
 * keep a budget (Finagle: a fifth of the requests, plus ten a second). "Everybody is out" most often means that the
 * judgement is wrong, not the servers, hence the last resort; Envoy goes further and ignores health altogether once
 * fewer than half of its hosts are well.
 *
 * In real systems. nginx takes a server out after `max_fails` failures (1) within `fail_timeout` (10 s), and then lets
 * a single request try; it retries whatever `proxy_next_upstream` allows, never a POST unless told to. Envoy's outlier
 * detection ejects after 5 consecutive 5xx, for 30 s times the number of ejections, up to 300 s, and by default no more
 * than 10 % of the hosts. The trigger here is Envoy's and the single probe is nginx's. gRPC's
 * `load-balancer-outlier-detection.ts` is TypeScript, too, and judges by success rates instead of runs of failures. The
 * three states (closed, open, half-open) are the circuit breaker of Nygard's "Release It!" (2007).
 */
export class FailoverProxy implements Failover {
  readonly #options: FailoverOptions;
  readonly #seats: readonly Seat[];

  constructor(options: FailoverOptions) {
    const { servers, failuresToEject, coolDownMs } = options;
    if (servers.length === 0) throw new RangeError('servers is empty');
    if (new Set(servers).size < servers.length) throw new RangeError('servers names one server twice');
    if (!Number.isInteger(failuresToEject) || failuresToEject < 1) {
      throw new RangeError(`failuresToEject must be a whole number of 1 or more: ${failuresToEject}`);
    }
    if (!(coolDownMs > 0) || coolDownMs === Number.POSITIVE_INFINITY) {
      throw new RangeError(`coolDownMs must be above 0 and finite: ${coolDownMs}`);
    }
    this.#options = options;
    this.#seats = servers.map((server) => ({
      server,
      failures: 0,
      ejections: 0,
      outUntil: undefined,
      probing: false,
    }));
  }

  async handle(request: HttpRequest): Promise<HttpResponse> {
    const repeatable = IDEMPOTENT.has(request.method);
    const untried = new Set(this.#seats);
    for (;;) {
      const seat = this.#next([...untried], repeatable);
      untried.delete(seat);
      const outcome = await this.#attempt(seat, request, repeatable);
      const settled = succeeded(outcome) || !repeatable || untried.size === 0;
      if (settled && 'error' in outcome) throw outcome.error;
      if (settled && 'response' in outcome) return outcome.response;
    }
  }

  /** @param untried at least one */
  #next(untried: readonly Seat[], mayProbe: boolean): Seat {
    const due = untried.find((seat) => this.#awaitsProbe(seat));
    if (due !== undefined && mayProbe) return due;
    const healthy = untried.filter(({ outUntil }) => outUntil === undefined);
    if (healthy.length > 0) {
      const chosen = this.#options.choose(healthy.map(({ server }) => server));
      return healthy.find(({ server }) => server === chosen) as Seat;
    }
    return untried.reduce((first, seat) => ((seat.outUntil as number) < (first.outUntil as number) ? seat : first));
  }

  #awaitsProbe({ outUntil, probing }: Seat): boolean {
    return outUntil !== undefined && this.#options.now() >= outUntil && !probing;
  }

  async #attempt(seat: Seat, request: HttpRequest, mayProbe: boolean): Promise<Outcome> {
    const { ejections } = seat;
    if (mayProbe && this.#awaitsProbe(seat)) seat.probing = true;
    const outcome = await this.#send(seat.server, request);
    if (ejections === seat.ejections) this.#learn(seat, succeeded(outcome));
    return outcome;
  }

  async #send(server: ServerId, request: HttpRequest): Promise<Outcome> {
    try {
      return { response: await this.#options.send(server, request) };
    } catch (error) {
      return { error };
    }
  }

  /** Whatever it learns about a server that is out ends that ejection, and its probe with it. */
  #learn(seat: Seat, well: boolean): void {
    if (well) {
      seat.failures = 0;
      seat.outUntil = undefined;
      seat.probing = false;
      return;
    }
    seat.failures += 1;
    if (seat.outUntil === undefined && seat.failures < this.#options.failuresToEject) return;
    seat.failures = 0;
    seat.ejections += 1;
    seat.outUntil = this.#options.now() + this.#options.coolDownMs;
    seat.probing = false;
  }
}

function succeeded(outcome: Outcome): boolean {
  return 'response' in outcome && outcome.response.status < 500;
}
