import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Kernel } from '../../kernel.ts';
import { microseconds } from '../../microseconds.ts';
import type { AnswerDns, DnsPlan } from './dns.ts';
import { Dns } from './dns.ts';

const uniform = (count: number) => ({ kind: 'uniform', count }) as const;
const seeds = [1, 2, 3, 4, 5];

function dnsOf(plan: Partial<DnsPlan> = {}, seed = 1, answer: AnswerDns = () => 'seoul') {
  const kernel = new Kernel();
  const dns = new Dns(kernel, { ttlMs: 10_000, resolvers: uniform(1), ...plan }, seed, answer);
  return { dns, goTo: (ms: number) => kernel.next(microseconds(ms)) };
}

describe('a resolver', () => {
  it('keeps an answer until its ttl is over, to the microsecond', () => {
    let asked = 0;
    const { dns, goTo } = dnsOf({}, 1, () => `answer ${asked++}`);
    expect(dns.lookUp(0)).toBe('answer 0');
    goTo(10_000);
    expect(dns.lookUp(0)).toBe('answer 1');
    goTo(19_999.999);
    expect(dns.lookUp(0)).toBe('answer 1');
    goTo(20_000);
    expect(dns.lookUp(0)).toBe('answer 2');
    expect(dns.queries[0]).toBe(2);
  });

  it('keeps nothing when the ttl is 0', () => {
    let asked = 0;
    const { dns } = dnsOf({ ttlMs: 0 }, 1, () => `answer ${asked++}`);
    expect([dns.lookUp(0), dns.lookUp(0), dns.queries[0]]).toEqual(['answer 1', 'answer 2', 2]);
  });

  it('that ignores the ttl keeps its first answer', () => {
    let centre = 'seoul';
    const { dns, goTo } = dnsOf({ ignoring: 1, resolvers: uniform(20) }, 1, () => centre);
    centre = 'tokyo';
    goTo(1e9);
    for (let resolver = 0; resolver < 20; resolver++) expect(dns.lookUp(resolver)).toBe('seoul');
    expect(dns.queries.every((count) => count === 0)).toBe(true);
  });

  it('asks again when the authoritative server had no answer', () => {
    let fails = false;
    const { dns, goTo } = dnsOf({}, 1, () => {
      if (fails) throw new Error('no centre is left');
      return 'seoul';
    });
    goTo(10_000);
    fails = true;
    expect(() => dns.lookUp(0)).toThrow('no centre is left');
    fails = false;
    expect(dns.lookUp(0)).toBe('seoul');
  });

  it('serves the same clients in every lane, as many as its popularity says', () => {
    const resolvers = { kind: 'celebrity', count: 5, share: 0.5 } as const;
    const { dns } = dnsOf({ resolvers }, 7);
    const again = dnsOf({ resolvers, ttlMs: 0 }, 7).dns;
    const clients = Array.from({ length: 4000 }, (_, client) => dns.resolverOf(client));
    expect(clients).toEqual(Array.from({ length: 4000 }, (_, client) => again.resolverOf(client)));
    expect(Math.abs(clients.filter((resolver) => resolver === 0).length - 2000)).toBeLessThan(5 * Math.sqrt(1000));
    expect(new Set(clients)).toEqual(new Set([0, 1, 2, 3, 4]));
  });

  it('refuses a ttl that no record can have, and shares that are none', () => {
    for (const ttlMs of [-1, Number.NaN, 2_147_483_648_000]) expect(() => dnsOf({ ttlMs })).toThrow(/ttlMs/);
    expect(() => dnsOf({ ignoring: 1.1 })).toThrow(/ignoring/);
    expect(() => dnsOf({ resolvers: uniform(0) })).toThrow(/count/);
  });
});

