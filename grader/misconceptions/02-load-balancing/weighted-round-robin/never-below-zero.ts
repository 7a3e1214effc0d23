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
    best.current = Math.max(0, best.current - active.reduce((sum, peer) => sum + peer.weight, 0));
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
    en: 'You keep the counters from going below zero, and with that you throw something away: by how much a server has had more than its share. Add all counters up after each pick of 2, 1, 1. What should the sum be?',
    ko: '카운터가 0보다 작아지지 않게 막는데, 그러면서 버리는 것이 있습니다. 서버가 자기 몫보다 얼마나 더 받았는지입니다. 가중치 2, 1, 1에서 한 번 뽑을 때마다 카운터를 모두 더해 보십시오. 합은 얼마여야 합니까?',
  },
};
