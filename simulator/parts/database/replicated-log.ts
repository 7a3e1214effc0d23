import type { Kernel } from '../../kernel.ts';
import { microseconds } from '../../microseconds.ts';
import { Channel } from '../network/channel.ts';
import type { Link } from '../network/link.ts';
import { Followers } from './followers.ts';
import type { EpochStart, LogEntry } from './log.ts';
import { LogNode } from './log-node.ts';

export interface ReplicationPlan {
  /** Names of 1 … 15 machines. The first is the primary of epoch 1. */
  readonly nodes: readonly string[];
  /**
   * How many replicas must have an entry in their log, applied or not, before its write is acknowledged and seen:
   * 0 is asynchronous (the default), 1 what MySQL calls semi-synchronous (after sync). Unlike there, no timeout falls
   * back to asynchronous.
   */
  readonly confirmations?: number;
  /** How often a primary sends each replica what it lacks, or a sign of life, ms above 0; default 100. */
  readonly shipEveryMs?: number;
  /** Entries wait for that moment instead of leaving at once. */
  readonly batched?: boolean;
  /**
   * A primary refuses writes when its last message that enough replicas (`confirmations`, at least 1) have confirmed
   * is this old, ms. Default: no lease, it never doubts itself.
   */
  readonly leaseMs?: number;
}

export interface ReplicationEvents {
  /** Kind and first argument of all events of this log; `handle` takes them without `base`. */
  readonly kind: number;
  readonly base: number;
  /** The direction `from` → `to` between two machines, by their places in the plan. Asked once for each. */
  readonly link: (from: number, to: number) => Link;
  /**
   * A replica's apply thread begins an entry: how long that takes, µs. Undefined where the thread shares the cores of
   * a machine: whoever plays the machine calls `applied(node, turn)` when the work is done.
   */
  readonly apply: (node: number, entry: LogEntry, turn: number) => number | undefined;
  /** Primary `node` tells its client that the write is safe, as safe as the plan makes it. */
  readonly acknowledged: (entry: LogEntry, node: number) => void;
}

/** First arguments of one log's events lie in base … base + this − 1: one per pair, two per machine. */
export const LOG_EVENTS = 256;
const MOST_NODES = 15;

interface Shipment {
  readonly epoch: number;
  readonly history: readonly EpochStart[];
  /** The entries stand behind this position. */
  readonly after: number;
  readonly entries: readonly LogEntry[];
  readonly sentUs: number;
}

/** `position`: up to where both logs are the same; `gap`: the shipment began behind that. */
interface Answer {
  readonly epoch: number;
  readonly position: number;
  readonly gap: boolean;
  readonly sentUs: number;
}

type Message = ({ readonly is: 'shipment' } & Shipment) | ({ readonly is: 'answer' } & Answer);

/**
 * A primary streams its write-ahead log to replicas, which apply it in order: PostgreSQL's streaming replication,
 * MySQL's with one worker. A replica takes an entry only when it has all before it, so its log is a prefix of the
 * primary's, whatever the network loses. Every message carries its sender's epoch and whoever has seen a newer one
 * refuses it (fencing; Raft §5.1), but no part here elects: who is promoted, and who is told, is the world's choice,
 * and a primary that hears nothing of a newer epoch goes on. Bandwidth is not modelled.
 */
export class ReplicatedLog {
  readonly nodes: readonly LogNode[];
  readonly #channels: (Channel<Message> | undefined)[];
  /** What each machine knows of the others as a primary. */
  readonly #followers: readonly Followers[];
  /** How old an entry must be before it is sent to this replica, µs. */
  readonly #heldBackUs: number[];
  readonly #shipEveryUs: number;
  readonly #leaseUs: number;
  readonly #confirmations: number;

