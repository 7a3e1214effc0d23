import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LogEntry } from './log.ts';
import { comparePositions } from './log.ts';
import type { LogNode } from './log-node.ts';
import { TestCluster } from './test-cluster.ts';

const ALL = [0, 1, 2];

interface Step {
  readonly gapMs: number;
  readonly do: string;
  readonly node: number;
  readonly amount: number;
}

interface Story {
  readonly steps: readonly Step[];
  readonly confirmations: number;
  readonly batched: boolean;
  readonly loss: number;
}

/** What can be done to machine `node`; `amount` 0 … 59 is a key, a time or whether others are told. */
const DEEDS: Readonly<Record<string, (told: Told, node: number, amount: number) => void>> = {
  write: ({ cluster, written }, node, amount) => {
    const entry = cluster.log.write(node, amount % 5, written.length);
    if (entry) written.push(entry);
  },
  crash: ({ cluster }, node) => cluster.log.crash(node),
  lose: ({ cluster }, node) => cluster.log.crash(node, 'lost'),
  revive: ({ cluster }, node) => cluster.log.revive(node),
  isolate: ({ cluster }, node) => cluster.isolate(node),
  join: ({ cluster }, node) => cluster.isolate(node, false),
  stick: ({ cluster }, node) => cluster.log.nodes[node]!.stopApplying(),
  unstick: ({ cluster }, node) => cluster.log.nodes[node]!.resumeApplying(),
  lag: ({ cluster }, node, amount) => cluster.link(node, (node + 1) % 3).lag(amount),
  promote: ({ cluster: { log } }, node, amount) => {
    if (!log.nodes[node]!.up) return;
    const epoch = 1 + Math.max(...log.nodes.map((machine) => machine.epoch));
    for (const other of amount % 2 ? ALL : []) log.fence(other, epoch);
    log.promote(node, epoch);
  },
};

const step: fc.Arbitrary<Step> = fc.record({
  gapMs: fc.nat(30),
  do: fc.oneof(
    { weight: 1, arbitrary: fc.constant('write') },
    { weight: 1, arbitrary: fc.constantFrom(...Object.keys(DEEDS)) },
  ),
  node: fc.nat(2),
  amount: fc.nat(59),
});
const story: fc.Arbitrary<Story> = fc.record({
  steps: fc.array(step, { maxLength: 60, size: 'max' }),
  confirmations: fc.nat(2),
  batched: fc.boolean(),
  loss: fc.constantFrom(0, 0.2),
});

interface Told {
  readonly cluster: TestCluster;
  readonly written: LogEntry[];
}

/** @param look called after each event */
function play({ steps, ...plan }: Story, look: (told: Told) => void = () => {}): Told {
  const cluster = new TestCluster({ nodes: ['a', 'b', 'c'], ...plan, shipEveryMs: 20, oneWayMs: 2 });
  const told: Told = { cluster, written: [] };
  let ms = 0;
  for (const { gapMs, do: deed, node, amount } of steps) {
    ms += gapMs;
    cluster.at(ms, () => DEEDS[deed]!(told, node, amount));
  }
  cluster.run(ms + 100, () => look(told));
  return told;
}

/** Length of the longest common beginning of two logs. */
function common(left: LogNode, right: LogNode): number {
  let position = 0;
  while (left.log.at(position + 1) && left.log.at(position + 1) === right.log.at(position + 1)) position++;
  return position;
}

describe('whatever happens to machines and links', () => {
  it('two logs that hold the same entry are the same up to it', () => {
    fc.assert(
      fc.property(story, (given) => {
        play(given, ({ cluster }) => {
          const { nodes } = cluster.log;
          for (const [left, right] of [
            [nodes[0]!, nodes[1]!],
            [nodes[0]!, nodes[2]!],
            [nodes[1]!, nodes[2]!],
          ] as const) {
            const shared = common(left, right);
            for (let position = shared + 1; left.log.at(position) && right.log.at(position); position++) {
              expect(left.log.at(position)).not.toEqual(right.log.at(position));
            }
          }
        });
      }),
      { numRuns: 150 },
    );
  });

  it('positions of a log rise by one and its epochs never fall', () => {
    fc.assert(
      fc.property(story, (given) => {
        const { cluster } = play(given);
        for (const { log } of cluster.log.nodes) {
          log.after(0).forEach((entry, index, all) => {
            expect(entry.position).toBe(index + 1);
            if (index > 0) expect(comparePositions(all[index - 1]!, entry)).toBeLessThan(0);
          });
        }
      }),
      { numRuns: 100 },
    );
  });

  it('rows are those of the log up to where it is applied, never beyond its end', () => {
    fc.assert(
      fc.property(story, (given) => {
        play(given, ({ cluster }) => {
          for (const machine of cluster.log.nodes) {
            const { position } = machine.applied;
            expect(position).toBeLessThanOrEqual(machine.log.length);
            const rows = new Map(
              machine.log
                .after(0)
                .slice(0, position)
                .map((entry) => [entry.key, entry.write]),
            );
            for (let key = 0; key <= 4; key++) expect(machine.row(key)?.write).toBe(rows.get(key));
          }
        });
      }),
      { numRuns: 100 },
    );
  });

  it('a log without failover is a prefix of the primary’s, disks permitting', () => {
    fc.assert(
      fc.property(story, (given) => {
        const calm = given.steps.filter(({ do: deed, node }) => deed !== 'promote' && (deed !== 'lose' || node > 0));
        play({ ...given, steps: calm }, ({ cluster, written }) => {
          const [primary, ...replicas] = cluster.log.nodes;
          expect(primary!.log.after(0)).toEqual(written);
          for (const replica of replicas) expect(common(primary!, replica)).toBe(replica.log.length);
        });
      }),
      { numRuns: 100 },
    );
  });

  it('all logs become the last primary’s when the trouble is over', () => {
    fc.assert(
      fc.property(story, fc.nat(2), (given, last) => {
        const { cluster } = play(given);
        const { log, kernel } = cluster;
        for (const node of ALL) {
          cluster.isolate(node, false);
          for (const other of ALL) if (other !== node) cluster.link(node, other).lose(0);
          log.revive(node);
          log.nodes[node]!.resumeApplying();
        }
        log.promote(last, 1 + Math.max(...log.nodes.map(({ epoch }) => epoch)));
        cluster.run(kernel.nowUs / 1000 + 2000);
        for (const machine of log.nodes) {
          expect(machine.log.after(0)).toEqual(log.nodes[last]!.log.after(0));
          expect(machine.applied.position).toBe(machine.log.length);
          expect(machine.role).toBe(machine === log.nodes[last] ? 'primary' : 'replica');
        }
      }),
      { numRuns: 100 },
    );
  });
});
