import { describe, expect, it } from 'vitest';
import type { MakeBalancer } from '../parts/slots/balancer.ts';
import { OUTCOME } from '../recorder.ts';
import type { Command } from '../scene.ts';
import type { Trace } from '../trace.ts';
import { NEVER } from '../trace.ts';
import { runProxied } from './proxy-world.ts';
import type { WebPlan } from './web.ts';
import { runWeb } from './web.ts';

const SECOND = 1_000_000;
const CUT: Command = { atMs: 1_000, kind: 'partition', node: 'a' };
const HEAL: Command = { atMs: 2_000, kind: 'heal', node: 'a' };

const PLAN: WebPlan = {
  durationMs: 4_000,
  servers: [
    { id: 'a', cores: 4 },
    { id: 'b', cores: 4 },
  ],
  linkMs: 1,
  timeoutMs: 300,
  workload: {
    arrivals: { kind: 'steady', perSecond: 100 },
    classes: [{ name: 'page', share: 1, cost: { kind: 'constant', ms: 20 }, method: 'GET' }],
    clients: [{ share: 1, from: '198.18.0.0', addresses: 100 }],
  },
};

const first: MakeBalancer = (servers) => ({ route: () => ({ server: servers[0]! }) });
/** The first server that is not known to be lost. */
const healthy: MakeBalancer = (servers) => {
  const lost = new Set<string>();
  return {
    route: () => ({ server: servers.find((server) => !lost.has(server)) ?? servers[0]! }),
    serverLost: (server) => lost.add(server),
    serverFound: (server) => lost.delete(server),
  };
};

const run = (commands: readonly Command[], changes: Partial<WebPlan> = {}, make = first): Trace =>
  runWeb({ ...PLAN, ...changes }, make, { seed: 1, commands });

/** Outcomes of the requests that arrive in [fromS, toS). */
function ended({ requests }: Trace, fromS: number, toS: number): string[] {
  const names = Object.keys(OUTCOME) as (keyof typeof OUTCOME)[];
  const found = new Set<string>();
  requests.arrivedUs.forEach((atUs, i) => {
    if (atUs < fromS * SECOND || atUs >= toS * SECOND) return;
    found.add(names.find((name) => OUTCOME[name] === requests.outcome[i])!);
  });
  return [...found];
}

describe('a server that is cut off', () => {
  it('is sent requests that never come in, and answers nobody until it is in reach again', () => {
    const trace = run([CUT, HEAL]);
    expect(ended(trace, 0, 0.97)).toEqual(['ok']);
    expect(ended(trace, 1, 1.99)).toEqual(['timeout']);
    expect(ended(trace, 2.01, 3.9)).toEqual(['ok']);
    const during = [...trace.visits.sentUs.keys()].filter((visit) => {
      const sentUs = trace.visits.sentUs[visit]!;
      return sentUs >= SECOND && sentUs < 2 * SECOND;
    });
    expect(during.length).toBeGreaterThan(90);
    expect(during.every((visit) => trace.visits.enteredUs[visit] === NEVER)).toBe(true);
  });

  it('finishes what it has, and its answers are lost on the way', () => {
    const trace = run([CUT]);
    const inside = [...trace.visits.sentUs.keys()].filter((visit) => {
      const sentUs = trace.visits.sentUs[visit]!;
      return sentUs < 0.999 * SECOND && trace.visits.leftUs[visit]! >= SECOND;
    });
    expect(inside.length).toBeGreaterThan(0);
    for (const visit of inside) {
      expect(trace.visits.leftUs[visit]).toBeLessThan(1.05 * SECOND);
      expect(trace.requests.outcome[trace.visits.request[visit]!]).toBe(OUTCOME.timeout);
    }
  });

  it('is noticed by nobody where nobody waits for a limited time', () => {
    expect(ended(run([CUT], { timeoutMs: undefined }), 1, 3)).toEqual(['pending']);
  });

  it('is ejected by the health check and taken back by it', () => {
    const healthCheck = { firstMs: 100, intervalMs: 200, timeoutMs: 100, misses: 2 };
    const trace = run([CUT, HEAL], { healthCheck }, healthy);
    expect(trace.changes.map(({ state }) => state)).toEqual(['cut', 'ejected', 'up']);
    expect(ended(trace, 1.6, 4)).not.toContain('timeout');
  });

  it('is repeated elsewhere by a proxy that repeats', async () => {
    const proxy = {
      proxy: ({ send }: { send: (server: string, request: never) => Promise<never> }) => ({
        handle: (request: never) => send('a', request).catch(() => send('b', request)),
      }),
    };
    const trace = await runProxied(PLAN, proxy as never, { seed: 1, commands: [CUT, HEAL] });
    expect(ended(trace, 0, 3.5)).toEqual(['ok']);
    expect(trace.changes.map(({ state }) => state)).toEqual(['cut', 'up']);
  });
});

describe('a connection', () => {
  const latest = (trace: Trace) =>
    Math.max(...trace.requests.endedUs.map((endedUs, i) => endedUs - trace.requests.arrivedUs[i]!));

  it('may lag, both ways', () => {
    const lag = { atMs: 0, kind: 'lag', node: 'a', ms: 50 } as const;
    expect(latest(run([lag], { timeoutMs: undefined, durationMs: 1_000 })) - 22_000).toBe(100_000);
  });

  it('may lose part of what is sent', () => {
    const trace = run([{ atMs: 0, kind: 'lose', node: 'a', share: 0.2 }], { durationMs: 40_000 });
    const timeouts = trace.requests.outcome.filter((outcome) => outcome === OUTCOME.timeout).length;
    const share = 1 - 0.8 ** 2;
    expect(Math.abs(timeouts - 4_000 * share)).toBeLessThan(5 * Math.sqrt(4_000 * share * (1 - share)));
  });

  it('is that of a server to the balancer, and no other', () => {
    expect(() => run([{ ...CUT, node: 'nobody' }])).toThrow(RangeError);
    expect(() => run([{ ...CUT, peer: 'b' }])).toThrow(RangeError);
  });
});
