import type { Text } from '../../../../simulator/text.ts';

/** What the contract says about one server. */
interface Standing {
  failures: number;
  ejections: number;
  outUntil: number | undefined;
  /** A request is finding out about it. */
  probing: boolean;
}

/** Where an attempt may go, and why. */
export interface Choice {
  readonly role: 'probe' | 'regular' | 'last-resort';
  readonly servers: readonly string[];
  readonly because: Text;
}

/** An attempt as it left: which server, and how often that had been ejected until then. */
export interface Sent {
  readonly server: string;
  readonly ejections: number;
}

/** Follows the contract from what happened: which servers are in, out, due and being probed. */
export class FailoverModel {
  private readonly standings: ReadonlyMap<string, Standing>;

  constructor(
    servers: readonly string[],
    private readonly failuresToEject: number,
    private readonly coolDownMs: number,
  ) {
    this.standings = new Map(
      servers.map((server) => [server, { failures: 0, ejections: 0, outUntil: undefined, probing: false }]),
    );
  }

  /**
   * Where a request may be sent now. Several due servers, or several whose cool-down ends first: any of them.
   * @param prefers the balancer's order
   */
  next(tried: ReadonlySet<string>, mayProbe: boolean, nowMs: number, prefers: readonly string[]): Choice | undefined {
    const untried = [...this.standings].filter(([server]) => !tried.has(server));
    if (untried.length === 0) return undefined;
    const due = untried.filter(([, one]) => this.isDue(one, nowMs) && !one.probing).map(([server]) => server);
    if (mayProbe && due.length > 0) {
      return {
        role: 'probe',
        servers: due,
        because: {
          en: 'its cool-down is over and nobody is probing it',
          ko: '쿨다운이 끝났고 탐침 중인 요청이 없음',
        },
      };
    }
    const standing = new Set(untried.filter(([, one]) => one.outUntil === undefined).map(([server]) => server));
    const preferred = prefers.find((server) => standing.has(server));
    if (preferred !== undefined) {
      return {
        role: 'regular',
        servers: [preferred],
        because: {
          en: 'the balancer’s choice among the servers that are in',
          ko: '들어와 있는 서버 가운데 로드 밸런서의 선택',
        },
      };
    }
    const first = Math.min(...untried.map(([, { outUntil }]) => outUntil as number));
    return {
      role: 'last-resort',
      servers: untried.filter(([, { outUntil }]) => outUntil === first).map(([server]) => server),
      because: {
        en: `no other server is left, and its cool-down ends first, at ${first} ms`,
        ko: `남은 서버가 모두 빠져 있고 그 쿨다운이 ${first}ms에 가장 먼저 끝남`,
      },
    };
  }

  sent(server: string, role: Choice['role']): Sent {
    const standing = this.of(server);
    if (role === 'probe') standing.probing = true;
    return { server, ejections: standing.ejections };
  }

  ended(sent: Sent, ok: boolean, nowMs: number): void {
    const standing = this.of(sent.server);
    if (sent.ejections !== standing.ejections) return;
    const wasOut = standing.outUntil !== undefined;
    standing.failures = ok ? 0 : standing.failures + 1;
    if (ok) standing.outUntil = undefined;
    else if (wasOut || standing.failures >= this.failuresToEject) {
      standing.outUntil = nowMs + this.coolDownMs;
      standing.ejections += 1;
      standing.failures = 0;
    } else return;
    standing.probing = false;
  }

  isOut(server: string): boolean {
    return this.of(server).outUntil !== undefined;
  }

  private isDue({ outUntil }: Standing, nowMs: number): boolean {
    return outUntil !== undefined && nowMs >= outUntil;
  }

  private of(server: string): Standing {
    return this.standings.get(server)!;
  }
}
