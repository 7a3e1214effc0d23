import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Kernel } from '../kernel.ts';
import { mean, sample, throughput } from '../measures/measures.ts';
import { Server } from '../parts/machines/server.ts';
import { OUTCOME, VisitRecorder } from '../recorder.ts';
import type { Trace } from '../trace.ts';
import { delayUs, drawsOf } from './keys.ts';
import { RequestRecorder } from './request-recorder.ts';
import { drawTraffic } from './traffic.ts';
import type { UsersPlan } from './users.ts';
import { Users } from './users.ts';

const ASK = 0;
const GIVE_UP = 1;
const FINISH = 2;
const ARRIVE = 3;
const KILL = 4;
const REVIVE = 5;

const SECOND = 1_000_000;

interface Station {
  readonly users: UsersPlan;
  /** Users who are there from the start. */
  readonly count?: number;
  /** New users per second, Poisson. */
  readonly perSecond?: number;
  readonly cores?: number;
  readonly queueLimit?: number;
  readonly costUs: (user: number, attempt: number) => number;
  readonly outageMs?: readonly [number, number];
  readonly seconds: number;
  readonly seed?: number;
  readonly watch?: (users: Users, requests: RequestRecorder) => void;
}

/** One server and its users, with nothing between them. */
function run(station: Station): Trace & { readonly users: Users } {
  const { seed = 1, cores = 1, queueLimit } = station;
  const durationUs = station.seconds * SECOND;
  const kernel = new Kernel();
  const visits = new VisitRecorder(1000);
  const requests = new RequestRecorder();
  const costs: number[] = [];
  const server = new Server(
    kernel,
    visits,
    { id: 'box', cores, queueLimit },
    {
      finish: FINISH,
      base: 0,
      costUs: (visit) => costs[visit]!,
      left: (visit) => users.answer(visits.request[visit]!, visits.outcome[visit]!),
    },
  );
  const users = new Users(kernel, requests, station.users, seed, {
    ask: ASK,
    giveUp: GIVE_UP,
    send: (request, user, attempt) => {
      const visit = visits.add(request, 0, kernel.nowUs);
      costs[visit] = station.costUs(user, attempt);
      server.enter(visit);
    },
  });
  if (station.count) users.settle(station.count);
  const { arrivedUs } = drawTraffic(
    {
      arrivals: { kind: 'poisson', perSecond: station.perSecond ?? 0 },
      classes: [{ name: 'page', share: 1, cost: { kind: 'constant', ms: 1 }, method: 'GET' }],
      clients: [{ share: 1, from: '198.18.0.0', addresses: 1 }],
    },
    seed,
    durationUs,
  );
  for (const atUs of arrivedUs) kernel.at(atUs, ARRIVE);
  station.outageMs?.forEach((atMs, index) => {
    kernel.at(atMs * 1000, index === 0 ? KILL : REVIVE);
  });
  kernel.run(durationUs, (kind, a, b) => {
    if (kind === ASK) users.ask(a);
    else if (kind === GIVE_UP) users.giveUp(a);
    else if (kind === FINISH) server.finish(a, b);
    else if (kind === ARRIVE) users.arrive();
    else if (kind === KILL) server.kill();
    else server.revive();
    station.watch?.(users, requests);
    return undefined;
  });
  const nodes = [{ id: 'box', kind: 'server', cores }] as const;
  const rest = { durationUs, seed, nodes, classes: ['page'], changes: [], users };
  return { ...rest, requests: requests.columns(), visits: visits.columns() };
}

const exponentialCost = (meanMs: number, seed: number) => (user: number, attempt: number) =>
  Math.max(1, delayUs(meanMs, drawsOf(seed, 'costs', user, attempt)));

/** Throughput per ms and response time of a closed loop with one exponential server: mean value analysis. */
function meanValues(count: number, serviceMs: number, thinkMs: number): { perMs: number; responseMs: number } {
  let inside = 0;
  let result = { perMs: 0, responseMs: 0 };
  for (let users = 1; users <= count; users++) {
    const responseMs = serviceMs * (1 + inside);
    const perMs = users / (responseMs + thinkMs);
    inside = perMs * responseMs;
    result = { perMs, responseMs };
  }
  return result;
}

