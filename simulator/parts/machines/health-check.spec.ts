import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Kernel } from '../../kernel.ts';
import type { HealthCheck, Pulse } from './health-check.ts';
import { HealthChecks } from './health-check.ts';

const PROBE = 1;
const MISS = 2;
const CHECK: HealthCheck = { firstMs: 500, intervalMs: 1000, timeoutMs: 300, misses: 2 };

/** Target 0 is asked at each moment what `pulseAt` says; what was noticed comes back, with its moment in ms. */
function noticed(check: HealthCheck, pulseAt: (ms: number) => Pulse, untilMs = 20_000): [string, number][] {
  const kernel = new Kernel();
  const told: [string, number][] = [];
  const note = (what: string) => () => void told.push([what, kernel.nowUs / 1000]);
  const checks = new HealthChecks(kernel, check, 2, {
    probe: PROBE,
    miss: MISS,
    ask: (target) => (target === 0 ? pulseAt(kernel.nowUs / 1000) : 'answers'),
    lost: note('lost'),
    found: note('found'),
  });
  checks.start();
  kernel.run(untilMs * 1000, (kind, target) => {
    if (kind === PROBE) checks.probe();
    else checks.miss(target);
    expect(checks.healthy(1)).toBe(true);
    expect(checks.healthy(0)).toBe((told.at(-1)?.[0] ?? 'found') === 'found');
    expect(checks.allLost).toBe(false);
    return undefined;
  });
  return told;
}

describe('a health check', () => {
  it('notices a refusal after its misses, silence a timeout later, and a return at the next answer', () => {
    const during = (pulse: Pulse) => (ms: number) => (ms >= 2_000 && ms < 6_000 ? pulse : 'answers');
    expect(noticed(CHECK, during('refuses'))).toEqual([
      ['lost', 3_500],
      ['found', 6_500],
    ]);
    expect(noticed(CHECK, during('silent'))).toEqual([
      ['lost', 3_800],
      ['found', 6_500],
    ]);
  });

  it('notices a death as late as its interval and misses say, whenever it happens', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 5_000 }),
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 1, max: 900 }),
        fc.constantFrom<Pulse>('refuses', 'silent'),
        (diesMs, misses, timeoutMs, pulse) => {
          const check = { ...CHECK, firstMs: 0, misses, timeoutMs };
          const [[what, atMs] = []] = noticed(check, (ms) => (ms >= diesMs ? pulse : 'answers'));
          const late = atMs! - diesMs - (pulse === 'silent' ? timeoutMs : 0);
          expect(what).toBe('lost');
          expect(late).toBeGreaterThanOrEqual((misses - 1) * 1000);
          expect(late).toBeLessThan(misses * 1000);
        },
      ),
    );
  });

  it('wants its misses and hits in a row: a target that answers each second time changes nothing', () => {
    const flapping = (ms: number): Pulse => (Math.floor(ms / 1000) % 2 === 0 ? 'answers' : 'refuses');
    expect(noticed({ ...CHECK, hits: 2 }, flapping)).toEqual([]);
    const dead = (ms: number): Pulse => (ms < 4_000 ? 'refuses' : flapping(ms));
    expect(noticed({ ...CHECK, hits: 2 }, dead)).toEqual([['lost', 1_500]]);
    expect(noticed({ ...CHECK, hits: 1 }, dead)).toEqual([
      ['lost', 1_500],
      ['found', 4_500],
    ]);
  });

  it('knows when nobody is left', () => {
    const kernel = new Kernel();
    const checks = new HealthChecks(kernel, { ...CHECK, misses: 1 }, 3, {
      probe: PROBE,
      miss: MISS,
      ask: () => 'refuses',
      lost: () => {},
      found: () => {},
    });
    checks.start();
    expect(checks.allLost).toBe(false);
    kernel.run(600_000, () => {
      checks.probe();
      return undefined;
    });
    expect(checks.allLost).toBe(true);
  });

  it('refuses intervals and counts that make no check', () => {
    for (const wrong of [{ intervalMs: 0 }, { misses: 0 }, { hits: 0 }]) {
      expect(() => noticed({ ...CHECK, ...wrong }, () => 'answers')).toThrow(RangeError);
    }
  });
});
