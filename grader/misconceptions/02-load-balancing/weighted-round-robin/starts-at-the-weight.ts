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
    this.peers = servers.map(({ server, weight }) => ({ server, weight: valid(weight), current: weight }));
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
  }
}

function valid(weight: number): number {
  if (!Number.isSafeInteger(weight) || weight < 0) throw new RangeError(`weight ${weight} is not allowed`);
  return weight;
}

export const misconception: Misconception = {
  fails: 'never-ahead',
  message: {
    en: 'Your counters begin at the weights. The heavy servers start with credit for a round that never happened and spend it at once. What has anybody waited for before the first pick?',
    ko: '카운터가 가중치에서 시작합니다. 무거운 서버는 있지도 않았던 한 바퀴만큼의 몫을 미리 가지고 시작하여 곧바로 써 버립니다. 첫 번째 뽑기 전에는 누가 얼마나 기다렸습니까?',
  },
};
