import type { Rotation, ServerId } from '../../../../exercises/02-load-balancing/contract.ts';
import type { Misconception } from '../../../suite.ts';

export class RoundRobin implements Rotation {
  private servers: ServerId[];
  private turn = 0;

  constructor(servers: readonly ServerId[]) {
    if (new Set(servers).size < servers.length) throw new RangeError('servers must be unique');
    this.servers = [...servers];
  }

  pick(): ServerId {
    if (this.servers.length === 0) throw new Error('there are no servers');
    const server = this.servers[this.turn]!;
    this.turn = (this.turn + 1) % this.servers.length;
    return server;
  }

  add(server: ServerId): void {
    if (this.servers.includes(server)) throw new RangeError(`server already present: ${server}`);
    this.refresh([...this.servers, server]);
  }

  remove(server: ServerId): boolean {
    if (!this.servers.includes(server)) return false;
    this.refresh(this.servers.filter((s) => s !== server));
    return true;
  }

  private refresh(servers: ServerId[]): void {
    this.servers = servers;
    this.turn = 0;
  }
}

export const misconception: Misconception = {
  fails: 'keeps-rotation',
  message: {
    en: 'Every change of the list sends the rotation back to its first server. The index is always valid, so nothing breaks, but whoever stands at the front is served again while the others wait. Look at what `add` and `remove` do with the place you had reached.',
    ko: '목록이 바뀔 때마다 순번이 첫 서버로 되돌아갑니다. 인덱스는 늘 유효하므로 오류는 나지 않지만, 맨 앞의 서버가 다시 뽑히고 나머지는 그만큼 더 기다립니다. 지금까지 온 자리를 `add`와 `remove`가 어떻게 다루는지 살펴보십시오.',
  },
};
