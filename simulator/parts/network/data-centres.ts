import { stream } from '../../stream.ts';
import { Link } from './link.ts';

/** Time of travel one way, ms, by place and place. Both directions are alike where only one is given. */
export type Distances = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** People who are not in a data centre but near a place: their access network comes on top of each way. */
export interface UserGroup {
  readonly id: string;
  /** A place of the table; the centre there, if there is one, may be lost without them. */
  readonly at: string;
  /** One way through the access network, ms; the course's world has 10. */
  readonly accessMs: number;
}

export interface DataCentresPlan {
  /** Names of the centres, each at the place of that name. */
  readonly centres: readonly string[];
  readonly users?: readonly UserGroup[];
  /**
   * Distances as measured, not as the crow flies. They need not satisfy the triangle inequality, as routes on the
   * internet do not (Savage et al., "The End-to-End Effects of Internet Path Selection", SIGCOMM 1999): a detour may
   * be faster, and nothing here takes it.
   */
  readonly oneWayMs: Distances;
  /** One way between two machines of one place, ms; default 0.25. */
  readonly insideMs?: number;
}

/** Whatever stands in a centre and falls with it. */
export interface Machine {
  kill(): void;
  revive(): void;
}

interface Connection {
  readonly from: string;
  readonly to: string;
  readonly link: Link;
}

/**
 * Data centres and the people who use them, with the time between each two. A centre may be lost with all that stands
 * in it, and two centres may be cut off from each other (a partition), which moves no user's way to either.
 */
export class DataCentres {
  readonly #placeOf = new Map<string, string>();
  readonly #accessMs = new Map<string, number>();
  readonly #up = new Map<string, boolean>();
  readonly #machines = new Map<string, Machine[]>();
  readonly #connections: Connection[] = [];
  readonly #silent = new Set<Link>();
  readonly #partitions = new Set<string>();

  /** @throws RangeError when two things have one name, a distance is missing, or a time is below 0 */
  constructor(
    private readonly plan: DataCentresPlan,
    private readonly seed: number,
  ) {
    const users = plan.users ?? [];
    for (const { id, at, accessMs } of [...plan.centres.map((id) => ({ id, at: id, accessMs: 0 })), ...users]) {
      if (this.#placeOf.has(id)) throw new RangeError(`id: there are two called ${id}`);
      if (!(accessMs >= 0)) throw new RangeError(`accessMs: ${accessMs} is below 0`);
      this.#placeOf.set(id, at);
      this.#accessMs.set(id, accessMs);
    }
    for (const centre of plan.centres) {
      this.#up.set(centre, true);
      this.#machines.set(centre, []);
      for (const other of this.#placeOf.keys()) {
        this.oneWayMs(centre, other);
        this.oneWayMs(other, centre);
      }
    }
  }

  /** Time of travel from a centre or user group to another, ms; within a centre that between two machines of it. */
  oneWayMs(from: string, to: string): number {
    return this.#access(from) + this.#distanceMs(this.#place(from), this.#place(to)) + this.#access(to);
  }

  /** There and back, ms: each way for itself. */
  roundTripMs(from: string, to: string): number {
    return this.oneWayMs(from, to) + this.oneWayMs(to, from);
  }

  /** The centre in operation with the shortest round trip from here, the first of equals; undefined when all are lost. */
  nearest(from: string): string | undefined {
    const up = this.plan.centres.filter((centre) => this.isUp(centre));
    return up.reduce<string | undefined>(
      (best, centre) =>
        best === undefined || this.roundTripMs(from, centre) < this.roundTripMs(from, best) ? centre : best,
      undefined,
    );
  }

  /** @throws RangeError when there is no such centre, as all that is told about one */
  isUp(centre: string): boolean {
    const up = this.#up.get(centre);
    if (up === undefined) throw new RangeError(`centre: there is none called ${centre}`);
    return up;
  }

  /**
   * A link of its own for one direction of one conversation. `name` tells conversations apart: which messages a link
   * loses depends on the name and the number of those before, so a conversation never moves another's losses.
   * @param loss part of all messages that never arrive, 0 … 1
   */
  connect(from: string, to: string, name: string, loss = 0): Link {
    const oneWayMs = this.oneWayMs(from, to);
    const link = new Link({ oneWayMs, loss }, stream(this.seed, `${name}: ${from} to ${to}`));
    this.#connections.push({ from, to, link });
    this.#settle();
    return link;
  }

  /** Puts a machine into a centre. In one that is lost it is killed at once. */
  place(centre: string, machine: Machine): void {
    if (!this.isUp(centre)) machine.kill();
    this.#machines.get(centre)!.push(machine);
  }

  /** A region is lost: its machines are killed, and nothing is sent from there or arrives. */
  lose(centre: string): void {
    if (!this.isUp(centre)) return;
    this.#up.set(centre, false);
    for (const machine of this.#machines.get(centre)!) machine.kill();
    this.#settle();
  }

  /** It is back, with its machines. */
  restore(centre: string): void {
    if (this.isUp(centre)) return;
    this.#up.set(centre, true);
    this.#settle();
    for (const machine of this.#machines.get(centre)!) machine.revive();
  }

  /** Cuts two centres off from each other, both ways. */
  cut(centre: string, other: string): void {
    this.#partitions.add(this.#pair(centre, other));
    this.#settle();
  }

  heal(centre: string, other: string): void {
    this.#partitions.delete(this.#pair(centre, other));
    this.#settle();
  }

  /** The connections from one to another, for what else can befall a link. One that was cut here heals as new. */
  links(from: string, to: string): readonly Link[] {
    return this.#connections.filter((each) => each.from === from && each.to === to).map(({ link }) => link);
  }

  /** Cuts the links that must be silent now, and heals those that it had cut and that need not be any more. */
  #settle(): void {
    for (const { from, to, link } of this.#connections) {
      const lost = this.#up.get(from) === false || this.#up.get(to) === false;
      if (lost || this.#partitions.has(`${from}\n${to}`) || this.#partitions.has(`${to}\n${from}`)) {
        this.#silent.add(link);
        link.cut();
      } else if (this.#silent.delete(link)) link.heal();
    }
  }

  #pair(centre: string, other: string): string {
    this.isUp(centre);
    this.isUp(other);
    if (centre === other) throw new RangeError(`other: ${other} cannot be cut off from itself`);
    return [centre, other].sort().join('\n');
  }

  #place(id: string): string {
    const place = this.#placeOf.get(id);
    if (place === undefined) throw new RangeError(`place: there is nobody called ${id}`);
    return place;
  }

  #access(id: string): number {
    return this.#accessMs.get(id)!;
  }

  #distanceMs(from: string, to: string): number {
    if (from === to) return this.plan.insideMs ?? 0.25;
    const ms = this.plan.oneWayMs[from]?.[to] ?? this.plan.oneWayMs[to]?.[from];
    if (ms === undefined) throw new RangeError(`oneWayMs: nothing is said of ${from} and ${to}`);
    if (!(ms >= 0)) throw new RangeError(`oneWayMs: ${ms} from ${from} to ${to} is below 0`);
    return ms;
  }
}
