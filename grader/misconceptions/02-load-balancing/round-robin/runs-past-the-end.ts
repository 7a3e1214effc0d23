import type { Rotation, ServerId } from '../../../../exercises/02-load-balancing/contract.ts';
import type { Misconception } from '../../../suite.ts';

export class RoundRobin implements Rotation {
  private readonly servers: ServerId[];
  private i = 0;

  constructor(servers: readonly ServerId[]) {
    if (new Set(servers).size !== servers.length) throw new RangeError('servers has duplicates');
    this.servers = servers.slice();
  }

  pick(): ServerId {
    if (this.servers.length === 0) throw new Error('no servers left');
    const server = this.servers[this.i];
    this.i++;
    if (this.i === this.servers.length) this.i = 0;
    return server as ServerId;
  }

  add(server: ServerId): void {
    if (this.servers.includes(server)) throw new RangeError(`server ${server} already added`);
    this.servers.push(server);
  }

  remove(server: ServerId): boolean {
    const position = this.servers.indexOf(server);
    if (position < 0) return false;
    this.servers.splice(position, 1);
    if (position < this.i) this.i--;
    return true;
  }
}

export const misconception: Misconception = {
  fails: 'keeps-rotation',
  message: {
    en: 'After a removal your index can stand behind the last server, where there is nobody, and `pick` returns undefined. That happens when the server whose turn it is stands last in the list and leaves. Where does your index point then, and whose turn should it be?',
    ko: '서버가 빠진 뒤 인덱스가 마지막 서버보다 뒤, 아무도 없는 자리에 서게 되고, `pick`이 undefined를 반환합니다. 차례가 된 서버가 목록의 맨 끝에 있다가 빠질 때 생기는 일입니다. 그때 인덱스는 어디를 가리키며, 누구의 차례여야 합니까?',
  },
};
