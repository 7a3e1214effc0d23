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
    const best = active.reduce((a, b) => (b.current / b.weight < a.current / a.weight ? b : a));
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
  fails: 'changes-keep-shares',
  message: {
    en: 'You give the next pick to whoever has had the fewest in proportion to its weight, counted from the very beginning. After a change the whole past is measured by the new weights, and one server gets everything until it has caught up with a share that it was never owed. From when on does a new weight count?',
    ko: '처음부터 지금까지 받은 횟수를 가중치로 나누어 가장 적은 서버에 다음 차례를 줍니다. 가중치가 바뀌면 지난 일까지 새 가중치로 재므로, 받을 몫이 아니었던 것을 따라잡을 때까지 한 서버가 전부 받습니다. 새 가중치는 언제부터 적용됩니까?',
  },
};
