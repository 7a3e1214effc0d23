import { Kernel } from '../../kernel.ts';
import { microseconds } from '../../microseconds.ts';
import { stream } from '../../stream.ts';
import { Link } from '../network/link.ts';
import type { LogEntry } from './log.ts';
import { comparePositions } from './log.ts';
import type { ReplicationPlan } from './replicated-log.ts';
import { LOG_EVENTS, ReplicatedLog } from './replicated-log.ts';

export interface TestClusterPlan extends ReplicationPlan {
  /** One way between any two machines, ms; default 0.25. */
  readonly oneWayMs?: number;
  readonly loss?: number;
  /** What the apply thread needs per entry, ms; default 4. */
  readonly applyMs?: number | ((entry: LogEntry) => number);
  readonly seed?: number;
}

const LOG = 0;
const ACT = 1;
const OTHER_LOGS = 3 * LOG_EVENTS;

/** A replicated log with nothing around it, for specs: things are done to it at given moments. */
export class TestCluster {
  readonly kernel = new Kernel();
  readonly log: ReplicatedLog;
  readonly acknowledged: LogEntry[] = [];
  /** Times from an entry's commit to the end of its work on each machine, µs. */
  readonly lagsUs: number[][];
  readonly #links = new Map<string, Link>();
  readonly #acts: (() => void)[] = [];

  constructor(plan: TestClusterPlan) {
    const { oneWayMs = 0.25, loss = 0, applyMs = 4, seed = 1, nodes } = plan;
    this.lagsUs = nodes.map(() => []);
    const link = (from: number, to: number): Link => {
      const made = new Link({ oneWayMs, loss }, stream(seed, `link ${from} ${to}`));
      this.#links.set(`${from} ${to}`, made);
      return made;
    };
    this.log = new ReplicatedLog(this.kernel, plan, {
      kind: LOG,
      base: OTHER_LOGS,
      link,
      apply: (_, entry) => microseconds(typeof applyMs === 'number' ? applyMs : applyMs(entry)),
      acknowledged: (entry) => this.acknowledged.push(entry),
    });
  }

  link(from: number, to: number): Link {
    return this.#links.get(`${from} ${to}`)!;
  }

  /** Cuts one machine off from all others, or ends that. */
  isolate(node: number, cut = true): void {
    for (let other = 0; other < this.log.nodes.length; other++) {
      if (other === node) continue;
      for (const link of [this.link(node, other), this.link(other, node)]) cut ? link.cut() : link.heal();
    }
  }

  at(ms: number, act: () => void): void {
    this.kernel.at(microseconds(ms), ACT, this.#acts.push(act) - 1);
  }

  /** @param look called after each event */
  run(untilMs: number, look: () => void = () => {}): void {
    this.kernel.run(microseconds(untilMs), (kind, a, b) => {
      if (kind === ACT) this.#acts[a]!();
      else this.#handle(a - OTHER_LOGS, b);
      look();
      return undefined;
    });
  }

  #handle(a: number, b: number): void {
    const before = this.log.nodes.map((node) => node.applied.position);
    this.log.handle(a, b);
    this.log.nodes.forEach((node, index) => {
      if (node.role !== 'replica') return;
      for (let position = before[index]! + 1; position <= node.applied.position; position++) {
        this.lagsUs[index]!.push(this.kernel.nowUs - node.log.at(position)!.committedUs);
      }
    });
  }
}

/** The machine, other than `failed`, that has received most: by epoch first (Raft §5.4.1), then by position. */
export function mostAdvanced({ nodes }: ReplicatedLog, failed: number): number {
  return nodes
    .map((_, node) => node)
    .filter((node) => node !== failed && nodes[node]!.up)
    .reduce((best, node) => (comparePositions(nodes[node]!.log.last, nodes[best]!.log.last) > 0 ? node : best));
}

/** How many acknowledged writes are not in this machine's log. */
export function lostWrites(acknowledged: readonly LogEntry[], log: ReplicatedLog, primary: number): number {
  return acknowledged.filter((entry) => log.nodes[primary]!.log.at(entry.position) !== entry).length;
}
