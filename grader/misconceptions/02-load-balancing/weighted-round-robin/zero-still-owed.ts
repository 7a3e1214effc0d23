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
    for (const peer of this.peers) peer.current += peer.weight;
    const best = this.peers.reduce((a, b) => (b.current > a.current ? b : a));
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
  fails: 'zero-gets-none',
  message: {
    en: 'A server whose weight has become 0 is still picked when its counter is the highest: it is paid nothing any more, but what it was owed before is still there. A weight of 0 counts from the next pick on. Who takes part in the choice?',
    ko: '가중치가 0이 된 서버라도 카운터가 가장 높으면 여전히 뽑힙니다. 더는 아무것도 더해지지 않지만 전에 쌓인 값이 남아 있기 때문입니다. 가중치 0은 다음 선택부터 바로 적용됩니다. 누가 선택에 참여해야 합니까?',
  },
};