describe('after a change of the record', () => {
  const RESOLVERS = 2000;
  const TTL_MS = 60_000;

  /** Share of the resolvers that still give the old answer after each part of the ttl, asked often. */
  function oldShares(changeMs: number, parts: readonly number[], plan: Partial<DnsPlan>, seed: number): number[] {
    let centre = 'seoul';
    const { dns, goTo } = dnsOf({ ttlMs: TTL_MS, resolvers: uniform(RESOLVERS), ...plan }, seed, () => centre);
    const old = (): number => {
      let count = 0;
      for (let resolver = 0; resolver < RESOLVERS; resolver++) if (dns.lookUp(resolver) === 'seoul') count++;
      return count / RESOLVERS;
    };
    for (let ms = 0; ms < changeMs; ms += 50) {
      goTo(ms);
      old();
    }
    goTo(changeMs);
    centre = 'tokyo';
    return parts.map((part) => {
      goTo(changeMs + part * TTL_MS);
      return old();
    });
  }

  it.each([0, 12_340, 75_000])(
    'at %i ms the share of the old answer falls in a straight line within one ttl',
    (changeMs) => {
      const parts = [0.1, 0.25, 0.5, 0.75, 0.9, 1, 1.5];
      for (const seed of seeds) {
        oldShares(changeMs, parts, {}, seed).forEach((share, index) => {
          const expected = Math.max(0, 1 - parts[index]!);
          const deviation = Math.sqrt((expected * (1 - expected)) / RESOLVERS);
          // Asking every 50 ms lets an answer live up to 50 ms longer per ttl that has passed.
          expect(Math.abs(share - expected)).toBeLessThanOrEqual(5 * deviation + (expected > 0 ? 0.002 : 0));
        });
      }
    },
  );

  it('those that ignore the ttl stay with the old answer', () => {
    for (const seed of seeds) {
      const [share] = oldShares(0, [3], { ignoring: 0.05 }, seed);
      expect(Math.abs(share! - 0.05)).toBeLessThan(5 * Math.sqrt((0.05 * 0.95) / RESOLVERS));
    }
  });

  const moments = fc.array(fc.tuple(fc.nat(3000), fc.nat(4)), { minLength: 1, maxLength: 200, size: 'max' });

  it('no honest resolver gives the old answer once the ttl is over, whenever it is asked', () => {
    fc.assert(
      fc.property(
        moments,
        fc.integer({ min: 0, max: 5000 }),
        fc.nat(20_000),
        fc.nat(),
        (asks, ttlMs, changeMs, seed) => {
          let ms = 0;
          const { dns, goTo } = dnsOf({ ttlMs, resolvers: uniform(5), ignoring: 0.3 }, seed, () =>
            ms < changeMs ? 'seoul' : 'tokyo',
          );
          for (const [gapMs, resolver] of asks) {
            ms += gapMs;
            goTo(ms);
            const answer = dns.lookUp(resolver);
            if (ms < changeMs) expect(answer).toBe('seoul');
            else if (ms >= changeMs + ttlMs && !dns.ignoring[resolver]) expect(answer).toBe('tokyo');
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it('each resolver asks at most once per ttl, and once more', () => {
    fc.assert(
      fc.property(moments, fc.integer({ min: 1, max: 5000 }), fc.nat(), (asks, ttlMs, seed) => {
        const { dns, goTo } = dnsOf({ ttlMs, resolvers: uniform(5) }, seed);
        let ms = 0;
        for (const [gapMs, resolver] of asks) {
          ms += gapMs;
          goTo(ms);
          dns.lookUp(resolver);
        }
        expect(Math.max(...dns.queries)).toBeLessThanOrEqual(Math.ceil(ms / ttlMs) + 1);
      }),
      { numRuns: 300 },
    );
  });
});

describe('a centre that dies', () => {
  const DETECTION_MS = 29_000;

  /** Seconds of traffic that failed, and when the last failure was, s after the death: 50 requests/s of all clients. */
  function outage(ttlMs: number, ignoring: number, seed: number) {
    let alive = true;
    let noticed = false;
    const { dns, goTo } = dnsOf(
      { ttlMs, ignoring, resolvers: { kind: 'zipf', count: 300, exponent: 0.75 } },
      seed,
      () => (noticed ? 'tokyo' : 'seoul'),
    );
    const deathMs = 60_000;
    let failed = 0;
    let lastS = 0;
    for (let request = 0; request < 20 * 1000; request++) {
      const ms = request * 20;
      goTo(ms);
      alive = ms < deathMs;
      noticed = ms >= deathMs + DETECTION_MS;
      if (dns.lookUp(dns.resolverOf(request)) === 'seoul' && !alive) {
        failed++;
        lastS = (ms - deathMs) / 1000;
      }
    }
    return { failedS: failed / 50, lastS };
  }

  it.each([10, 60, 300])('with a ttl of %i s costs detection and half a ttl, and at worst a whole one', (ttlS) => {
    const outages = seeds.map((seed) => outage(ttlS * 1000, 0, seed));
    const mean = outages.reduce((sum, { failedS }) => sum + failedS, 0) / outages.length;
    const expected = DETECTION_MS / 1000 + ttlS / 2;
    expect(Math.abs(mean - expected) / expected).toBeLessThan(0.12);
    for (const { lastS } of outages) {
      expect(lastS).toBeLessThan(DETECTION_MS / 1000 + ttlS);
      expect(lastS).toBeGreaterThan(DETECTION_MS / 1000 + 0.8 * ttlS);
    }
  });

  it('fails for ever where resolvers ignore the ttl', () => {
    for (const seed of seeds) expect(outage(10_000, 0.05, seed).lastS).toBeGreaterThan(300);
  });
});
