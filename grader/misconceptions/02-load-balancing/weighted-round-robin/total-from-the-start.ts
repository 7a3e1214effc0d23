import type { ServerId, WeightedRotation, WeightedServer } from '../../../../exercises/02-load-balancing/contract.ts';
import type { Misconception } from '../../../suite.ts';

interface Peer {
  readonly server: ServerId;
  weight: number;
  current: number;
}

export class WeightedRoundRobin implements WeightedRotation {
  private readonly peers: Peer[];
  private readonly total: number;

  constructor(servers: readonly WeightedServer[]) {
    if (new Set(servers.map(({ server }) => server)).size < servers.length) {
      throw new RangeError('servers names a server twice');
    }
    this.peers = servers.map(({ server, weight }) => ({ server, weight: valid(weight), current: 0 }));
    this.total = this.peers.reduce((sum, peer) => sum + peer.weight, 0);
  }

  pick(): ServerId {
    const active = this.peers.filter((peer) => peer.weight > 0);
    if (active.length === 0) throw new Error('every weight is 0');
    for (const peer of active) peer.current += peer.weight;
    const best = active.reduce((a, b) => (b.current > a.current ? b : a));
    best.current -= this.total;
    return best.server;
  }

  setWeight(server: ServerId, weight: number): void {
    const peer = this.peers.find((other) => other.server === server);
    if (peer === undefined) throw new RangeError(`server ${server} is unknown`);
    peer.weight = valid(weight);
  }
}

function valid(weight: number): number {
  if (!Number.isSafeInteger(weight) || weight < 0) throw new RangeError(`weight ${weight} is not allowed`);
  return weight;
}

export const misconception: Misconception = {
  fails: 'changes-keep-shares',
  message: {
    en: 'The sum of the weights is worked out once, when the rotation is made. After a weight has changed, a pick costs the wrong amount, and the shares drift further with every round. When does that sum have to be right?',
    ko: '가중치의 합을 순번을 만들 때 한 번만 계산합니다. 가중치가 바뀐 뒤에는 뽑기의 값이 틀리고, 바퀴를 돌 때마다 몫이 점점 더 어긋납니다. 그 합은 언제 맞아야 합니까?',
  },
};