describe('users who think between answers', () => {
  const SERVICE_MS = 20;
  const THINK_MS = 1_000;

  it.each([1, 20, 50, 100])('%i of them obey the interactive response-time law and its bounds', (count) => {
    const trace = run({
      users: { thinkMs: THINK_MS },
      count,
      costUs: exponentialCost(SERVICE_MS, 3),
      seconds: count === 1 ? 20_000 : 1_000,
      seed: 3,
    });
    const window = sample(trace, 100 * SECOND, trace.durationUs);
    const responseMs = mean(window)!;
    const perMs = throughput(window, 100 * SECOND, trace.durationUs)! / 1000;
    expect(Math.abs((perMs * (responseMs + THINK_MS)) / count - 1)).toBeLessThan(0.02);
    expect(perMs).toBeLessThan(1.02 * Math.min(1 / SERVICE_MS, count / (SERVICE_MS + THINK_MS)));
    expect(responseMs).toBeGreaterThan(0.98 * Math.max(SERVICE_MS, count * SERVICE_MS - THINK_MS));
    const exact = meanValues(count, SERVICE_MS, THINK_MS);
    expect(Math.abs(responseMs / exact.responseMs - 1)).toBeLessThan(0.05);
    expect(Math.abs(perMs / exact.perMs - 1)).toBeLessThan(0.02);
  });

  it('never have more requests open than there are users', () => {
    let most = 0;
    run({
      users: { thinkMs: 10 },
      count: 7,
      costUs: () => 20_000,
      seconds: 5,
      watch: ({ counts }) => {
        most = Math.max(most, counts.waiting);
      },
    });
    expect(most).toBe(7);
  });

  it('live through the same draws wherever the same happens to them', () => {
    const station = { users: { thinkMs: 100 }, count: 5, costUs: exponentialCost(20, 1), seconds: 10 } as const;
    const calm = run({ ...station, cores: 8 });
    const alike = run({ ...station, cores: 9 });
    expect(alike.requests).toEqual(calm.requests);
    const crowded = run({ ...station, cores: 8, count: 6 });
    const ofFirst = (trace: ReturnType<typeof run>): number[] =>
      [...trace.requests.arrivedUs].filter((_, request) => trace.users.userOf[request]! < 5);
    expect(ofFirst(crowded)).toEqual(ofFirst(calm));
    expect(crowded.requests.arrivedUs.length).toBeGreaterThan(calm.requests.arrivedUs.length);
  });
});

describe('users without patience', () => {
  const once = { perSecond: 1, seconds: 60, costUs: () => 500_000 } as const;

  it('give up after it, and a later answer finds nobody', () => {
    const trace = run({ ...once, users: { patienceMs: 400 } });
    expect(trace.requests.outcome.filter((outcome) => outcome === OUTCOME.ok)).toHaveLength(0);
    const ended = [...trace.requests.endedUs].filter((atUs) => atUs >= 0);
    expect(ended.length).toBeGreaterThan(40);
    ended.forEach((atUs, request) => {
      expect(atUs - trace.requests.arrivedUs[request]!).toBe(400_000);
    });
    expect(trace.users.counts).toMatchObject({ content: 0, gone: ended.length });
    expect(trace.visits.outcome.filter((outcome) => outcome === OUTCOME.ok).length).toBeGreaterThan(40);
  });

  it('reload until they have an answer, after longer and longer pauses if they back off', () => {
    const pausesOf = (reload: UsersPlan['reload']): number[] => {
      const trace = run({
        users: { reload },
        count: 0,
        perSecond: 0.5,
        seconds: 120,
        costUs: () => 1,
        outageMs: [0, 119_999],
      });
      const own = [...trace.requests.arrivedUs].filter((_, request) => trace.users.userOf[request] === 0);
      return own.slice(1).map((atUs, index) => (atUs - own[index]!) / 1000);
    };
    const plain = pausesOf({ afterMs: 100 });
    const backing = pausesOf({ afterMs: 100, backoff: 2 });
    expect(plain.length).toBeGreaterThan(900);
    expect(plain.reduce((sum, pause) => sum + pause, 0) / plain.length).toBeGreaterThan(85);
    expect(plain.reduce((sum, pause) => sum + pause, 0) / plain.length).toBeLessThan(115);
    backing.slice(0, 6).forEach((pause, index) => {
      expect(pause / plain[index]!).toBeCloseTo(2 ** index, 1);
    });
  });

  it('let a page be after their last try: some leave, others think about the next page', () => {
    const dead = { perSecond: 2, seconds: 60, costUs: () => 1, outageMs: [0, 59_999] } as const;
    const leaving = run({ ...dead, users: { reload: { afterMs: 10, tries: 3 } } });
    const perUser = new Map<number, number>();
    for (const user of leaving.users.userOf) perUser.set(user, (perUser.get(user) ?? 0) + 1);
    expect(leaving.users.counts.gone).toBeGreaterThan(80);
    expect([...perUser.values()].filter((tries) => tries === 3)).toHaveLength(leaving.users.counts.gone);
    const staying = run({
      ...dead,
      perSecond: 0,
      count: 3,
      users: { thinkMs: 1_000, reload: { afterMs: 10, tries: 3 } },
    });
    expect(staying.users.counts.gone).toBe(0);
    const requests = staying.users.userOf.length;
    expect(requests).toBeGreaterThan(3 * 3 * 40);
    expect(requests).toBeLessThan(3 * 3 * 80);
  });
});

