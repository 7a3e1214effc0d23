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
    for (const { weight } of servers) valid(weight);
    this.peers = servers as unknown as Peer[];
    for (const peer of this.peers) peer.current = 0;
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
  fails: 'keeps-to-itself',
  message: {
    en: 'You write your own numbers into the very objects that you were given, and whoever handed them over finds their list changed. Where else could those numbers live?',
    ko: '계산에 쓰는 값을 넘겨받은 객체 안에 적습니다. 그 객체를 넘겨준 쪽은 자기 목록이 바뀐 것을 보게 됩니다. 그 값을 달리 어디에 적을 수 있습니까?',
  },
};
