import type { Rotation, ServerId } from '../../../../exercises/02-load-balancing/contract.ts';
import type { Misconception } from '../../../suite.ts';

export class RoundRobin implements Rotation {
  private servers: readonly ServerId[];
  private current = 0;

  constructor(servers: readonly ServerId[]) {
    if (new Set(servers).size < servers.length) throw new RangeError('servers are not all different');
    this.servers = [...servers];
  }

  pick(): ServerId {
    if (this.servers.length === 0) throw new Error('no server in the rotation');
    this.current = (this.current + 1) % this.servers.length;
    return this.servers[this.current]!;
  }

  add(server: ServerId): void {
    if (this.servers.includes(server)) throw new RangeError(`server ${server} is in already`);
    this.servers = [...this.servers, server];
  }

  remove(server: ServerId): boolean {
    const at = this.servers.indexOf(server);
    if (at === -1) return false;
    this.servers = this.servers.toSpliced(at, 1);
    if (at <= this.current) this.current -= 1;
    return true;
  }
}

export const misconception: Misconception = {
  fails: 'rotates',
  message: {
    en: 'Your first pick is the second server of the list, so the first one waits for a whole round. Look at where the rotation begins, and at the order in which `pick` hands a server out and moves on.',
    ko: '목록의 두 번째 서버가 가장 먼저 뽑히므로, 첫 서버는 한 바퀴를 기다립니다. 순번이 어느 자리에서 시작하는지, 그리고 `pick`이 서버를 내주는 일과 다음으로 넘어가는 일을 어떤 순서로 하는지 살펴보십시오.',
  },
};
