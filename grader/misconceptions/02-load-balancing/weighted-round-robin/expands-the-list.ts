import type { ServerId, WeightedRotation, WeightedServer } from '../../../../exercises/02-load-balancing/contract.ts';
import type { Misconception } from '../../../suite.ts';

export class WeightedRoundRobin implements WeightedRotation {
  private readonly weights = new Map<ServerId, number>();
  private list: ServerId[] = [];
  private next = 0;

  constructor(servers: readonly WeightedServer[]) {
    for (const { server, weight } of servers) {
      if (this.weights.has(server)) throw new RangeError(`servers: ${server} is there already`);
      this.weights.set(server, valid(weight));
    }
    this.expand();
  }

  pick(): ServerId {
    if (this.list.length === 0) throw new Error('the list is empty');
    const server = this.list[this.next]!;
    this.next = (this.next + 1) % this.list.length;
    return server;
  }

  setWeight(server: ServerId, weight: number): void {
    if (!this.weights.has(server)) throw new RangeError(`there is no server ${server}`);
    this.weights.set(server, valid(weight));
    this.expand();
  }

  private expand(): void {
    this.list = [...this.weights].flatMap(([server, weight]) => Array<ServerId>(weight).fill(server));
    this.next = 0;
  }
}

function valid(weight: number): number {
  if (!Number.isSafeInteger(weight) || weight < 0) throw new RangeError(`weight ${weight} is not allowed`);
  return weight;
}

export const misconception: Misconception = {
  fails: 'never-ahead',
  message: {
    en: 'You write each server into a list as often as its weight says and walk through it. All of a server’s turns then stand side by side, and everybody else waits until they are over. (And each change of a weight starts the walk from the top.) Look at the shares after every single pick.',
    ko: '서버를 가중치만큼 여러 번 적은 목록을 만들어 차례로 따라갑니다. 한 서버의 차례가 모두 나란히 놓이므로, 그것이 끝날 때까지 나머지는 기다립니다. (게다가 가중치가 바뀔 때마다 목록의 처음으로 돌아갑니다.) 한 번 뽑을 때마다 몫을 확인해 보십시오.',
  },
};
