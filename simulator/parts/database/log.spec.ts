import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EpochStart, LogPosition } from './log.ts';
import { comparePositions, LOG_START, Log } from './log.ts';

const entry = (epoch: number, position: number) => ({ epoch, position, key: 0, write: position, committedUs: 0 });

interface Branch {
  readonly log: Log;
  readonly history: readonly EpochStart[];
}

/** Logs of primaries, each of which went on from a part of an earlier one's log. */
const branches = fc
  .array(fc.record({ from: fc.nat(20), share: fc.double({ min: 0, max: 1, noNaN: true }), writes: fc.nat(4) }), {
    minLength: 2,
    maxLength: 10,
  })
  .map((reigns) => {
    const made: Branch[] = [{ log: new Log(), history: [] }];
    reigns.forEach(({ from, share, writes }, index) => {
      const past = made[from % made.length]!;
      const began = Math.round(share * past.log.length);
      const log = new Log();
      for (const each of past.log.after(0).slice(0, began)) log.append(each);
      for (let write = 1; write <= writes; write++) log.append(entry(index + 1, began + write));
      made.push({ log, history: [...past.history.filter((step) => step.began <= began), { epoch: index + 1, began }] });
    });
    return made;
  });

describe('a log', () => {
  it('agrees with the log of any primary exactly as far as they are the same', () => {
    fc.assert(
      fc.property(branches, (made) => {
        for (const own of made) {
          for (const other of made) {
            const entries = own.log.after(0);
            const differs = entries.findIndex((each) => !other.log.holds(each));
            const agrees = own.log.agreesUpTo(other.history);
            if (differs >= 0 && differs < other.log.length) expect(agrees).toBe(differs);
            else if (differs < 0) expect(agrees).toBe(own.log.length);
            else expect(agrees).toBeGreaterThanOrEqual(differs);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it('knows its end and what it holds, before and after it is cut', () => {
    const log = new Log();
    expect([log.last, log.length, log.holds(LOG_START), log.at(1)]).toEqual([LOG_START, 0, true, undefined]);
    for (const [epoch, position] of [
      [1, 1],
      [1, 2],
      [3, 3],
    ] as const) {
      log.append(entry(epoch, position));
    }
    expect(log.last).toMatchObject({ epoch: 3, position: 3 });
    expect([log.holds({ epoch: 1, position: 2 }), log.holds({ epoch: 2, position: 3 })]).toEqual([true, false]);
    expect(log.after(1).map(({ position }) => position)).toEqual([2, 3]);
    expect(log.cutAfter(2)).toBe(1);
    expect(log.cutAfter(2)).toBe(0);
    log.append(entry(2, 3));
    expect(log.last).toMatchObject({ epoch: 2, position: 3 });
  });

  it('refuses gaps, repeats and epochs that fall', () => {
    const log = new Log();
    log.append(entry(2, 1));
    expect(() => log.append(entry(2, 3))).toThrow(/position: 3 is not 2/);
    expect(() => log.append(entry(2, 1))).toThrow(/position: 1 is not 2/);
    expect(() => log.append(entry(1, 2))).toThrow(/epoch: 1 is before 2/);
  });

  it('has places that are ordered by epoch first', () => {
    const places: LogPosition[] = [
      { epoch: 2, position: 110 },
      { epoch: 1, position: 120 },
      LOG_START,
      { epoch: 1, position: 9 },
    ];
    expect(places.sort(comparePositions).map(({ position }) => position)).toEqual([0, 9, 120, 110]);
  });
});
