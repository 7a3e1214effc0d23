import type { Rotation, ServerId } from '../../../../exercises/02-load-balancing/contract.ts';
import type { Misconception } from '../../../suite.ts';

export class RoundRobin implements Rotation {
  private readonly servers: ServerId[];
  private index = 0;

  constructor(servers: readonly ServerId[]) {
    if (new Set(servers).size !== servers.length) throw new RangeError('servers contains a duplicate');
    this.servers = [...servers];
  }

  pick(): ServerId {
    if (this.servers.length === 0) throw new Error('no servers');
    if (this.index >= this.servers.length) this.index = 0;
    const server = this.servers[this.index]!;
    this.index += 1;
    return server;
  }

  add(server: ServerId): void {
    if (this.servers.includes(server)) throw new RangeError(`server ${server} exists`);
    this.servers.push(server);
  }

  remove(server: ServerId): boolean {
    const at = this.servers.indexOf(server);
    if (at === -1) return false;
    this.servers.splice(at, 1);
    return true;
  }
}

export const misconception: Misconception = {
  fails: 'keeps-rotation',
  message: {
    en: 'Your index still counts from the old list. When a server in front of it leaves, everybody behind moves up one place, and the index alone stays where it was. Who stands at that place now, and who stood there before?',
    ko: '인덱스가 아직 예전 목록을 기준으로 셉니다. 앞에 있던 서버가 빠지면 그 뒤의 서버는 모두 한 칸씩 당겨지는데 인덱스만 제자리에 남습니다. 그 자리에 전에는 누가 있었고 지금은 누가 있습니까?',
  },
};