  /** @throws RangeError when a number of the plan is out of range */
  constructor(
    private readonly kernel: Kernel,
    private readonly plan: ReplicationPlan,
    private readonly events: ReplicationEvents,
  ) {
    const { length } = plan.nodes;
    const { confirmations = 0, shipEveryMs = 100, leaseMs } = plan;
    if (!(length >= 1 && length <= MOST_NODES)) throw new RangeError(`nodes: ${length} is not in 1 … ${MOST_NODES}`);
    if (!(confirmations >= 0 && confirmations < length)) {
      throw new RangeError(`confirmations: ${confirmations} is not in 0 … ${length - 1}`);
    }
    if (!(shipEveryMs > 0)) throw new RangeError(`shipEveryMs: ${shipEveryMs} is not above 0`);
    if (leaseMs !== undefined && !(leaseMs > 0 && length > 1)) {
      throw new RangeError(`leaseMs: ${leaseMs} is not above 0, or there is no replica to confirm it`);
    }
    this.#shipEveryUs = microseconds(shipEveryMs);
    this.#leaseUs = leaseMs === undefined ? Number.POSITIVE_INFINITY : microseconds(leaseMs);
    this.#confirmations = confirmations;
    this.nodes = plan.nodes.map((id, node) => new LogNode(id, (entry, turn) => this.#beginApply(node, entry, turn)));
    this.#channels = plan.nodes.flatMap((_, from) =>
      plan.nodes.map((_, to) =>
        from === to
          ? undefined
          : new Channel<Message>(kernel, events.link(from, to), {
              kind: events.kind,
              a: events.base + from * length + to,
            }),
      ),
    );
    this.#followers = plan.nodes.map(() => new Followers(length));
    this.#heldBackUs = plan.nodes.map(() => 0);
    for (const node of this.nodes) node.rewind([{ epoch: 1, began: 0 }]);
    for (let node = 0; node < length; node++) this.fence(node, 1);
    this.promote(0, 1);
  }

  /** One of this log's events has come; `a` without the base. */
  handle(a: number, b: number): void {
    const { length } = this.nodes;
    const pairs = length * length;
    if (a < pairs) this.#receive(Math.floor(a / length), a % length, this.#channels[a]!.deliver(b));
    else if (a < pairs + length) this.applied(a - pairs, b);
    else this.#tick(a - pairs - length, b);
  }

  /**
   * Commits a write on this machine. Undefined when it refuses: it is down or no primary as far as it knows, has not
   * yet applied what it inherited, or its lease is over. Calls `acknowledged` at once where nothing is waited for.
   */
  write(node: number, key: number, write: number): LogEntry | undefined {
    const primary = this.nodes[node]!;
    if (!primary.ready || this.kernel.nowUs >= this.#leaseEndsUs(node)) return undefined;
    const position = primary.log.length + 1;
    const entry = { epoch: primary.epoch, position, key, write, committedUs: this.kernel.nowUs };
    primary.log.append(entry);
    this.#confirm(node);
    if (!this.plan.batched) this.#shipAll(node);
    return entry;
  }

  /** The apply thread of a machine has done the work that began with this turn. */
  applied(node: number, turn: number): void {
    this.nodes[node]!.finished(turn);
  }

  /** How long ago the oldest write was committed that readers of `primary` see and those of `node` do not, µs; 0: none. */
  lagUs(node: number, primary: number): number {
    const { applied, log } = this.nodes[primary]!;
    const next = this.nodes[node]!.applied.position + 1;
    return next > applied.position ? 0 : this.kernel.nowUs - log.at(next)!.committedUs;
  }

  /** This machine, if it is up, learns of an epoch and refuses older ones from now on; a primary of one steps down. */
  fence(node: number, epoch: number): void {
    const machine = this.nodes[node]!;
    if (!machine.up || epoch <= machine.epoch) return;
    machine.epoch = epoch;
    if (machine.role !== 'primary') return;
    this.#followers[node]!.end();
    machine.follow();
  }

  /**
   * Makes a machine the primary of an epoch; the others learn of it from its messages. An epoch that others have seen
   * before deposes nobody: two primaries then write to equal positions, and nothing tells their entries apart.
   * @throws RangeError when the machine is down or has seen a newer epoch
   */
  promote(node: number, epoch: number): void {
    const machine = this.nodes[node]!;
    if (!machine.up) throw new RangeError(`node: ${machine.id} is down`);
    if (!(epoch >= machine.epoch)) throw new RangeError(`epoch: ${epoch} is before ${machine.epoch}`);
    machine.lead(epoch);
    this.#followers[node]!.begin(machine.log.length, this.kernel.nowUs);
    this.#tick(node, this.#followers[node]!.term);
  }

  /**
   * Keeps a replica behind: an entry leaves for it only when it is this old, ms at least 0, as on a path so narrow that
   * the log piles up at the sender. Unlike what a lagging link carries, that backlog dies with the primary.
   */
  holdBack(node: number, ms: number): void {
    if (!(ms >= 0)) throw new RangeError(`ms: ${ms} is below 0`);
    this.#heldBackUs[node] = microseconds(ms);
  }

  /** Stops a machine. What it has sent still arrives. */
  crash(node: number, disk: 'kept' | 'lost' = 'kept'): void {
    this.#followers[node]!.end();
    this.nodes[node]!.crash(disk);
  }

  /** Starts it again, as what it was: a primary does not know that there may be another by now. */
  revive(node: number): void {
    const machine = this.nodes[node]!;
    if (machine.up) return;
    machine.revive();
    if (machine.role !== 'primary') return;
    this.#followers[node]!.resume(machine.log.length);
    this.#tick(node, this.#followers[node]!.term);
  }

  #beginApply(node: number, entry: LogEntry, turn: number): void {
    const { length } = this.nodes;
    const us = this.events.apply(node, entry, turn);
    if (us !== undefined) this.kernel.after(us, this.events.kind, this.events.base + length * length + node, turn);
  }

  #tick(node: number, term: number): void {
    if (term !== this.#followers[node]!.term) return;
    this.#shipAll(node);
    const { length } = this.nodes;
    this.kernel.after(this.#shipEveryUs, this.events.kind, this.events.base + length * (length + 1) + node, term);
  }

  #shipAll(node: number): void {
    for (let to = 0; to < this.nodes.length; to++) if (to !== node) this.#ship(node, to);
  }

  #ship(from: number, to: number): void {
    const { epoch, history, log } = this.nodes[from]!;
    const follower = this.#followers[from]!.of(to);
    const after = follower.sent;
    const sentUs = this.kernel.nowUs;
    const entries = log.after(after);
    while (entries.length > 0 && entries.at(-1)!.committedUs > sentUs - this.#heldBackUs[to]!) entries.pop();
    follower.sent = after + entries.length;
    this.#send(from, to, { is: 'shipment', epoch, history, after, entries, sentUs });
  }

  #send(from: number, to: number, message: Message): void {
    this.#channels[from * this.nodes.length + to]!.send(message);
  }

