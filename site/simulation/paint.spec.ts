import { describe, expect, it } from 'vitest';
import { notingCanvas, PALETTE } from './fixtures/noting-canvas.ts';
import type { Brush } from './paint.ts';
import { paintCell, paintQueue } from './paint.ts';
import type { TraceIndex } from './trace-index.ts';

function painted(paint: (brush: Brush) => void) {
  const { context, places } = notingCanvas();
  paint({ context, index: {} as TraceIndex, palette: PALETTE, lit: undefined, travelUs: 0 });
  return places;
}

describe('a cell of a cache', () => {
  const box = { x: 10, y: 100, width: 12, height: 40 };
  const cell = (held: number, stale: number, quiet = false) =>
    painted((brush) => paintCell(brush, box, { held, stale, quiet }, 'cache'));
  const top = (places: ReturnType<typeof cell>, colour: string) =>
    Math.min(...places.filter(({ fill }) => fill === colour).map(({ y }) => y));

  it('is filled from the bottom as far as it is held, and not at all where nothing is', () => {
    expect(top(cell(0.25, 0), 'work')).toBe(130);
    expect(top(cell(1, 0), 'work')).toBe(100);
    expect(cell(0, 0)).toEqual([]);
  });

  it('has stripes as high as the old part of it, and none where everything is current', () => {
    expect(top(cell(1, 0.25), 'waiting')).toBeCloseTo(130, -1);
    expect(top(cell(0.5, 1), 'waiting')).toBeGreaterThanOrEqual(120);
    expect(cell(1, 0).filter(({ fill }) => fill === 'waiting')).toEqual([]);
  });

  it('is hollow where nobody asks', () => {
    expect(cell(1, 0, true).some(({ fill }) => fill === 'surface')).toBe(true);
    expect(cell(1, 0).some(({ fill }) => fill === 'surface')).toBe(false);
  });
});

describe('a queue', () => {
  const track = { y: 20, trackFrom: 0, trackTo: 142, gap: 8 };
  const queue = (ages: readonly number[]) =>
    painted(
      (brush) =>
        void paintQueue(
          brush,
          track,
          ages.map((ageMs, visit) => ({ visit, ageUs: ageMs * 1000 })),
        ),
    );
  const numberOf = (ages: readonly number[]) => queue(ages).filter(({ y }) => y === 11.5)[0]?.fill;

  it('becomes a number where there is no room, in the state of the one who has waited longest of those', () => {
    const ten = (ageMs: number) => Array.from({ length: 10 }, () => ageMs);
    expect(numberOf(ten(5_000))).toBe(undefined);
    expect(numberOf([...ten(5_000), 1_500, 10])).toBe('late');
    expect(numberOf([...ten(5_000), 300, 10])).toBe('waiting');
    expect(numberOf([...ten(5_000), 100, 10])).toBe('muted');
  });
});
