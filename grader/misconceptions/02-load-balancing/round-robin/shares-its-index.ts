import type { Rotation, ServerId } from '../../../../exercises/02-load-balancing/contract.ts';
import type { Misconception } from '../../../suite.ts';

let next = 0;

export class RoundRobin implements Rotation {
  private readonly servers: ServerId[];

  constructor(servers: readonly ServerId[]) {
    if (new Set(servers).size < servers.length) throw new RangeError('servers: duplicate name');
    this.servers = [...servers];
  }

  pick(): ServerId {
    if (this.servers.length === 0) throw new Error('no server');
    next %= this.servers.length;
    return this.servers[next++]!;
  }

  add(server: ServerId): void {
    if (this.servers.includes(server)) throw new RangeError(`server ${server} is known`);
    this.servers.push(server);
  }

  remove(server: ServerId): boolean {
    const index = this.servers.indexOf(server);
    if (index < 0) return false;
    this.servers.splice(index, 1);
    if (index < next) next -= 1;
    return true;
  }
}

export const misconception: Misconception = {
  fails: 'shares-nothing',
  message: {
    en: 'Two rotations push each other along: whose turn it is lives in one place for all of them, outside the class or in a static field. Look for a variable that belongs to no instance.',
    ko: '두 순번이 서로의 차례를 밀어냅니다. 누구의 차례인지를 클래스 밖의 변수나 static 필드처럼 모든 순번이 함께 쓰는 한곳에 적고 있습니다. 어느 인스턴스에도 속하지 않는 변수를 찾아보십시오.',
  },
};
