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
    en: 'You move on before you hand a server out, and you start at place 0, so the first server of the list waits for a whole round. Look at the order of the two steps in `pick`, or at where the index begins.',
    ko: '서버를 내주기 전에 먼저 다음으로 넘어가는데 시작은 0번 자리이므로, 목록의 첫 서버가 한 바퀴를 기다립니다. `pick` 안의 두 단계의 순서나 인덱스가 시작하는 자리를 살펴보십시오.',
  },
};
