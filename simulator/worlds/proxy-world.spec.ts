import { describe, expect, it } from 'vitest';
import type { Trace } from '../trace.ts';
import { OUTCOMES } from '../trace.ts';
import { type ProxyStrategy, type ProxySurroundings, runProxied } from './proxy-world.ts';
import type { WebPlan } from './web.ts';

const PLAN: WebPlan = {
  durationMs: 2000,
  servers: [
    { id: 'one', cores: 2 },
    { id: 'two', cores: 2 },
  ],
  linkMs: 1,
  timeoutMs: 200,
  workload: {
    arrivals: { kind: 'steady', perSecond: 50 },
    classes: [{ name: 'read', share: 1, cost: { kind: 'constant', ms: 5 }, method: 'GET' }],
    clients: [{ share: 1, from: '198.18.0.0', addresses: 100 }],
  },
  faults: [{ atMs: 500, kind: 'kill', node: 'one' }],
};

/** Sends everything to one server, and on to the other one as often as `attempts` allows. */
function proxy(attempts: number, watch: (surroundings: ProxySurroundings) => void = () => {}): ProxyStrategy {
  return {
    proxy: (surroundings) => {
      watch(surroundings);
      return {
        handle: async (request) => {
          for (const [attempt, server] of surroundings.servers.entries()) {
            try {
              return await surroundings.send(server, request);
            } catch (error) {
              if (attempt + 1 >= attempts) throw error;
            }
          }
          throw new Error('unreachable');
        },
      };
    },
  };
}

function outcomes({ requests }: Trace): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const code of requests.outcome) counts[OUTCOMES[code]!] = (counts[OUTCOMES[code]!] ?? 0) + 1;
  return counts;
}

describe('a proxy in front of web servers', () => {
  it('loses what it sends to a dead server and does not repeat', async () => {
    const found = outcomes(await runProxied(PLAN, proxy(1), { seed: 1 }));
    expect(found.refused).toBeGreaterThan(60);
  });

  it('loses nothing when it repeats elsewhere, and both visits are recorded', async () => {
    const trace = await runProxied(PLAN, proxy(2), { seed: 1 });
    expect(Object.keys(outcomes(trace)).sort()).toEqual(['ok']);
    expect(trace.visits.request.length).toBeGreaterThan(trace.requests.arrivedUs.length + 60);
  });

  it('gives a server that hangs up after the time-out', async () => {
    const hang: WebPlan = { ...PLAN, faults: [{ atMs: 500, kind: 'hang', node: 'one' }] };
    expect(outcomes(await runProxied(hang, proxy(1), { seed: 1 })).timeout).toBeGreaterThan(50);
  });

  it('gives the same trace twice', async () => {
    const [first, second] = [
      await runProxied(PLAN, proxy(2), { seed: 3 }),
      await runProxied(PLAN, proxy(2), { seed: 3 }),
    ];
    expect(first).toEqual(second);
  });

  it('tells the simulated time in milliseconds', async () => {
    let clock: ProxySurroundings['now'] = () => -1;
    await runProxied(
      PLAN,
      proxy(2, ({ now }) => {
        clock = now;
      }),
      { seed: 1 },
    );
    expect(clock()).toBeGreaterThan(1900);
    expect(clock()).toBeLessThanOrEqual(2000);
  });

  it('ends with a failure when the proxy breaks, and when it invents a server', async () => {
    const broken: ProxyStrategy = { proxy: () => ({ handle: async () => Promise.reject(new TypeError('oh')) }) };
    expect((await runProxied(PLAN, broken, { seed: 1 })).failure).toMatchObject({ name: 'TypeError', message: 'oh' });
    const inventive: ProxyStrategy = {
      proxy: ({ send }) => ({ handle: (request) => send('three', request).catch(() => ({ status: 200, body: '' })) }),
    };
    expect((await runProxied(PLAN, inventive, { seed: 1 })).failure?.message).toContain('three');
  });
});
