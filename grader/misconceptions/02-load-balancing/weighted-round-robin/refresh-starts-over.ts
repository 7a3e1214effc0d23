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
    for (const peer of active) peer.current += peer.weight;
    const best = active.reduce((a, b) => (b.current > a.current ? b : a));
    best.current -= active.reduce((sum, peer) => sum + peer.weight, 0);
    return best.server;
  }

  setWeight(server: ServerId, weight: number): void {
    const peer = this.peers.find((other) => other.server === server);
    if (peer === undefined) throw new RangeError(`server ${server} is unknown`);
    peer.weight = valid(weight);
    for (const other of this.peers) other.current = 0;
  }
}

function valid(weight: number): number {
  if (!Number.isSafeInteger(weight) || weight < 0) throw new RangeError(`weight ${weight} is not allowed`);
  return weight;
}

export const misconception: Misconception = {
  fails: 'changes-keep-shares',
  message: {
    en: 'Setting a weight wipes out what everybody has been waiting for. A balancer that refreshes its list before each pick then always chooses the same server. What does `setWeight` touch besides the weight?',
    ko: '가중치를 설정할 때마다 모두가 기다려 온 것이 지워집니다. 뽑기 전마다 목록을 갱신하는 로드 밸런서라면 늘 같은 서버만 고르게 됩니다. `setWeight`가 가중치 말고 무엇을 건드립니까?',
  },
};
