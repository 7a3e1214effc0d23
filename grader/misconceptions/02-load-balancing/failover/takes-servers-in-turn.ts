import type {
  Failover,
  FailoverOptions,
  HttpRequest,
  HttpResponse,
} from '../../../../exercises/02-load-balancing/contract.ts';
import type { Misconception } from '../../../suite.ts';

export const misconception: Misconception = {
  fails: 'passes-requests-on',
  message: {
    en: 'Requests do not go where the balancer behind `choose` would send them: the proxy chooses by a rule of its own, such as taking the servers in turn. Somebody who puts least connections behind it gets none of it. Who decides among the servers that are in, and who only says which they are?',
    ko: '요청이 `choose` 뒤의 로드 밸런서가 고를 서버로 가지 않습니다. 서버를 차례로 고르는 것처럼 프록시가 자기 규칙으로 정하기 때문입니다. 최소 연결을 그 뒤에 둔 사람은 아무 효과도 얻지 못합니다. 들어와 있는 서버 가운데 고르는 일은 누구의 몫이고, 어떤 서버가 들어와 있는지 알려 주는 일은 누구의 몫입니까?',
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
  private turn = 0;

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
    if (inside.length > 0) return this.inTurn(inside);
    return untried.reduce((first, server) => (server.outUntil! < first.outUntil! ? server : first));
  }

  /** The next of these in the order of the list, after the server that was last taken. */
  private inTurn(servers: readonly Server[]): Server {
    const turn = (server: Server) =>
      (this.servers.indexOf(server) - this.turn + this.servers.length) % this.servers.length;
    const server = servers.reduce((first, other) => (turn(other) < turn(first) ? other : first));
    this.turn = this.servers.indexOf(server) + 1;
    return server;
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
    if (server.outUntil !== undefined || server.failures >= this.options.failuresToEject) {
      server.failures = 0;
      server.ejections += 1;
      server.outUntil = this.options.now() + this.options.coolDownMs;
      server.probing = false;
    }
  }
}
