import { describe, expect, test } from 'vitest';
import { staleShare } from '../measures/cache-measures.ts';
import type { MakeVersionedCache } from '../parts/slots/versioned-cache.ts';
import { OUTCOME } from '../recorder.ts';
import type { Command } from '../scene.ts';
import { NEVER } from '../trace.ts';
import { traceHash } from '../trace-hash.ts';
import type { VersionedPlan } from './versioned-world.ts';
import { runVersioned } from './versioned-world.ts';

const exponential = (meanMs: number) => ({ kind: 'exponential', meanMs }) as const;

const keys = { kind: 'zipf', count: 20, exponent: 1 } as const;

const plan = (part: Partial<VersionedPlan> = {}): VersionedPlan => ({
  durationMs: 5000,
  reads: { name: 'read', perSecond: 200, keys, cost: exponential(1) },
  writes: { name: 'write', perSecond: 40, keys, cost: exponential(1) },
  seeing: exponential(4),
  answering: exponential(4),
  committing: exponential(16),
  hopMs: 0.25,
  pauses: { share: 0.05, length: exponential(200) },
  lookupMs: 1,
  capacity: 20,
  warmKeys: 20,
  writesPassBy: false,
  ...part,
});

/** No cache at all: what the database says. */
const none: MakeVersionedCache = ({ db }) => ({
  read: async (key) => (await db.read(key)).value,
  write: async (key, value) => void (await db.write(key, value)),
});

const neverEvicts: MakeVersionedCache = ({ db }) => {
  const held = new Map<string, string>();
  return {
    read: async (key) => {
      if (!held.has(key)) held.set(key, (await db.read(key)).value);
      return held.get(key)!;
    },
    write: async (key, value) => void (await db.write(key, value)),
  };
};

describe('rows that are read and written', () => {
  test('without a cache no read is stale, whatever stands still', async () => {
    const trace = await runVersioned(plan(), none, { seed: 1 });
    expect(trace.failure).toBeUndefined();
    expect(staleShare(trace, 0, trace.durationUs, 0)).toBe(0);
  });

  test('a cache that never evicts serves what was written long ago', async () => {
    const trace = await runVersioned(plan(), neverEvicts, { seed: 1 });
    expect(staleShare(trace, 0, trace.durationUs, 0)).toBeGreaterThan(50);
  });

  test.each(['kill', 'hang', 'pause', 'revive'] as const)('no request is lost from the books: %s', async (kind) => {
    const commands: Command[] = [
      { atMs: 1000, kind, node: 'database' },
      { atMs: 2000, kind: 'revive', node: 'database' },
    ];
    const { requests, failure } = await runVersioned(plan(), none, { seed: 2, commands });
    expect(failure).toBeUndefined();
    requests.outcome.forEach((outcome, request) => {
      expect(requests.endedUs[request] === NEVER).toBe(outcome === OUTCOME.pending);
    });
    expect([...requests.outcome].includes(OUTCOME.error)).toBe(kind === 'kill');
  });

  test('a slow database takes longer', async () => {
    const slow: Command = { atMs: 0, kind: 'slow', node: 'database', speed: 0.1 };
    const ended = async (commands: readonly Command[]) => {
      const { requests } = await runVersioned(plan(), none, { seed: 3, commands });
      return requests.endedUs.filter((endedUs) => endedUs !== NEVER).length;
    };
    expect(await ended([slow])).toBeLessThan(await ended([]));
  });

  test('the same seed gives the same trace', async () => {
    const hashes = [];
    for (const seed of [4, 4, 5]) hashes.push(traceHash(await runVersioned(plan(), none, { seed })));
    expect(hashes[1]).toBe(hashes[0]);
    expect(hashes[2]).not.toBe(hashes[0]);
  });

  test('a value that was never written ends the run', async () => {
    const invents: MakeVersionedCache = () => ({ read: async () => 'made up', write: async () => {} });
    const { failure } = await runVersioned(plan({ warmKeys: 0 }), invents, { seed: 1 });
    expect(failure?.message).toContain('made up');
  });
});
