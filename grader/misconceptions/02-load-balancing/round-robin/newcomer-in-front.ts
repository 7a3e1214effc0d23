import type { Rotation, ServerId } from '../../../../exercises/02-load-balancing/contract.ts';
import type { Misconception } from '../../../suite.ts';

export class RoundRobin implements Rotation {
  private readonly servers: ServerId[];
  private position = 0;

  constructor(servers: readonly ServerId[]) {
    if (new Set(servers).size < servers.length) throw new RangeError('servers has somebody twice');
    this.servers = [...servers];
  }

  pick(): ServerId {
    const server = this.servers[this.position];
    if (server === undefined) throw new Error('no servers at all');
    this.position = (this.position + 1) % this.servers.length;
    return server;
  }

  add(server: ServerId): void {
    if (this.servers.includes(server)) throw new RangeError(`server ${server} has joined before`);
    this.servers.unshift(server);
  }

  remove(server: ServerId): boolean {
    const at = this.servers.indexOf(server);
    if (at === -1) return false;
    this.servers.splice(at, 1);
    if (at < this.position) this.position -= 1;
    if (this.position === this.servers.length) this.position = 0;
    return true;
  }
}

export const misconception: Misconception = {
  fails: 'welcomes-newcomers',
  message: {
    en: 'A new server is put at the front of the list, which pushes everybody one place back, and the index does not move with them: it points at the server that has just been served. Which servers change their place when somebody joins there?',
    ko: '새 서버를 목록의 맨 앞에 넣으면 다른 서버가 모두 한 자리씩 뒤로 밀리는데 인덱스는 그대로이므로, 방금 뽑힌 서버를 다시 가리킵니다. 그 자리에 누가 들어오면 어느 서버들의 자리가 바뀝니까?',
  },
};
