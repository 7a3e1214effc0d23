import { describe, expect, test } from 'vitest';
import { hitShare, sameKeyAtOnce } from '../measures/cache-measures.ts';
import type { MakeReader, MakeStore } from '../parts/slots/cache.ts';
import { OUTCOME } from '../recorder.ts';
import type { Trace } from '../trace.ts';
import { NEVER } from '../trace.ts';
import { traceHash } from '../trace-hash.ts';
import type { KeyedSource } from '../workload/keyed-traffic.ts';
import { drawKeyedTraffic } from '../workload/keyed-traffic.ts';
import { zipfShare } from '../workload/keys.ts';
import type { ReaderReadsPlan } from './reader-reads.ts';
import { runReaderReads } from './reader-reads.ts';
import type { StoreReadsPlan } from './store-reads.ts';
import { runStoreReads } from './store-reads.ts';

const source = (count: number, perSecond = 200): KeyedSource => ({
  name: 'feed',
  perSecond,
  keys: { kind: 'zipf', count, exponent: 1 },
  cost: { kind: 'exponential', meanMs: 8 },
});

const storePlan = (part: Partial<StoreReadsPlan> = {}): StoreReadsPlan => ({
  durationMs: 10_000,
  sources: [source(2000)],
  databaseCores: 2,
  lookupMs: 1,
  capacity: 100,
  warmReads: 20_000,
  oneLoadPerKey: false,
  ...part,
});

/** By map order: a hit goes to the back, the front is the victim. */
const lru: MakeStore = (capacity) => {
  const held = new Map<string, number>();
  return {
    get: (key) => {
      const value = held.get(key);
      if (value !== undefined) held.delete(key);
      if (value !== undefined) held.set(key, value);
      return value;
    },
    set: (key, value) => {
      held.delete(key);
      if (held.size >= capacity) held.delete(held.keys().next().value!);
      held.set(key, value);
    },
  };
};

/** Holds the most popular keys and no others. */
const oracle: MakeStore = (capacity) => ({
  get: (key) => (Number(key.slice('feed-'.length)) <= capacity ? 0 : undefined),
  set: () => {},
});

const readerPlan = (part: Partial<ReaderReadsPlan> = {}): ReaderReadsPlan => ({
  durationMs: 10_000,
  sources: [source(50)],
  databaseCores: 2,
  lookupMs: 1,
  capacity: 50,
  ttlMs: 2000,
  processes: 1,
  warmKeys: 50,
  warmOverMs: 0,
  ...part,
});

/** One load per key, after `extra` promise jobs that do nothing. */
const shared = (extra: number): MakeReader => {
  return ({ load, now, ttlMs }) => {
    const held = new Map<string, { value: string; untilMs: number }>();
    const loading = new Map<string, Promise<string>>();
    const fetchOne = async (key: string): Promise<string> => {
      const value = await load(key);
      for (let tick = 0; tick < extra; tick++) await undefined;
      held.set(key, { value, untilMs: now() + ttlMs });
      return value;
    };
    return {
      get: async (key) => {
        const entry = held.get(key);
        if (entry && now() < entry.untilMs) return entry.value;
        const flight = loading.get(key) ?? fetchOne(key).finally(() => loading.delete(key));
        loading.set(key, flight);
        return flight;
      },
    };
  };
};

/** Every request is in exactly one place of the books: answered, failed, or still on its way at the end. */
function expectBalancedBooks(trace: Trace): void {
  const { arrivedUs, endedUs, outcome } = trace.requests;
  arrivedUs.forEach((atUs, request) => {
    const pending = outcome[request] === OUTCOME.pending;
    expect(endedUs[request] === NEVER).toBe(pending);
    if (!pending) expect(endedUs[request]).toBeGreaterThanOrEqual(atUs);
  });
  const { request, sentUs, leftUs, outcome: how, startedUs } = trace.visits;
  const visited = new Set(request);
  expect(visited.size).toBe(arrivedUs.length);
  leftUs.forEach((left, visit) => {
    expect(left === NEVER).toBe(how[visit] === OUTCOME.pending);
    if (left !== NEVER) expect(left).toBeGreaterThanOrEqual(sentUs[visit]!);
    if (startedUs[visit] !== NEVER) expect(startedUs[visit]).toBeGreaterThanOrEqual(sentUs[visit]!);
  });
}

