import type { ServerId, WeightedRotation, WeightedServer } from '../../../../exercises/02-load-balancing/contract.ts';

class Member {
  /** Picks it should have had by now, a fraction. */
  due = 0;
  picked = 0;
  constructor(
    readonly server: ServerId,
    public weight: number,
  ) {}

  get behind(): number {
    return this.due - this.picked;
  }
}

/** Counts what is due and what was given, in picks: whoever lies furthest behind is next. */
export class WeightedRoundRobin implements WeightedRotation {
  private readonly members: readonly Member[];

  constructor(servers: readonly WeightedServer[]) {
    this.members = servers.map(({ server, weight }) => new Member(server, allowed(weight)));
    const names = this.members.map(({ server }) => server);
    if (names.some((name, i) => names.lastIndexOf(name) > i)) throw new RangeError('servers: a name is not unique');
  }

  pick(): ServerId {
    const active = this.members.filter(({ weight }) => weight > 0);
    const total = active.reduce((sum, { weight }) => sum + weight, 0);
    for (const member of active) member.due += member.weight / total;
    const [next] = active.toSorted((a, b) => b.behind - a.behind);
    if (next === undefined) throw new Error('all weights are 0, or there is nobody');
    next.picked += 1;
    return next.server;
  }

  setWeight(server: ServerId, weight: number): void {
    const member = this.members.find((each) => each.server === server);
    if (!member) throw new RangeError(`unknown server: ${server}`);
    member.weight = allowed(weight);
  }
}

function allowed(weight: number): number {
  if (weight < 0 || !Number.isSafeInteger(weight)) throw new RangeError(`the weight ${weight} is not allowed`);
  return weight;
}
