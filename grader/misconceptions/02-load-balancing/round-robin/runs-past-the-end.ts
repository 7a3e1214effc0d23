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
    en: 'After a removal your index can stand behind the last server, where there is nobody: `pick` answers undefined. And because it only turns back when it meets the length exactly, it may never come back.',
    ko: '서버가 빠진 뒤 인덱스가 마지막 서버보다 뒤, 아무도 없는 자리에 설 수 있고, 그러면 `pick`이 undefined를 반환합니다. 길이와 정확히 같아질 때만 처음으로 돌아가므로 영영 돌아오지 못할 수도 있습니다.',
  },
};
