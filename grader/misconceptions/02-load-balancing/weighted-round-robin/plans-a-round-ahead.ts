import type { ServerId, WeightedRotation, WeightedServer } from '../../../../exercises/02-load-balancing/contract.ts';
import type { Misconception } from '../../../suite.ts';

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

export const misconception: Misconception = {
  fails: 'changes-keep-shares',
  message: {
    en: 'When a weight changes, you begin a new round and throw away what the others had been waiting for in the old one. Whoever was about to be picked loses that turn; where one weight keeps changing, the others may wait for ever. What of the old round has to survive?',
    ko: '가중치가 바뀌면 새 바퀴를 시작하면서, 다른 서버가 지난 바퀴에서 기다려 온 것을 버립니다. 곧 뽑힐 서버는 그 차례를 잃고, 어느 한 가중치가 계속 바뀌면 다른 서버는 영영 기다릴 수도 있습니다. 지난 바퀴에서 무엇이 남아야 합니까?',
  },
};
