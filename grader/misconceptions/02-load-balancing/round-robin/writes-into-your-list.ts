import type { Rotation, ServerId } from '../../../../exercises/02-load-balancing/contract.ts';
import type { Misconception } from '../../../suite.ts';

export class RoundRobin implements Rotation {
  private readonly servers: ServerId[];
  private next = 0;

  constructor(servers: readonly ServerId[]) {
    if (new Set(servers).size < servers.length) throw new RangeError('servers must not repeat a name');
    this.servers = servers as ServerId[];
  }

  pick(): ServerId {
    const server = this.servers[this.next];
    if (server === undefined) throw new Error('there is no server');
    this.next = (this.next + 1) % this.servers.length;
    return server;
  }

  add(server: ServerId): void {
    if (this.servers.includes(server)) throw new RangeError(`server ${server} is in rotation already`);
    this.servers.push(server);
  }

  remove(server: ServerId): boolean {
    const index = this.servers.indexOf(server);
    if (index === -1) return false;
    this.servers.splice(index, 1);
    if (index < this.next) this.next -= 1;
    if (this.next === this.servers.length) this.next = 0;
    return true;
  }
}

export const misconception: Misconception = {
  fails: 'leaves-your-list-alone',
  message: {
    en: 'Picking leaves your caller’s list alone, but a server that joins your rotation turns up in that list, too: there is one array, and both of you hold it. Somebody who makes two balancers from one list changes both with a single call. Look at what the constructor keeps.',
    ko: '뽑을 때는 넘겨받은 목록이 그대로이지만, 순번에 들인 서버가 그 목록에도 나타납니다. 배열은 하나이고 양쪽이 그것을 함께 쥐고 있습니다. 목록 하나로 로드 밸런서 두 개를 만든 사람은 한 번의 호출로 둘 다 바꾸게 됩니다. 생성자가 무엇을 간직하는지 살펴보십시오.',
  },
};
