import type {
  Failover,
  FailoverOptions,
  HttpRequest,
  HttpResponse,
  ServerId,
} from '../../../../exercises/02-load-balancing/contract.ts';

/** Promise chains instead of loops, and a state object per ejection: old news holds a state that is no longer current. */
type State =
  | { readonly kind: 'in'; readonly since: object; readonly failures: number }
  | { readonly kind: 'out'; readonly since: object; readonly until: number; readonly probe: boolean };

export class FailoverProxy implements Failover {
  handle: (request: HttpRequest) => Promise<HttpResponse>;

  constructor({ servers, choose, send, now, failuresToEject, coolDownMs }: FailoverOptions) {
    const states = new Map<ServerId, State>(servers.map((id) => [id, { kind: 'in', since: {}, failures: 0 }]));
    if (states.size === 0 || states.size !== servers.length)
      throw new RangeError('servers: one or more, all different');
    if (!(failuresToEject >= 1) || failuresToEject % 1 !== 0) throw new RangeError('failuresToEject is out of range');
    if (!(coolDownMs > 0 && coolDownMs < 1 / 0)) throw new RangeError('coolDownMs is out of range');

    const pick = (left: readonly ServerId[], mayProbe: boolean): { id: ServerId; probe: boolean } => {
      const isDue = (state: State) => state.kind === 'out' && !state.probe && state.until <= now();
      const due = mayProbe ? left.findLast((id) => isDue(states.get(id)!)) : undefined;
      if (due !== undefined) return { id: due, probe: true };
      const inside = left.filter((id) => states.get(id)?.kind === 'in');
      if (inside.length > 1) return { id: choose(inside), probe: false };
      if (inside.length === 1) return { id: inside[0]!, probe: false };
      const until = (id: ServerId) => (states.get(id) as { until: number }).until;
      return { id: [...left].sort((a, b) => until(a) - until(b))[0]!, probe: false };
    };

    const learn = (id: ServerId, since: object, ok: boolean) => {
      const state = states.get(id)!;
      if (state.since !== since) return;
      const failures = state.kind === 'in' ? state.failures + 1 : Number.POSITIVE_INFINITY;
      if (ok) states.set(id, { kind: 'in', since, failures: 0 });
      else if (failures < failuresToEject) states.set(id, { kind: 'in', since, failures });
      else states.set(id, { kind: 'out', since: {}, until: now() + coolDownMs, probe: false });
    };

    const attempt = (request: HttpRequest, left: readonly ServerId[], mayRepeat: boolean): Promise<HttpResponse> => {
      const { id, probe } = pick(left, mayRepeat);
      const state = states.get(id)!;
      if (probe) states.set(id, { ...state, probe } as State);
      const others = mayRepeat ? left.filter((other) => other !== id) : [];
      const next = (end: () => HttpResponse) => (others.length > 0 ? attempt(request, others, true) : end());
      return new Promise<HttpResponse>((resolve) => resolve(send(id, request))).then(
        (response) => {
          learn(id, state.since, response.status < 500);
          return response.status < 500 ? response : next(() => response);
        },
        (error: unknown) => {
          learn(id, state.since, false);
          return next(() => {
            throw error;
          });
        },
      );
    };

    this.handle = (request) => attempt(request, [...states.keys()], !/^(POST|PATCH)$/.test(request.method));
  }
}
