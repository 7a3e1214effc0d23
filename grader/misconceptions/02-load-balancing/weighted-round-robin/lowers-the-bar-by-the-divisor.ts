import type { ServerId, WeightedRotation, WeightedServer } from '../../../../exercises/02-load-balancing/contract.ts';
import type { Misconception } from '../../../suite.ts';

interface Peer {
  readonly server: ServerId;
  weight: number;
  current: number;
}

export class WeightedRoundRobin implements WeightedRotation {
  private readonly peers: Peer[];
  private at = -1;
  private bar = 0;

  constructor(servers: readonly WeightedServer[]) {
    if (new Set(servers.map(({ server }) => server)).size < servers.length) {
      throw new RangeError('servers names a server twice');
    }
    this.peers = servers.map(({ server, weight }) => ({ server, weight: valid(weight), current: 0 }));
  }

  pick(): ServerId {
    const active = this.peers.filter((peer) => peer.weight > 0);
    if (active.length === 0) throw new Error('every weight is 0');
    for (;;) {
      this.at = (this.at + 1) % this.peers.length;
      if (this.at === 0) this.bar -= active.reduce((common, { weight }) => divisor(common, weight), 0);
      if (this.bar <= 0) this.bar = Math.max(...active.map(({ weight }) => weight));
      const peer = this.peers[this.at]!;
      if (peer.weight >= this.bar) return peer.server;
    }
  }

  setWeight(server: ServerId, weight: number): void {
    const peer = this.peers.find((other) => other.server === server);
    if (peer === undefined) throw new RangeError(`server ${server} is unknown`);
    peer.weight = valid(weight);
  }
}

/** Greatest common divisor. */
function divisor(a: number, b: number): number {
  return b === 0 ? a : divisor(b, a % b);
}

function valid(weight: number): number {
  if (!Number.isSafeInteger(weight) || weight < 0) throw new RangeError(`weight ${weight} is not allowed`);
  return weight;
}

export const misconception: Misconception = {
  fails: 'never-ahead',
  message: {
    en: 'You lower a bar from the largest weight, by the greatest common divisor of the weights, and serve whoever reaches it: the weighted round robin of the textbooks and of Linux Virtual Server (LVS). While the bar is high, only the heavy servers reach it, and they are served again and again before a light one gets its first turn. Look at the shares after every single pick.',
    ko: '가장 큰 가중치에서 가중치들의 최대공약수만큼 기준을 낮춰 가며 그 기준에 이르는 서버를 고릅니다. 교과서와 리눅스 가상 서버(LVS)에 나오는 가중 라운드 로빈입니다. 기준이 높은 동안에는 무거운 서버만 거기에 이르므로, 가벼운 서버가 첫 차례를 받기도 전에 무거운 서버가 거듭 뽑힙니다. 한 번 뽑을 때마다 몫을 확인해 보십시오.',
  },
};
