import { describe, expect, test } from 'vitest';
import { hitShare, staleShare } from '../measures/cache-measures.ts';
import { percentile, sample } from '../measures/measures.ts';
import type { ContentNetwork, OriginAnswer } from '../parts/slots/edge.ts';
import { OUTCOME } from '../recorder.ts';
import { NEVER } from '../trace.ts';
import { traceHash } from '../trace-hash.ts';
import type { ContentPlan } from './content-plan.ts';
import { runContent } from './content-world.ts';

const plan = (part: Partial<ContentPlan> = {}): ContentPlan => ({
  durationMs: 5000,
  regions: [
    { name: 'near', share: 0.5, toOriginMs: 1, agePart: 0.5 },
    { name: 'far', share: 0.5, toOriginMs: 100, agePart: 0.5 },
  ],
  toEdgeMs: 5,
  viewsPerSecond: 20,
  originCores: 64,
  html: { kind: 'constant', ms: 4 },
  shared: ['app.css', 'app.js'],
  photosPerView: 2,
  photos: { kind: 'uniform', count: 10 },
  file: { kind: 'constant', ms: 2 },
  sharedTtlMs: 60_000,
  photoTtlMs: 600_000,
  staleWhileRevalidateMs: 0,
  fingerprints: false,
  warmViews: 1000,
  ...part,
});

/** Keeps what it has fetched for its max-age. */
const keeps: ContentNetwork = {
  edge: ({ fetchOrigin, now }) => {
    const held = new Map<string, { readonly answer: OriginAnswer; readonly atMs: number }>();
    return {
      get: async (url) => {
        const copy = held.get(url);
        if (copy && now() - copy.atMs < copy.answer.maxAgeMs) return copy.answer.body;
        const answer = await fetchOrigin(url);
        held.set(url, { answer, atMs: now() });
        return answer.body;
      },
      purge: () => held.clear(),
    };
  },
};

const p50 = (trace: Parameters<typeof sample>[0], only: number) =>
  percentile(sample(trace, 0, trace.durationUs, only), 50)!;

describe('pages of one origin', () => {
  test('a page without a network takes three round trips, the HTML, another round trip and the files', async () => {
    const trace = await runContent(plan(), {}, { seed: 1 });
    expect(p50(trace, 0)).toBeCloseTo(8 * (5 + 1) + 4 + 2, 0);
    expect(p50(trace, 1)).toBeCloseTo(8 * (5 + 100) + 4 + 2, 0);
  });

  test('with everything at the edge only the HTML crosses the distance', async () => {
    const trace = await runContent(plan(), keeps, { seed: 1 });
    expect(hitShare(trace, 0, trace.durationUs)).toBe(100);
    expect(p50(trace, 1)).toBeCloseTo(8 * 5 + 2 * 100 + 4, 0);
  });

  test('no view is lost from the books, also when the origin dies', async () => {
    const commands = [
      { atMs: 1000, kind: 'kill', node: 'origin' },
      { atMs: 2000, kind: 'revive', node: 'origin' },
    ] as const;
    for (const network of [{}, keeps]) {
      const { requests, failure } = await runContent(plan({ warmViews: 0 }), network, { seed: 2, commands });
      expect(failure).toBeUndefined();
      requests.outcome.forEach((outcome, view) => {
        expect(requests.endedUs[view] === NEVER).toBe(outcome === OUTCOME.pending);
      });
      expect([...requests.outcome]).toContain(OUTCOME.error);
    }
  });

  test('after a deploy under the same names pages are mixed until the copies expire', async () => {
    const trace = await runContent(plan({ sharedTtlMs: 4000, deployMs: 1000 }), keeps, { seed: 3 });
    expect(staleShare(trace, 1_500_000, 1_900_000)).toBe(100);
    expect(staleShare(trace, 2_900_000, 5_000_000)).toBe(0);
  });

  test('a purge ends that for whoever keeps no copy, and not for browsers that do', async () => {
    const deploy = { deployMs: 2000, purgeMs: 2500 };
    const anybody = await runContent(plan(deploy), keeps, { seed: 4 });
    const again = await runContent(plan({ ...deploy, people: 10 }), keeps, { seed: 4 });
    expect(staleShare(anybody, 3_500_000, 5_000_000)).toBe(0);
    expect(staleShare(again, 3_500_000, 5_000_000)).toBeGreaterThan(50);
  });

  test('with a name for each version no page is mixed', async () => {
    const trace = await runContent(plan({ deployMs: 2000, people: 10, fingerprints: true }), keeps, { seed: 4 });
    expect(staleShare(trace, 0, 5_000_000)).toBe(0);
  });

  test('each visit says what it is about: shared files come first, then photos, and HTML is no object', async () => {
    const { nodes, visits } = await runContent(plan(), keeps, { seed: 1 });
    const keys = new Map(nodes.map(({ kind }) => [kind, new Set<number>()]));
    visits.node.forEach((node, visit) => void keys.get(nodes[node]!.kind)!.add(visits.key![visit]!));
    expect([...keys.get('origin')!]).toEqual([NEVER]);
    expect([...keys.get('edge')!].sort((a, b) => a - b)).toEqual(Array.from({ length: 12 }, (_, key) => key));
  });

  test('new names are new objects, old ones with a new version are not', async () => {
    const versions = async (fingerprints: boolean) => {
      const { visits } = await runContent(plan({ deployMs: 2000, photosPerView: 0, fingerprints }), keeps, { seed: 4 });
      return new Set(visits.key!.filter((key) => key !== NEVER)).size;
    };
    expect([await versions(false), await versions(true)]).toEqual([2, 4]);
  });

  test('the same seed gives the same trace', async () => {
    const hashes = [];
    for (const seed of [4, 4, 5]) hashes.push(traceHash(await runContent(plan(), keeps, { seed })));
    expect(hashes[1]).toBe(hashes[0]);
    expect(hashes[2]).not.toBe(hashes[0]);
  });
});
