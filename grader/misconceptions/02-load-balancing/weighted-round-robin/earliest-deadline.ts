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
    this.peers = servers.map(({ server, weight }) => ({ server, weight: valid(weight), current: 1 / weight }));
  }

  pick(): ServerId {
    const active = this.peers.filter((peer) => peer.weight > 0);
    if (active.length === 0) throw new Error('every weight is 0');
    const next = active.reduce((a, b) => (b.current < a.current ? b : a));
    next.current += 1 / next.weight;
    return next.server;
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
    en: 'You plan each server’s turns at equal distances and serve the earliest, whether it is due yet or not. A heavy server runs through its early turns before a light one has had any. Which turns should not be handed out yet?',
    ko: '서버마다 차례를 같은 간격으로 정해 두고, 아직 때가 되지 않은 차례라도 가장 이른 것부터 내줍니다. 그래서 가벼운 서버가 한 번도 받기 전에 무거운 서버가 이른 차례를 모두 씁니다. 아직 내주면 안 되는 차례는 어느 것입니까?',
  },
};
