import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Trace } from '../../simulator/trace.ts';
import { NEVER } from '../../simulator/trace.ts';
import { Cells } from './cells.ts';

interface Read {
  readonly key: number;
  readonly atMs: number;
  /** When a load brings the value; without one the cache had it. */
  readonly loadedMs?: number;
  readonly stale?: boolean;
}

/** A cache (node 0) before a database; each read looks into the cache and leaves it at once. */
function traceOf(reads: readonly Read[], downMs: readonly number[] = []): Trace {
  const us = (value: (read: Read) => number) => Float64Array.from(reads, (read) => value(read) * 1000);
  const atUs = us(({ atMs }) => atMs);
  return {
    durationUs: 20_000_000,
    seed: 1,
    nodes: [
      { id: 'cache', kind: 'cache', cores: 0 },
      { id: 'database', kind: 'database', cores: 1 },
    ],
    classes: ['feed'],
    requests: {
      arrivedUs: atUs,
      endedUs: us(({ atMs, loadedMs }) => loadedMs ?? atMs + 1),
      outcome: new Uint8Array(reads.length).fill(1),
      class: new Uint8Array(reads.length),
      key: Uint32Array.from(reads, ({ key }) => key),
      staleUs: Float64Array.from(reads, ({ stale }) => (stale ? 5 : NEVER)),
    },
    visits: {
      request: Uint32Array.from(reads.keys()),
      node: new Uint16Array(reads.length),
      sentUs: atUs,
      enteredUs: atUs,
      startedUs: Float64Array.from(reads, ({ atMs, loadedMs }) => (loadedMs === undefined ? atMs * 1000 : NEVER)),
      leftUs: us(({ atMs, loadedMs }) => (loadedMs === undefined ? atMs + 1 : atMs)),
      outcome: new Uint8Array(reads.length).fill(1),
    },
    changes: downMs.map((ms) => ({ atUs: ms * 1000, node: 0, state: 'down', speed: 0 })),
  };
}

const held = (cells: Cells, ms: number, cell = 0) => cells.level(cell, ms * 1000).held;

describe('the cells of a cache', () => {
  it('hold every object in exactly one cell, in order of popularity, and never more cells than asked for', () => {
    const keys = fc.array(fc.nat(300), { minLength: 1, maxLength: 400 });
    fc.assert(
      fc.property(keys, fc.integer({ min: 1, max: 48 }), (list, most) => {
        const cells = new Cells(traceOf(list.map((key, place) => ({ key, atMs: place }))), 0, most);
        expect(cells.cells.length).toBeLessThanOrEqual(most);
        expect(cells.cells.length).toBeGreaterThanOrEqual(Math.min(most, 1));
        for (const key of list) {
          const { first, last } = cells.cells[cells.cellOf(key)]!;
          expect(key >= first && key <= last).toBe(true);
        }
        for (const [place, cell] of cells.cells.entries()) {
          if (place > 0) expect(cell.first).toBeGreaterThan(cells.cells[place - 1]!.last);
        }
      }),
    );
  });

  it('share the reads evenly: a popular object has a cell of its own, unpopular ones share', () => {
    const reads = [0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6].map((key, atMs) => ({ key, atMs }));
    expect(new Cells(traceOf(reads), 0, 3).cells).toEqual([
      { first: 0, last: 0 },
      { first: 1, last: 3 },
      { first: 4, last: 6 },
    ]);
  });

  it('are full from the moment a load brings the value until the last reader who finds it', () => {
    const cells = new Cells(
      traceOf([
        { key: 0, atMs: 100, loadedMs: 300 },
        { key: 0, atMs: 400 },
        { key: 0, atMs: 500 },
        { key: 0, atMs: 900, loadedMs: 950 },
      ]),
      0,
      4,
    );
    expect([50, 299, 300, 499, 501, 899, 960].map((ms) => held(cells, ms))).toEqual([0, 0, 1, 1, 0, 0, 0]);
  });

  it('are full from the start where the first reader finds something', () => {
    expect(held(new Cells(traceOf([{ key: 0, atMs: 800 }]), 0, 4), 0)).toBe(1);
  });

  it('are empty from the moment in which the cache dies, not from the last hit before', () => {
    const reads = [
      { key: 0, atMs: 100 },
      { key: 0, atMs: 900, loadedMs: 990 },
    ];
    const cells = new Cells(traceOf(reads, [500]), 0, 4);
    expect([499, 500, 950].map((ms) => held(cells, ms))).toEqual([1, 0, 0]);
  });

  it('say which part of them is out of date, each object weighted with its reads', () => {
    const reads = [
      { key: 0, atMs: 100 },
      { key: 0, atMs: 200, stale: true },
      { key: 0, atMs: 300 },
      { key: 1, atMs: 400 },
    ];
    const cells = new Cells(traceOf(reads), 0, 1);
    expect(cells.level(0, 150_000)).toMatchObject({ held: 1, stale: 0.75 });
    expect(cells.level(0, 250_000)).toMatchObject({ held: 1, stale: 0 });
  });

  it('are quiet once nobody has asked for long, measured by how often somebody usually does', () => {
    const reads = Array.from({ length: 200 }, (_, place) => ({ key: 0, atMs: 10 * place }));
    const cells = new Cells(traceOf(reads), 0, 1);
    expect([1_000, 3_400, 4_000].map((ms) => cells.level(0, ms * 1000).quiet)).toEqual([false, false, true]);
    const rare = new Cells(traceOf([reads[0]!, { key: 0, atMs: 8_000 }]), 0, 1);
    expect(rare.level(0, 7_000_000).quiet).toBe(false);
  });
});
