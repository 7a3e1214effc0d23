import type {
  Failover,
  FailoverOptions,
  HttpRequest,
  HttpResponse,
} from '../../../../exercises/02-load-balancing/contract.ts';
import type { Misconception } from '../../../suite.ts';

export const misconception: Misconception = {
  fails: 'old-success-changes-nothing',
  message: {
    en: 'The state of the server is safe from old answers, but the note that somebody is probing it is not: whoever comes back from that server wipes it out, and a second probe sets off beside the first. Whose note is it, and who may take it away?',
    ko: '서버의 상태는 지난 응답에 흔들리지 않지만, 탐침 중이라는 표시는 그렇지 않습니다. 그 서버에서 돌아오는 요청이면 무엇이든 표시를 지우므로, 첫 탐침이 끝나기도 전에 두 번째 탐침이 떠납니다. 그 표시는 누구의 것이며 누가 지워도 됩니까?',
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
      if (idempotent && this.isDue(server)) server.probing = true;
      const { ejections } = server;
      let response: HttpResponse | undefined;
      let error: unknown;
      try {
        response = await this.options.send(server.name, request);
      } catch (reason) {
        error = reason;
      }
      server.probing = false;
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