describe('a store in front of a database', () => {
  test('a store that holds the most popular keys hits as often as Zipf says', () => {
    const trace = runStoreReads(storePlan({ durationMs: 100_000 }), oracle, { seed: 1 });
    expect(hitShare(trace, 0, trace.durationUs)).toBeCloseTo(100 * zipfShare(2000, 1, 100), -0.3);
  });

  test('LRU hits as often as an exact computation on the same keys', () => {
    const plan = storePlan({ warmReads: 0, databaseCores: 200, sources: [{ ...source(2000), cost: FREE }] });
    const trace = runStoreReads(plan, lru, { seed: 2 });
    const keys = [...drawKeyedTraffic(plan.sources, 2, 10_000_000).key];
    let hits = 0;
    keys.forEach((key, place) => {
      const last = keys.lastIndexOf(key, place - 1);
      if (place > 0 && last >= 0 && new Set(keys.slice(last + 1, place)).size < plan.capacity) hits++;
    });
    expect(hitShare(trace, 0, trace.durationUs)).toBeCloseTo((100 * hits) / keys.length, 0);
  });

  test.each(['ordinary', 'cache dies', 'database dies'])('no read is lost from the books: %s', (day) => {
    const node = day === 'cache dies' ? 'cache' : 'database';
    const faults = [
      { atMs: 3000, kind: 'kill', node },
      { atMs: 5000, kind: 'revive', node },
    ] as const;
    for (const oneLoadPerKey of [false, true]) {
      const plan = storePlan({ oneLoadPerKey, faults: day === 'ordinary' ? [] : faults });
      expectBalancedBooks(runStoreReads(plan, lru, { seed: 4 }));
    }
  });

  test('what was stored is served until its ttl and no longer', () => {
    const at = (atMs: readonly number[]): KeyedSource => ({ ...source(1), cost: FREE, atMs });
    const plan = storePlan({ sources: [at([0, 1001, 1001.1, 1103])], warmReads: 0, ttlMs: 1000 });
    const trace = runStoreReads(plan, lru, { seed: 1 });
    const hits = [...trace.visits.node].flatMap((node, visit) =>
      node === 0 ? [trace.visits.startedUs[visit] !== NEVER] : [],
    );
    expect(hits).toEqual([false, true, false, true]);
  });

  test('a cache that dies comes back empty', () => {
    const faults = [
      { atMs: 4000, kind: 'kill', node: 'cache' },
      { atMs: 5000, kind: 'revive', node: 'cache' },
    ] as const;
    const trace = runStoreReads(storePlan({ faults }), lru, { seed: 3 });
    expect(hitShare(trace, 4_000_000, 5_000_000)).toBeUndefined();
    expect(hitShare(trace, 5_000_000, 5_200_000)).toBeLessThan(hitShare(trace, 0, 4_000_000)! - 20);
  });

  test('a spike adds reads and changes none of the others', () => {
    const calm = drawKeyedTraffic([source(2000)], 7, 10_000_000);
    const spiky = drawKeyedTraffic([source(2000)], 7, 10_000_000, [{ atUs: 2_000_000, forUs: 1e6, factor: 3 }]);
    const rows = (of: typeof calm) => [...of.arrivedUs].map((atUs, row) => `${atUs} ${of.key[row]} ${of.costUs[row]}`);
    const more = new Set(rows(spiky));
    expect(spiky.count).toBeGreaterThan(calm.count + 300);
    expect(rows(calm).every((row) => more.has(row))).toBe(true);
  });

  test('a store that throws ends the run with its error', () => {
    const broken: MakeStore = () => ({
      get: () => undefined,
      set: () => {
        throw new RangeError('full');
      },
    });
    const { failure } = runStoreReads(storePlan({ warmReads: 0 }), broken, { seed: 1 });
    expect(failure).toMatchObject({ name: 'RangeError', message: 'full' });
  });
});

describe('a read-through cache in front of a database', () => {
  test('no read is lost from the books, also when the database dies', async () => {
    const faults = [
      { atMs: 3000, kind: 'kill', node: 'database' },
      { atMs: 5000, kind: 'revive', node: 'database' },
    ] as const;
    const trace = await runReaderReads(readerPlan({ faults }), shared(0), { seed: 4 });
    expect(trace.failure).toBeUndefined();
    expectBalancedBooks(trace);
    expect([...trace.requests.outcome]).toContain(OUTCOME.error);
  });

  test('the same run has the same trace, however many promise jobs the strategy takes', async () => {
    const hashes = [];
    for (const extra of [0, 0, 7, 200]) {
      hashes.push(traceHash(await runReaderReads(readerPlan(), shared(extra), { seed: 5 })));
    }
    expect(new Set(hashes).size).toBe(1);
  });

  test('two runs at once do not disturb each other', async () => {
    const alone = traceHash(await runReaderReads(readerPlan(), shared(3), { seed: 6 }));
    const both = await Promise.all([
      runReaderReads(readerPlan(), shared(3), { seed: 6 }),
      runReaderReads(readerPlan({ ttlMs: 500 }), shared(1), { seed: 8 }),
    ]);
    expect(traceHash(both[0]!)).toBe(alone);
  });

  test('one load per key is one query per process', async () => {
    const hot: KeyedSource = { ...source(1), cost: { kind: 'constant', ms: 200 } };
    for (const processes of [1, 4]) {
      const plan = readerPlan({ sources: [hot], warmKeys: 1, processes });
      const trace = await runReaderReads(plan, shared(0), { seed: 1 });
      expect(sameKeyAtOnce('feed').of(trace, 0, trace.durationUs)).toBe(processes);
    }
  });

  test('a rejection that is not the database’s ends the run with its error', async () => {
    const broken: MakeReader = () => ({ get: () => Promise.reject(new Error('not written yet')) });
    const { failure } = await runReaderReads(readerPlan({ warmKeys: 0 }), broken, { seed: 1 });
    expect(failure?.message).toBe('not written yet');
  });

  test('an answer that is not the key’s ends the run', async () => {
    const broken: MakeReader = () => ({ get: () => Promise.resolve('posts of somebody else') });
    const { failure } = await runReaderReads(readerPlan({ warmKeys: 0 }), broken, { seed: 1 });
    expect(failure?.message).toContain('posts of somebody else');
  });
});

const FREE = { kind: 'constant', ms: 0.001 } as const;
