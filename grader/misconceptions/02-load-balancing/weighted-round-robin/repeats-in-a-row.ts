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
    const turn = active.find((peer) => peer.current < peer.weight);
    if (turn === undefined) {
      for (const peer of this.peers) peer.current = 0;
      return this.pick();
    }
    turn.current += 1;
    return turn.server;
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
    en: 'Each server gets all its turns in a row before the next one gets any. The shares are right in the end, but on the way one server takes everything while the others wait. Look at the shares after every single pick.',
    ko: '한 서버가 자기 차례를 모두 연달아 쓰고 나서야 다음 서버로 넘어갑니다. 끝에 가면 몫이 맞지만 그사이 한 서버가 모든 요청을 받고 나머지는 기다립니다. 한 번 뽑을 때마다 몫을 확인해 보십시오.',
  },
};
