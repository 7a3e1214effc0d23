import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Kernel } from './kernel.ts';

function drain(kernel: Kernel, untilUs = Number.MAX_SAFE_INTEGER): [number, number][] {
  const seen: [number, number][] = [];
  while (kernel.next(untilUs)) seen.push([kernel.nowUs, kernel.a]);
  return seen;
}

describe('the kernel', () => {
  it('hands events out by time, and those of one moment in the order of scheduling', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(20), { maxLength: 300 }), (times) => {
        const kernel = new Kernel(2);
        times.forEach((atUs, index) => {
          kernel.at(atUs, 0, index);
        });
        const expected = times
          .map((atUs, index): [number, number] => [atUs, index])
          .sort(([left, first], [right, second]) => left - right || first - second);
        expect(drain(kernel)).toEqual(expected);
      }),
    );
  });

  it('keeps the order of one moment when events are scheduled while others happen', () => {
    const kernel = new Kernel(2);
    const seen: number[] = [];
    kernel.at(5, 0, 1);
    kernel.at(5, 0, 2);
    kernel.run(10, (_kind, a) => {
      seen.push(a);
      if (a === 1) kernel.after(0, 0, 3);
      return undefined;
    });
    expect(seen).toEqual([1, 2, 3]);
  });

  it('stops before the end of the run, with the clock on it', () => {
    const kernel = new Kernel();
    kernel.at(9, 0, 1);
    kernel.at(10, 0, 2);
    expect(drain(kernel, 10)).toEqual([[9, 1]]);
    expect([kernel.nowUs, kernel.waiting, kernel.handled]).toEqual([10, 1, 1]);
  });

  it('ends early when the handler says so', () => {
    const kernel = new Kernel();
    for (let atUs = 0; atUs < 10; atUs++) kernel.at(atUs, 0);
    kernel.run(100, () => kernel.nowUs < 3);
    expect(kernel.nowUs).toBe(3);
  });

  it('refuses the past, fractions of a microsecond and what is no number', () => {
    const kernel = new Kernel();
    kernel.at(7, 0);
    kernel.next(100);
    for (const atUs of [6, 7.5, Number.NaN]) expect(() => kernel.at(atUs, 0)).toThrow(RangeError);
  });
});
