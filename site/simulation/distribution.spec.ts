import { describe, expect, it } from 'vitest';
import { distributionHeight, drawDistribution, hasLatencies, marksAt, placeLabels } from './distribution.ts';
import { BINS, binOf } from './latencies.ts';

/** A lane of four steps of 1 s; from the second on, `counts` by latency in ms. */
function spread(counts: Readonly<Record<number, number>>, label = '<lane>', role = 'yours') {
  const columns = new Uint32Array(4 * BINS);
  for (const step of [1, 2, 3]) {
    for (const [ms, count] of Object.entries(counts)) {
      columns[step * BINS + Math.floor(binOf(Number(ms)) + 1e-9)] = count;
    }
  }
  const marks = [20, 200, 2_000].map((ms) => Float64Array.of(Number.NaN, ms, ms, ms));
  return { label, role, latencies: { counts: columns, marks }, stepUs: 1e6 };
}
const draw = (lanes: readonly ReturnType<typeof spread>[], atUs = 4e6, width = 600) =>
  drawDistribution({ width, atUs, lanes, language: 'en' });
const bars = (svg: string) =>
  [...svg.matchAll(/class="bars \w+" d="([^"]*)"/g)].map(([, d]) =>
    [...d!.matchAll(/M[\d.]+ ([\d.]+)V([\d.]+)/g)].map(([, base, top]) => Number(base) - Number(top)),
  );

describe('a distribution', () => {
  it('gives away nothing after the playhead', () => {
    for (const atUs of [0.5e6, 1.9e6]) expect(bars(draw([spread({ 20: 5 })], atUs))).toEqual([]);
    expect(draw([spread({ 20: 5 })], 1.9e6)).not.toContain('p99');
    expect(bars(draw([spread({ 20: 5 })], 2e6))).toHaveLength(1);
  });

  it('draws all lanes on one scale of shares', () => {
    const [even, half] = bars(draw([spread({ 20: 100 }), spread({ 20: 10, 90: 10 })]));
    expect(half![0]).toBeCloseTo(even![0]! / 2, 1);
  });

  it('lets one slow request among thousands be seen', () => {
    const [[, slow] = []] = bars(draw([spread({ 20: 9_999, 2000: 1 })]));
    expect(slow).toBeGreaterThan(1);
  });

  it('says each percentile with its value where it stands', () => {
    const svg = draw([spread({ 20: 5, 2000: 5 })]);
    for (const label of ['p50 20 ms', 'p95 200 ms', 'p99 2.0 s']) expect(svg).toContain(`>${label}<`);
    const places = [...svg.matchAll(/class="percentile yours" d="M([\d.]+)/g)].map(([, x]) => Number(x));
    expect(places[1]! - places[0]!).toBeCloseTo(places[2]! - places[1]!, 0);
  });

  it('writes a lane’s name as text, above the row where it finds no room beside it', () => {
    expect(draw([spread({ 20: 5 })])).toContain('&#60;lane&#62;');
    const [short, long] = [[spread({ 20: 5 })], [spread({ 20: 5 }, 'a lane with a very long name')]];
    expect(distributionHeight(long, 600)).toBeGreaterThan(distributionHeight(short, 600));
    expect(distributionHeight(short, 360)).toBe(distributionHeight(long, 360));
  });

  it('is there only where anything took any time', () => {
    expect(hasLatencies(spread({ 20: 1 }).latencies)).toBe(true);
    expect(hasLatencies(spread({}).latencies)).toBe(false);
    expect(marksAt(spread({}), 0.5e6)).toBeUndefined();
  });
});

describe('labels', () => {
  const spot = (at: number) => ({ at, text: '', width: 60 });
  const middles = (spots: readonly ReturnType<typeof spot>[]) => placeLabels(spots, 0, 300).map(({ middle }) => middle);

  it('stand over their marks where there is room', () => {
    expect(middles([spot(50), spot(150), spot(250)])).toEqual([50, 150, 250]);
  });

  it('keep apart and inside where there is not', () => {
    for (const spots of [
      [spot(5), spot(6), spot(7)],
      [spot(298), spot(299), spot(300)],
    ]) {
      const [a, b, c] = middles(spots);
      expect(a!).toBeGreaterThanOrEqual(30);
      expect(b! - a!).toBeGreaterThanOrEqual(60);
      expect(c! - b!).toBeGreaterThanOrEqual(60);
      expect(c!).toBeLessThanOrEqual(270);
    }
  });
});
