import type { ServerId, WeightedRotation, WeightedServer } from '../../../../exercises/02-load-balancing/contract.ts';

class Member {
  picked = 0;
  constructor(
    readonly server: ServerId,
    public weight: number,
  ) {}
}

/**
 * Counts picks instead of keeping balances: whoever lies furthest behind t · weight ÷ W is next. A real change of
 * weight starts a new count.
 */
export class WeightedRoundRobin implements WeightedRotation {
  private readonly members: readonly Member[];
  private picks = 0;

  constructor(servers: readonly WeightedServer[]) {
    this.members = servers.map(({ server, weight }) => new Member(server, allowed(weight)));
    const names = this.members.map(({ server }) => server);
    if (names.some((name, i) => names.lastIndexOf(name) > i)) throw new RangeError('servers: a name is not unique');
  }

  pick(): ServerId {
    const total = this.members.reduce((sum, { weight }) => sum + weight, 0);
    if (total === 0) throw new Error('all weights are 0, or there is nobody');
    this.picks += 1;
    const behind = (member: Member) => this.picks * member.weight - member.picked * total;
    let next: Member | undefined;
    for (const member of this.members) {
      if (member.weight > 0 && (next === undefined || behind(member) > behind(next))) next = member;
    }
    next!.picked += 1;
    return next!.server;
  }

  setWeight(server: ServerId, weight: number): void {
    const member = this.members.find((each) => each.server === server);
    if (!member) throw new RangeError(`unknown server: ${server}`);
    if (member.weight === allowed(weight)) return;
    member.weight = weight;
    this.picks = 0;
    for (const each of this.members) each.picked = 0;
  }
}

function allowed(weight: number): number {
  if (weight < 0 || !Number.isSafeInteger(weight)) throw new RangeError(`the weight ${weight} is not allowed`);
  return weight;
}
