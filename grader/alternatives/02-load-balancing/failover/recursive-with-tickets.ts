import type {
  Failover,
  FailoverOptions,
  HttpRequest,
  HttpResponse,
} from '../../../../exercises/02-load-balancing/contract.ts';

/** One server, which looks after its own health. Time of ejection is told by tickets: attempts are numbered. */
class Upstream {
  private run = 0;
  private dueAt = Number.NEGATIVE_INFINITY;
  private isOut = false;
  private prober = 0;
  private lastTicket = 0;
  private validAfter = 0;

  constructor(
    readonly name: string,
    private readonly options: FailoverOptions,
  ) {}

  get standing(): 'in' | 'out' | 'due' {
    if (!this.isOut) return 'in';
    return this.options.now() < this.dueAt || this.prober > this.validAfter ? 'out' : 'due';
  }

  get end(): number {
    return this.dueAt;
  }

  /** @returns what to call with the outcome */
  enter(mayProbe: boolean): (ok: boolean) => void {
    const ticket = ++this.lastTicket;
    if (mayProbe && this.standing === 'due') this.prober = ticket;
    return (ok) => {
      if (ticket > this.validAfter) this.judge(ok);
    };
  }

  private judge(ok: boolean): void {
    if (ok) {
      this.run = 0;
      this.isOut = false;
      return;
    }
    this.run += 1;
    if (!this.isOut && this.run < this.options.failuresToEject) return;
    this.run = 0;
    this.isOut = true;
    this.dueAt = this.options.now() + this.options.coolDownMs;
    this.validAfter = this.lastTicket;
  }
}

export class FailoverProxy implements Failover {
  private readonly upstreams: readonly Upstream[];

  constructor(private readonly options: FailoverOptions) {
    if (!options.servers.length) throw new RangeError('there are no servers');
    for (const [place, server] of options.servers.entries()) {
      if (options.servers.indexOf(server) !== place) throw new RangeError(`servers has ${server} twice`);
    }
    if (!(Math.floor(options.failuresToEject) === options.failuresToEject && options.failuresToEject > 0)) {
      throw new RangeError('failuresToEject must be 1, 2, 3 …');
    }
    if (options.failuresToEject === Number.POSITIVE_INFINITY) throw new RangeError('failuresToEject must be finite');
    if (!(options.coolDownMs > 0) || options.coolDownMs > Number.MAX_VALUE) throw new RangeError('coolDownMs is unfit');
    this.upstreams = options.servers.map((name) => new Upstream(name, options));
  }

  handle(request: HttpRequest): Promise<HttpResponse> {
    return this.on(this.upstreams, request);
  }

  private async on(candidates: readonly Upstream[], request: HttpRequest): Promise<HttpResponse> {
    const repeatable = request.method !== 'POST' && request.method !== 'PATCH';
    const upstream = this.choose(candidates, repeatable);
    const ended = upstream.enter(repeatable);
    const others = candidates.filter((other) => other !== upstream);
    const goesOn = repeatable && others.length > 0;
    try {
      const response = await this.options.send(upstream.name, request);
      ended(response.status < 500);
      if (response.status < 500 || !goesOn) return response;
    } catch (error) {
      ended(false);
      if (!goesOn) throw error;
    }
    return this.on(others, request);
  }

  private choose(candidates: readonly Upstream[], mayProbe: boolean): Upstream {
    const by = (standing: string) => candidates.filter((one) => one.standing === standing);
    const [due] = mayProbe ? by('due') : [];
    if (due !== undefined) return due;
    const inside = by('in');
    if (inside.length === 0) return [...candidates].sort((a, b) => a.end - b.end)[0]!;
    const name = this.options.choose(inside.map((one) => one.name));
    return candidates.find((one) => one.name === name)!;
  }
}
