import type {
  Failover,
  FailoverOptions,
  HttpRequest,
  HttpResponse,
} from '../../../../exercises/02-load-balancing/contract.ts';
import type { Misconception } from '../../../suite.ts';

export const misconception: Misconception = {
  fails: 'comes-back',
  message: {
    en: 'A request that serves as a probe goes down with it: when the probe fails, its error is what the user gets, though other servers are in. It is still somebody’s GET. What does the brief say about a GET that fails?',
    ko: '탐침이 된 요청은 탐침과 함께 실패합니다. 다른 서버가 들어와 있는데도 탐침이 실패하면 그 오류가 사용자에게 갑니다. 탐침이기 전에 누군가의 GET입니다. 실습 설명은 실패한 GET을 어떻게 하라고 합니까?',
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
      const server = this.next(tried, idempotent);
      tried.add(server);
      const probes = idempotent && this.isDue(server);
      if (probes) server.probing = true;
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
      if (ok || !idempotent || probes || tried.size === this.servers.length) {
        if (response === undefined) throw error;
        return response;
      }
    }
  }

  private next(tried: ReadonlySet<Server>, idempotent: boolean): Server {
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
