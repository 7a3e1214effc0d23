import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Kernel } from '../../kernel.ts';
import type { FleetPlan, MachineState } from './fleet.ts';
import { Fleet } from './fleet.ts';

const PLAN: FleetPlan = { min: 0, max: 5, initial: 2, startUpMs: 30 };
const STATES: readonly MachineState[] = ['off', 'starting', 'up', 'draining', 'down'];

/** @param drainUs how long a machine takes to become empty; 0: it leaves inside `drain` */
function fleetOf(plan: Partial<FleetPlan> = {}, drainUs = 0) {
  const kernel = new Kernel();
  const log: string[] = [];
  const fleet: Fleet = new Fleet(
    kernel,
    { ...PLAN, ...plan },
    {
      kind: 0,
      ready: (machine) => log.push(`${kernel.nowUs} ready ${machine}`),
      drain: (machine) => {
        log.push(`${kernel.nowUs} drain ${machine}`);
        if (drainUs === 0) fleet.left(machine);
        else kernel.after(drainUs, 1, machine);
      },
      crashed: (machine) => log.push(`${kernel.nowUs} crashed ${machine}`),
    },
  );
  const runUntil = (untilUs: number): void =>
    kernel.run(untilUs, (kind, a, b) => void (kind === 0 ? fleet.handle(a, b) : fleet.left(a)));
  const states = (): string => STATES.map((state) => `${fleet.count(state)} ${state}`).join(', ');
  runUntil(1);
  return { kernel, fleet, log, runUntil, states };
}

describe('a fleet', () => {
  it('begins with machines that are up, and starts others in their start-up time', () => {
    const { fleet, log, runUntil, states } = fleetOf();
    fleet.resize(4);
    expect(states()).toBe('1 off, 2 starting, 2 up, 0 draining, 0 down');
    runUntil(30_001);
    expect(fleet.count('up')).toBe(2);
    runUntil(30_002);
    expect(log).toEqual(['0 ready 0', '0 ready 1', '30001 ready 2', '30001 ready 3']);
  });

  it('stops those first that are still starting, then the youngest, and each only once', () => {
    const { fleet, log, runUntil, states } = fleetOf({ initial: 3 });
    fleet.resize(5);
    fleet.resize(1);
    expect(log.slice(3)).toEqual(['1 drain 2', '1 drain 1']);
    runUntil(100_000);
    expect(states()).toBe('4 off, 0 starting, 1 up, 0 draining, 0 down');
    expect(fleet.machineUs()).toBe(2 + 100_000);
  });

  it('waits for a place while all others drain', () => {
    const { fleet, runUntil, states } = fleetOf({ max: 3, initial: 3 }, 50_000);
    fleet.resize(1);
    fleet.resize(3);
    expect(states()).toBe('0 off, 0 starting, 1 up, 2 draining, 0 down');
    runUntil(50_002);
    expect(states()).toBe('0 off, 2 starting, 1 up, 0 draining, 0 down');
  });

  it('brings a crashed machine back in its time, unless it has been stopped meanwhile', () => {
    const { fleet, log, runUntil } = fleetOf();
    fleet.crash(0, 10);
    fleet.crash(0, 10);
    fleet.crash(1, 10);
    fleet.resize(1);
    runUntil(20_000);
    expect(log.slice(2)).toEqual(['1 crashed 0', '1 crashed 1', '10001 ready 0']);
    expect([fleet.state(0), fleet.state(1)]).toEqual(['up', 'off']);
  });

  it('lets a machine that dies while it drains go off at once, whatever has been started in its place', () => {
    const { fleet, runUntil, states } = fleetOf({}, 50_000);
    fleet.resize(1);
    fleet.resize(2);
    fleet.crash(1, 10);
    expect([fleet.state(1), fleet.state(2)]).toEqual(['off', 'starting']);
    runUntil(60_000);
    expect(states()).toBe('3 off, 0 starting, 2 up, 0 draining, 0 down');
  });

  it('never has more machines than there are, pays for all that are not off, and reaches what is wanted', () => {
    const order = fc.record({
      atUs: fc.nat(300_000),
      act: fc.constantFrom('resize' as const, 'crash' as const),
      number: fc.nat(4),
    });
    fc.assert(
      fc.property(fc.array(order, { maxLength: 12 }), fc.constantFrom(0, 7_000), (orders, drainUs) => {
        const { kernel, fleet, runUntil } = fleetOf({ max: 4, initial: 1 }, drainUs);
        let paidUs = 0;
        const pay = (untilUs: number): void => {
          while (kernel.nowUs < untilUs) {
            const using = fleet.plan.max - fleet.count('off');
            const nextUs = Math.min(untilUs, kernel.nowUs + 500);
            const beforeUs = kernel.nowUs;
            runUntil(nextUs);
            paidUs += using * (nextUs - beforeUs);
          }
        };
        for (const { atUs, act, number } of orders.sort((a, b) => a.atUs - b.atUs)) {
          pay(1 + atUs - (atUs % 500));
          if (act === 'resize') fleet.resize(number);
          else if (number < 4) fleet.crash(number, 20);
        }
        pay(400_001);
        expect(fleet.count('up')).toBe(fleet.wanted);
        expect(fleet.count('up') + fleet.count('off')).toBe(4);
        expect(Math.abs(fleet.machineUs() - 1 - paidUs)).toBeLessThanOrEqual(1000 * (fleet.starts + 1));
        expect(fleet.billedUs(60_000)).toBeGreaterThanOrEqual(fleet.starts * 60_000_000);
      }),
      { numRuns: 100 },
    );
  });

  it('refuses sizes that are out of bounds', () => {
    const { fleet } = fleetOf({ min: 1 });
    for (const wanted of [0, 6, 1.5, Number.NaN]) expect(() => fleet.resize(wanted)).toThrow(RangeError);
    expect(() => fleetOf({ initial: 6 })).toThrow(RangeError);
    expect(() => fleetOf({ min: 3 })).toThrow(RangeError);
    expect(() => fleetOf({ startUpMs: -1 })).toThrow(RangeError);
  });
});
