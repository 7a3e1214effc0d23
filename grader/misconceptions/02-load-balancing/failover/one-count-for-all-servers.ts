import type {
  Failover,
  FailoverOptions,
  HttpRequest,
  HttpResponse,
} from '../../../../exercises/02-load-balancing/contract.ts';
import type { Misconception } from '../../../suite.ts';

export const misconception: Misconception = {
  fails: 'ejects-after-failures-in-a-row',
  message: {
    en: 'All servers share one count of failures. While one of them answers well, the count goes back to 0 again and again, and a dead server is never thrown out. Whose failures in a row does the brief count?',
    ko: '모든 서버가 실패 횟수 하나를 함께 씁니다. 다른 서버가 잘 응답할 때마다 횟수가 0으로 돌아가므로 죽은 서버가 끝내 빠지지 않습니다. 실습 설명은 누구의 연달은 실패를 셉니까?',
  },
};

const IDEMPOTENT = ['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE'];

interface Server {
  readonly name: string;
  ejections: number;
  outUntil: number | undefined;
  probing: boolean;
}

export class FailoverProxy implements Failover {
  private readonly servers: readonly Server[];
  private failures = 0;

  constructor(private readonly options: FailoverOptions) {
    const { servers, failuresToEject, coolDownMs } = options;
    if (servers.length === 0) throw new RangeError('servers must not be empty');
    if (new Set(servers).size !== servers.length) throw new RangeError('servers must differ');
    if (!Number.isInteger(failuresToEject) || failuresToEject < 1) throw new RangeError('failuresToEject: 1 or more');
    if (!Number.isFinite(coolDownMs) || coolDownMs <= 0) throw new RangeError('coolDownMs must be above 0');
    this.servers = servers.map((name) => ({ name, ejections: 0, outUntil: undefined, probing: false }));
  }

  async handle(request: HttpRequest): Promise<HttpResponse> {
    const idempotent = IDEMPOTENT.includes(request.method);
    const tried = new Set<Server>();
    for (;;) {
      const server = this.next(tried, idempotent);
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
      this.failures = 0;
      server.outUntil = undefined;
      server.probing = false;
      return;
    }
    this.failures += 1;
    server.probing = false;
    if (server.outUntil !== undefined || this.failures >= this.options.failuresToEject) {
      this.failures = 0;
      server.ejections += 1;
      server.outUntil = this.options.now() + this.options.coolDownMs;
    }
  }
}
