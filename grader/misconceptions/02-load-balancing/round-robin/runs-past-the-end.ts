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
    en: 'After a removal your index can stand behind the last server, where there is nobody, and `pick` answers undefined. Look at what happens to the index when the list behind it becomes shorter; the test in `pick` comes too late, and only catches one exact value.',
    ko: '서버가 빠진 뒤 인덱스가 마지막 서버보다 뒤, 아무도 없는 자리에 서게 되고, `pick`이 undefined를 반환합니다. 목록이 짧아질 때 인덱스가 어디를 가리키는지 살펴보십시오. `pick` 안의 조건은 너무 늦게, 딱 한 값만 잡아냅니다.',
  },
};