describe('the books of users', () => {
  it('have everybody in one state, and every request pending or ended once', () => {
    fc.assert(
      fc.property(
        fc.record({
          seed: fc.nat(1000),
          count: fc.nat(10),
          perSecond: fc.constantFrom(0, 5, 20),
          queueLimit: fc.constantFrom(undefined, 0, 3),
          thinkMs: fc.constantFrom(undefined, 20, 200),
          patienceMs: fc.constantFrom(undefined, 50, 300),
          reload: fc.option(
            fc.record({
              afterMs: fc.constantFrom(10, 200),
              backoff: fc.constantFrom(1, 2),
              tries: fc.constantFrom(1, 3, 100),
            }),
            { nil: undefined },
          ),
          outageMs: fc.constantFrom<[number, number] | undefined>(undefined, [500, 1200]),
        }),
        ({ seed, count, perSecond, queueLimit, outageMs, ...users }) => {
          let seen = 0;
          const trace = run({
            users,
            count: users.thinkMs === undefined ? 0 : count,
            perSecond,
            queueLimit,
            seed,
            outageMs,
            costUs: exponentialCost(20, seed),
            seconds: 2,
            watch: ({ counts, userOf }, requests) => {
              const people = Object.values(counts).reduce((sum, part) => sum + part, 0);
              const pending = userOf.filter((_, request) => requests.pending(request)).length;
              const waits = Math.min(...Object.values(counts)) >= 0 && pending === counts.waiting;
              if (people < seen || !waits || userOf.length !== requests.count)
                expect.unreachable(JSON.stringify(counts));
              seen = people;
            },
          });
          const { arrivedUs, endedUs, outcome } = trace.requests;
          outcome.forEach((end, request) => {
            if (end === OUTCOME.pending) expect(endedUs[request]).toBe(-1);
            else expect(endedUs[request]).toBeGreaterThanOrEqual(arrivedUs[request]!);
          });
          const good = outcome.filter((end) => end === OUTCOME.ok).length;
          if (users.thinkMs === undefined) expect(trace.users.counts.content).toBe(good);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('refuse a second end', () => {
    const requests = new RequestRecorder();
    const request = requests.add(5);
    requests.end(request, 7, OUTCOME.ok);
    expect(() => requests.end(request, 8, OUTCOME.timeout)).toThrow(RangeError);
    expect(() => requests.end(1, 8, OUTCOME.timeout)).toThrow(RangeError);
  });

  it('refuse plans out of range', () => {
    const users = (plan: UsersPlan) => run({ users: plan, count: 1, seconds: 1, costUs: () => 1 });
    expect(() => users({ thinkMs: 0 })).toThrow(RangeError);
    expect(() => users({})).toThrow(RangeError);
    expect(() => users({ thinkMs: 1, patienceMs: Number.NaN })).toThrow(RangeError);
    expect(() => users({ thinkMs: 1, reload: { afterMs: 1, backoff: 0.5 } })).toThrow(RangeError);
    expect(() => users({ thinkMs: 1, reload: { afterMs: 1, tries: 0 } })).toThrow(RangeError);
  });
});

describe('a box that dies for six seconds', () => {
  /** 45,000 users of the photo service: reads of 20 + 8 ms, one in twelve a write of 20 + 16 ms. */
  const pages = (seed: number) => (user: number, attempt: number) => {
    const draws = drawsOf(seed, 'pages', user, attempt);
    const storeMs = draws.unit() < 0.08 ? 16 : 8;
    return delayUs(20, draws) + delayUs(storeMs, draws) + 1;
  };
  const box = (seed: number, users: UsersPlan, queueLimit?: number): Trace =>
    run({
      users,
      queueLimit,
      seed,
      perSecond: 45,
      cores: 2,
      costUs: pages(seed),
      outageMs: [4_000, 10_000],
      seconds: 25,
    });
  const impatient: UsersPlan = { patienceMs: 2_000, reload: { afterMs: 1_000 } };
  const inLast5s = (trace: Trace, count: (request: number) => boolean): number =>
    trace.requests.arrivedUs.filter((_, request) => count(request)).length / 5;
  const good = (trace: Trace): number =>
    inLast5s(trace, (request) => {
      const ended = trace.requests.endedUs[request]!;
      return ended >= 20 * SECOND && trace.requests.outcome[request] === OUTCOME.ok;
    });
  const seeds = [1, 2, 3, 4, 5];

  it('recovers by itself where nobody reloads', () => {
    for (const seed of seeds) expect(good(box(seed, { patienceMs: 2_000 }))).toBeGreaterThan(35);
  });

  it('stays dead under its users’ reloads, busy with pages that nobody waits for', () => {
    for (const seed of seeds) {
      const trace = box(seed, impatient);
      expect(good(trace)).toBeLessThan(2);
      const attempts = inLast5s(trace, (request) => trace.requests.arrivedUs[request]! >= 20 * SECOND);
      expect(attempts).toBeGreaterThan(4 * 45);
      const finished = trace.visits.leftUs.filter(
        (atUs, visit) => atUs >= 20 * SECOND && trace.visits.outcome[visit] === OUTCOME.ok,
      ).length;
      expect(finished / 5).toBeGreaterThan(60);
    }
  });

  it('comes back when it turns away whom it cannot serve within their patience', () => {
    for (const seed of seeds) expect(good(box(seed, impatient, 40))).toBeGreaterThan(40);
  });
});
