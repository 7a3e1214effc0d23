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
    if (mayProbe && due.length > 0) return { role: 'probe', servers: due, because: this.isWaiting(due[0]!) };
    const standing = new Set(untried.filter(([, one]) => one.outUntil === undefined).map(([server]) => server));
    const preferred = prefers.find((server) => standing.has(server));
    if (preferred !== undefined) {
      const passedOver = prefers.slice(0, prefers.indexOf(preferred));
      return { role: 'regular', servers: [preferred], because: this.isIn(preferred, passedOver, tried, nowMs) };
    }
    const first = Math.min(...untried.map(([, { outUntil }]) => outUntil as number));
    const servers = untried.filter(([, { outUntil }]) => outUntil === first).map(([server]) => server);
    return { role: 'last-resort', servers, because: endsFirst(first) };
  }

  private isWaiting(server: string): Text {
    const since = this.of(server).outUntil;
    return {
      en: `its cool-down ended at ${since} ms, and nobody is probing it`,
      ko: `쿨다운이 ${since}ms에 끝났고 탐침 중인 요청이 없음`,
    };
  }

  /** Why the balancer's choice is this one and none of those that it likes better. */
  private isIn(server: string, better: readonly string[], tried: ReadonlySet<string>, nowMs: number): Text {
    const seen = better.filter((other) => tried.has(other));
    const been: Text = {
      en: `${seen.join(' and ')} ${seen.length === 1 ? 'has' : 'have'} been tried`,
      ko: `${seen.join(', ')}에는 이미 보냄`,
    };
    const others = better.filter((other) => !tried.has(other)).map((other) => this.isNotIn(other, nowMs));
    const reasons = seen.length === 0 ? others : [been, ...others];
    if (reasons.length > 0) {
      return { en: reasons.map(({ en }) => en).join(', '), ko: reasons.map(({ ko }) => ko).join(', ') };
    }
    const { failures } = this.of(server);
    return {
      en: `it is in${failures === 0 ? '' : `, with ${failures} of ${this.failuresToEject} failures in a row`}, and the balancer’s first choice`,
      ko: `빠지지 않은 서버${failures === 0 ? '' : `(연달아 실패 ${failures}/${this.failuresToEject})`}이며 로드 밸런서의 첫 번째 선택`,
    };
  }

  private isNotIn(server: string, nowMs: number): Text {
    const { outUntil, probing } = this.of(server);
    if (outUntil !== undefined && outUntil > nowMs) {
      return { en: `${server} is out until ${outUntil} ms`, ko: `${server}는 ${outUntil}ms까지 빠져 있음` };
    }
    if (probing) return { en: `${server} is being probed already`, ko: `${server}는 이미 탐침 중` };
    return {
      en: `${server} waits for a probe, and this is none`,
      ko: `${server}는 탐침을 기다리는데 이 요청은 탐침이 아님`,
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

function endsFirst(atMs: number): Text {
  return {
    en: `all that are left are out, and its cool-down ends first, at ${atMs} ms`,
    ko: `남은 서버가 모두 빠져 있고 그 가운데 쿨다운이 ${atMs}ms에 가장 먼저 끝남`,
  };
}
