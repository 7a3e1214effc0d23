import type { ServerId, WeightedRotation, WeightedServer } from '../../../../exercises/02-load-balancing/contract.ts';
import type { Misconception } from '../../../suite.ts';

const accounts = new Map<ServerId, number>();

export class WeightedRoundRobin implements WeightedRotation {
  private readonly weights = new Map<ServerId, number>();

  constructor(servers: readonly WeightedServer[]) {
    for (const { server, weight } of servers) {
      if (this.weights.has(server)) throw new RangeError(`servers has ${server} once too often`);
      this.weights.set(server, valid(weight));
    }
  }

  pick(): ServerId {
    let best: ServerId | undefined;
    let total = 0;
    for (const [server, weight] of this.weights) {
      if (weight === 0) continue;
      total += weight;
      accounts.set(server, balance(server) + weight);
      if (best === undefined || balance(server) > balance(best)) best = server;
    }
    if (best === undefined) throw new Error('nobody has a weight');
    accounts.set(best, balance(best) - total);
    return best;
  }

  setWeight(server: ServerId, weight: number): void {
    if (!this.weights.has(server)) throw new RangeError(`server ${server} is none of these`);
    this.weights.set(server, valid(weight));
  }
}

function balance(server: ServerId): number {
  return accounts.get(server) ?? 0;
}

function valid(weight: number): number {
  if (!Number.isSafeInteger(weight) || weight < 0) throw new RangeError(`weight ${weight} is not allowed`);
  return weight;
}

export const misconception: Misconception = {
  fails: 'keeps-to-itself',
  message: {
    en: 'What the servers are owed is kept in one place for all rotations, under the servers’ names: outside the class, or in a static field. A second rotation, or the next test, goes on where the first one stopped. Whose accounts are they?',
    ko: '서버가 얼마나 기다렸는지를 클래스 밖의 변수나 static 필드처럼 모든 순번이 함께 쓰는 한곳에 서버 이름으로 적어 둡니다. 두 번째 순번이나 다음 테스트가 첫 번째 순번이 멈춘 곳에서 이어집니다. 그 기록은 누구의 것이어야 합니까?',
  },
};
