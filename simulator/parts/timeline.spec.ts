import { describe, expect, it } from 'vitest';
import { Kernel } from '../kernel.ts';
import type { Command, NetworkCommand } from '../scene.ts';
import { stream } from '../stream.ts';
import { Link } from './network/link.ts';
import { concerns, inRegion, isForNetwork, serverCommands, spikesOf, Timeline } from './timeline.ts';

const COMMAND = 3;
const COMMANDS: readonly Command[] = [
  { atMs: 9, kind: 'revive', node: 'a' },
  { atMs: 2, kind: 'spike', factor: 2, forMs: 1.5 },
  { atMs: 2.5, kind: 'kill', node: 'a' },
  { atMs: 2.5, kind: 'slow', node: 'b', speed: 0.5 },
];

describe('a timeline', () => {
  it('hands faults out at their time, those of one moment in their order, and no spikes', () => {
    const kernel = new Kernel();
    const timeline = new Timeline(kernel, COMMAND, COMMANDS, serverCommands(['a', 'b']));
    const seen: unknown[] = [];
    kernel.run(1_000_000, (kind, index) => {
      const fault = timeline.fault(index);
      seen.push([kernel.nowUs, kind, fault.kind, fault.node]);
      return undefined;
    });
    expect(seen).toEqual([
      [2_500, COMMAND, 'kill', 'a'],
      [2_500, COMMAND, 'slow', 'b'],
      [9_000, COMMAND, 'revive', 'a'],
    ]);
  });

  it('leaves the spikes to the traffic', () => {
    expect(spikesOf(COMMANDS)).toEqual([{ atUs: 2_000, forUs: 1_500, factor: 2 }]);
  });

  it('refuses what its world cannot do, and moments before the run', () => {
    const timeline = (command: Command) => new Timeline(new Kernel(), COMMAND, [command], serverCommands(['a']));
    expect(() => timeline({ atMs: 1, kind: 'kill', node: 'b' })).toThrow(RangeError);
    expect(() => timeline({ atMs: 1, kind: 'lag', node: 'a', ms: 5 })).toThrow(RangeError);
    expect(() => timeline({ atMs: 1, kind: 'region-down', region: 'a' })).toThrow(RangeError);
    expect(() => timeline({ atMs: -1, kind: 'kill', node: 'a' })).toThrow(RangeError);
  });
});

describe('a fault of the network', () => {
  const partition = { atMs: 0, kind: 'partition', node: 'a' } as const;

  it('of one node concerns all messages to and from it, between two nodes only theirs', () => {
    const pairs = ['ab', 'ba', 'ac', 'cb'].map((pair) => pair.split('') as [string, string]);
    expect(pairs.map(([from, to]) => concerns(partition, from, to))).toEqual([true, true, true, false]);
    const between = { ...partition, peer: 'b' };
    expect(pairs.map(([from, to]) => concerns(between, from, to))).toEqual([true, true, false, false]);
  });

  it('makes a link do what it says, until it is healed', () => {
    const link = new Link({ oneWayMs: 10 }, stream(1, 'link'));
    const told = (command: NetworkCommand): number | undefined => {
      link.obey(command);
      return link.send();
    };
    const heal: NetworkCommand = { ...partition, kind: 'heal' };
    expect(told(partition)).toBeUndefined();
    expect(told(heal)).toBe(10_000);
    expect(told({ ...partition, kind: 'lag', ms: 5 })).toBe(15_000);
    expect(told(heal)).toBe(10_000);
    expect(told({ ...partition, kind: 'lose', share: 1 })).toBeUndefined();
    expect(told(heal)).toBe(10_000);
  });

  it('is told apart from what happens to a server or a region', () => {
    expect(isForNetwork(partition)).toBe(true);
    expect(isForNetwork({ atMs: 0, kind: 'kill', node: 'a' })).toBe(false);
    expect(isForNetwork({ atMs: 0, kind: 'region-down', region: 'a' })).toBe(false);
  });
});

describe('the loss of a region', () => {
  const regions = { seoul: ['a', 'b'], tokyo: ['c'] };

  it('kills each of its servers at its moment, and its return revives them', () => {
    expect(inRegion({ atMs: 7, kind: 'region-down', region: 'seoul' }, regions)).toEqual([
      { atMs: 7, kind: 'kill', node: 'a' },
      { atMs: 7, kind: 'kill', node: 'b' },
    ]);
    expect(inRegion({ atMs: 9, kind: 'region-up', region: 'tokyo' }, regions)).toEqual([
      { atMs: 9, kind: 'revive', node: 'c' },
    ]);
  });

  it('is refused where there is no such region', () => {
    for (const region of ['busan', 'toString']) {
      expect(() => inRegion({ atMs: 0, kind: 'region-down', region }, regions)).toThrow(RangeError);
    }
  });
});