  #receive(from: number, to: number, message: Message): void {
    if (!this.nodes[to]!.up) return;
    if (message.is === 'shipment') this.#take(from, to, message);
    else this.#hear(to, from, message);
  }

  #take(from: number, to: number, { epoch, history, after, entries, sentUs }: Shipment): void {
    const replica = this.nodes[to]!;
    this.fence(to, epoch);
    if (epoch < replica.epoch) {
      this.#send(to, from, { is: 'answer', epoch: replica.epoch, position: 0, gap: false, sentUs });
      return;
    }
    if (replica.role === 'primary') return;
    replica.rewind(history);
    const gap = replica.log.length < after;
    replica.receive(gap ? [] : entries);
    const position = gap ? replica.log.length : after + entries.length;
    this.#send(to, from, { is: 'answer', epoch, position, gap, sentUs });
  }

  #hear(node: number, replica: number, { epoch, position, gap, sentUs }: Answer): void {
    const primary = this.nodes[node]!;
    this.fence(node, epoch);
    if (primary.role !== 'primary' || epoch < primary.epoch) return;
    const follower = this.#followers[node]!.of(replica);
    follower.heardUs = sentUs;
    follower.confirmed = position;
    if (gap) {
      follower.sent = position;
      this.#ship(node, replica);
    }
    this.#confirm(node);
  }

  /** Makes visible and acknowledges what enough replicas have. */
  #confirm(node: number): void {
    const primary = this.nodes[node]!;
    if (!primary.ready) return;
    const followers = this.#followers[node]!;
    const count = this.#confirmations;
    const safe = count === 0 ? primary.log.length : followers.reached('confirmed', count);
    const seen = primary.applied.position;
    primary.show(safe);
    for (let position = seen + 1; position <= safe; position++) {
      if (position > followers.waitingFrom) this.events.acknowledged(primary.log.at(position)!, node);
    }
  }

  #leaseEndsUs(node: number): number {
    if (this.#leaseUs === Number.POSITIVE_INFINITY) return this.#leaseUs;
    return this.#followers[node]!.reached('heardUs', Math.max(1, this.#confirmations)) + this.#leaseUs;
  }
}
