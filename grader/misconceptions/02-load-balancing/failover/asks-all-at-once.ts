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
    en: 'You send a request to every server at once and take the first good answer. That is quick, and four times the work for four servers; a PUT is carried out by all of them. When does the brief let a request go to a second server?',
    ko: '요청을 모든 서버에 한꺼번에 보내고 가장 먼저 온 좋은 응답을 씁니다. 빠르기는 하지만 서버가 네 대면 일이 네 배가 되고, PUT은 네 서버가 모두 수행합니다. 실습 설명에서 요청이 두 번째 서버로 가도 되는 때는 언제입니까?',
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
    if (idempotent && this.servers.every(({ outUntil }) => outUntil === undefined)) return this.race(request);
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

  private async race(request: HttpRequest): Promise<HttpResponse> {
    const ask = async (server: Server) => {
      const response = await this.options.send(server.name, request).catch(() => undefined);
      this.learn(server, response !== undefined && response.status < 500);
      if (response === undefined || response.status >= 500) throw new Error('failed');
      return response;
    };
    return Promise.any(this.servers.map(ask));
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
