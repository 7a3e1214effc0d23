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
    const open = active.filter((peer) => peer.current < peer.weight);
    if (open.length === 0) {
      for (const peer of this.peers) peer.current = 0;
      return this.pick();
    }
    const best = open.reduce((a, b) => (b.current < a.current ? b : a));
    best.current += 1;
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
    en: 'You go round by round and leave out whoever has used up its weight. Everybody gets a turn in the early rounds, so a light server runs through all of its turns while the heavy ones are still owed most of theirs. Look at 7, 3 after six picks.',
    ko: '한 바퀴씩 돌면서 가중치만큼 다 받은 서버를 뺍니다. 앞쪽 바퀴에서는 모두가 한 번씩 받으므로, 무거운 서버가 아직 대부분을 기다리는 동안 가벼운 서버는 자기 차례를 다 써 버립니다. 가중치 7, 3에서 여섯 번 뽑은 뒤를 살펴보십시오.',
  },
};
