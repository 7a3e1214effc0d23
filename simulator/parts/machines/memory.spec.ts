import { describe, expect, it } from 'vitest';
import { Memory } from './memory.ts';

describe('memory', () => {
  it('is held until it is released, and never beyond its limit', () => {
    const memory = new Memory(100);
    expect([memory.hold(1, 60), memory.hold(2, 40), memory.hold(3, 1)]).toEqual([true, true, false]);
    expect([memory.usedMb, memory.holders]).toEqual([100, 2]);
    memory.release(1);
    memory.release(1);
    memory.release(7);
    expect([memory.usedMb, memory.hold(3, 1)]).toEqual([40, true]);
  });

  it('is empty when nobody holds any, whatever was held in between', () => {
    const memory = new Memory(1);
    for (const [holder, mb] of [0.1, 0.2, 0.3].entries()) memory.hold(holder, mb);
    for (const holder of [1, 0, 2]) memory.release(holder);
    expect(memory.usedMb).toBe(0);
    expect(memory.hold(9, 1)).toBe(true);
  });

  it('of a dead process is free, and tells who held it', () => {
    const memory = new Memory(100);
    for (const holder of [5, 3]) memory.hold(holder, 50);
    expect(memory.clear()).toEqual([5, 3]);
    expect([memory.usedMb, memory.holders, memory.hold(5, 100)]).toEqual([0, 0, true]);
  });

  it('refuses limits and amounts that are none, and a second hold', () => {
    expect(() => new Memory(0)).toThrow(RangeError);
    expect(() => new Memory(1).hold(1, -1)).toThrow(RangeError);
    const memory = new Memory(9);
    memory.hold(1, 1);
    expect(() => memory.hold(1, 1)).toThrow(RangeError);
  });
});
