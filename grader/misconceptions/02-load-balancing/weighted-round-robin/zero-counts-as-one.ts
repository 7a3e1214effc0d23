import type { ServerId, WeightedRotation, WeightedServer } from '../../../../exercises/02-load-balancing/contract.ts';
import type { Misconception } from '../../../suite.ts';

interface Peer {
  readonly server: ServerId;
  weight: number;
  current: number;
}

export class WeightedRoundRobin implements WeightedRotation {
  private readonly peers: Peer[];

  constructor(servers: readonly WeightedServer[]) {
    if (new Set(servers.map(({ server }) => server)).size < servers.length) {
      throw new RangeError('servers names a server twice');
    }
    this.peers = servers.map(({ server, weight }) => ({ server, weight: valid(weight), current: 0 }));
  }

  pick(): ServerId {
    if (this.peers.length === 0) throw new Error('there is no server');
    const total = this.peers.reduce((sum, peer) => sum + peer.weight, 0);
    for (const peer of this.peers) peer.current += peer.weight;
    const best = this.peers.reduce((a, b) => (b.current > a.current ? b : a));
    best.current -= total;
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
  return weight || 1;
}

export const misconception: Misconception = {
  fails: 'exact-shares',
  message: {
    en: 'A server with a weight of 0 gets turns all the same, as if somebody had corrected its weight. The number 0 is easily taken for no number at all, by a default value for one. Follow a weight of 0 from the constructor to the pick: what is it by then?',
    ko: '가중치가 0인 서버도 누가 가중치를 고쳐 준 것처럼 차례를 받습니다. 0이라는 수는 값이 없는 것으로 여겨지기 쉽습니다. 기본값을 채워 넣는 코드가 그 예입니다. 가중치 0이 생성자에서 뽑기까지 가는 길을 따라가 보십시오. 뽑을 때는 얼마가 되어 있습니까?',
  },
};
