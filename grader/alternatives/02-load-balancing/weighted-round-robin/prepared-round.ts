import type { ServerId, WeightedRotation, WeightedServer } from '../../../../exercises/02-load-balancing/contract.ts';

/** Writes a whole smooth round down in advance and walks along it; a real change of weight writes a new one. */
export class WeightedRoundRobin implements WeightedRotation {
  private readonly weights = new Map<ServerId, number>();
  private round: Iterator<ServerId> = [].values();

  constructor(servers: readonly WeightedServer[]) {
    for (const { server, weight } of servers) {
      if (this.weights.has(server)) throw new RangeError('servers contains a name twice');
      if (!Number.isSafeInteger(weight) || weight < 0) throw new RangeError(`weight of ${server}`);
      this.weights.set(server, weight);
    }
  }

  pick(): ServerId {
    const next = this.round.next();
    if (!next.done) return next.value;
    this.round = planned(this.weights);
    const first = this.round.next();
    if (first.done) throw new Error('there is nothing to pick from');
    return first.value;
  }

  setWeight(server: ServerId, weight: number): void {
    if (!this.weights.has(server)) throw new RangeError(`server ${server}?`);
    if (!Number.isSafeInteger(weight) || weight < 0) throw new RangeError(`weight ${weight}?`);
    if (this.weights.get(server) === weight) return;
    this.weights.set(server, weight);
    this.round = planned(this.weights);
  }
}

function* planned(weights: ReadonlyMap<ServerId, number>): Generator<ServerId> {
  const shares = [...weights]
    .filter(([, weight]) => weight > 0)
    .map(([server, weight]) => ({ server, weight, due: 0 }));
  const total = shares.reduce((sum, { weight }) => sum + weight, 0);
  for (let turn = 0; turn < total; turn++) {
    for (const share of shares) share.due += share.weight;
    const [next] = shares.toSorted((a, b) => b.due - a.due);
    next!.due -= total;
    yield next!.server;
  }
}
