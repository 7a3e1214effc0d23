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
    const active = this.peers.filter((peer) => peer.weight > 0);
    if (active.length === 0) throw new Error('every weight is 0');
    const total = active.reduce((sum, peer) => sum + peer.current, 0);
    for (const peer of active) peer.current += peer.weight;
    const best = active.reduce((a, b) => (b.current > a.current ? b : a));
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
  return weight;
}

export const misconception: Misconception = {
  fails: 'exact-shares',
  message: {
    en: 'What the chosen server pays is the sum of the counters as they stood before this pick. The very first pick then costs nothing at all, and whoever got it keeps that lead. How much do all the counters together gain before each pick, and how much of that has to be taken back?',
    ko: '선택된 서버가 내는 값이 뽑기 전 카운터의 합입니다. 그러면 맨 첫 번째 뽑기는 공짜가 되고, 그것을 얻은 서버가 계속 앞섭니다. 뽑기 전마다 모든 카운터가 합쳐서 얼마나 늘어나며, 그 가운데 얼마를 도로 거두어야 합니까?',
  },
};
