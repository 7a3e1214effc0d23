import type {
  Failover,
  FailoverOptions,
  HttpRequest,
  HttpResponse,
} from '../../../../exercises/02-load-balancing/contract.ts';
import type { Misconception } from '../../../suite.ts';

export const misconception: Misconception = {
  fails: 'one-probe-at-a-time',
  message: {
    en: 'Between looking at the servers and noting who is probing, your code waits once. Requests that arrive in the same moment all look first and note later, so each of them finds the server unprobed. What runs while an `await` waits?',
    ko: '서버를 살펴보는 일과 누가 탐침하는지 적는 일 사이에서 코드가 한 번 기다립니다. 같은 순간에 도착한 요청이 모두 먼저 살펴보고 나중에 적으므로, 저마다 아직 아무도 탐침하지 않는 서버를 봅니다. `await`가 기다리는 동안 무엇이 실행됩니까?',
  },
};

const IDEMPOTENT = ['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE'];

interface Server {
  readonly name: string;
  failures: number;
  ejections: number;
  outUntil: number | undefined;
  probing: boolean;
}

export class FailoverProxy implements Failover {
  private readonly servers: readonly Server[];

  constructor(private readonly options: FailoverOptions) {
    const { servers, failuresToEject, coolDownMs } = options;
    if (servers.length === 0) throw new RangeError('servers must not be empty');
    if (new Set(servers).size !== servers.length) throw new RangeError('servers must differ');
    if (!Number.isInteger(failuresToEject) || failuresToEject < 1) throw new RangeError('failuresToEject: 1 or more');
    if (!Number.isFinite(coolDownMs) || coolDownMs <= 0) throw new RangeError('coolDownMs must be above 0');
    this.servers = servers.map((name) => ({ name, failures: 0, ejections: 0, outUntil: undefined, probing: false }));
  }

  async handle(request: HttpRequest): Promise<HttpResponse> {
    const idempotent = IDEMPOTENT.includes(request.method);
    const tried = new Set<Server>();
    for (;;) {
      const server = await this.next(tried, idempotent);
      tried.add(server);
      if (idempotent && this.isDue(server)) server.probing = true;
      const { ejections } = server;
      let response: HttpResponse | undefined;
      let error: unknown;
      try {
        response = await this.options.send(server.name, request);
      } catch (reason) {
        error = reason;
      }
      const ok = response !== undefined && response.status < 500;
      if (ejections === server.ejections) this.learn(server, ok);
      if (ok || !idempotent || tried.size === this.servers.length) {
        if (response === undefined) throw error;
        return response;
      }
    }
  }

  private async next(tried: ReadonlySet<Server>, idempotent: boolean): Promise<Server> {
    const untried = this.servers.filter((server) => !tried.has(server));
    const due = untried.find((server) => this.isDue(server));
    if (idempotent && due) return due;
    const inside = untried.filter(({ outUntil }) => outUntil === undefined);
    if (inside.length > 0) {
      const chosen = this.options.choose(inside.map(({ name }) => name));
      return inside.find(({ name }) => name === chosen)!;
    }
    return untried.reduce((first, server) => (server.outUntil! < first.outUntil! ? server : first));
  }

  private isDue({ outUntil, probing }: Server): boolean {
    return outUntil !== undefined && this.options.now() >= outUntil && !probing;
  }

  private learn(server: Server, ok: boolean): void {
    if (ok) {
      server.failures = 0;
      server.outUntil = undefined;
      server.probing = false;
      return;
    }
    server.failures += 1;
    server.probing = false;
    if (server.outUntil !== undefined || server.failures >= this.options.failuresToEject) {
      server.failures = 0;
      server.ejections += 1;
      server.outUntil = this.options.now() + this.options.coolDownMs;
    }
  }
}
