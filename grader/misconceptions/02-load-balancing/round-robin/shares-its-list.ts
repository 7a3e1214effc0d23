import type { Rotation, ServerId } from '../../../../exercises/02-load-balancing/contract.ts';
import type { Misconception } from '../../../suite.ts';

export class RoundRobin implements Rotation {
  private static servers: ServerId[] = [];
  private next = 0;

  constructor(servers: readonly ServerId[]) {
    if (new Set(servers).size < servers.length) throw new RangeError('servers: somebody is in it twice');
    RoundRobin.servers = [...servers];
  }

  pick(): ServerId {
    const server = RoundRobin.servers[this.next];
    if (server === undefined) throw new Error('nobody is there');
    this.next = (this.next + 1) % RoundRobin.servers.length;
    return server;
  }

  add(server: ServerId): void {
    if (RoundRobin.servers.includes(server)) throw new RangeError(`server ${server} is there`);
    RoundRobin.servers.push(server);
  }

  remove(server: ServerId): boolean {
    const at = RoundRobin.servers.indexOf(server);
    if (at === -1) return false;
    RoundRobin.servers.splice(at, 1);
    if (at < this.next) this.next -= 1;
    if (this.next === RoundRobin.servers.length) this.next = 0;
    return true;
  }
}

export const misconception: Misconception = {
  fails: 'shares-nothing',
  message: {
    en: 'The servers are kept in one place for all rotations: whoever makes a second rotation takes the servers of the first one away. What does `static`, or a variable outside the class, mean for two instances?',
    ko: '서버 목록을 모든 순번이 함께 쓰는 한곳에 둡니다. 누가 두 번째 순번을 만들면 첫 번째 순번은 자기 서버를 잃습니다. `static`이나 클래스 밖의 변수는 두 인스턴스에 무엇을 뜻합니까?',
  },
};
