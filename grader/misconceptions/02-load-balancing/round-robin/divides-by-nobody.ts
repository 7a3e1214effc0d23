import type { Rotation, ServerId } from '../../../../exercises/02-load-balancing/contract.ts';
import type { Misconception } from '../../../suite.ts';

export class RoundRobin implements Rotation {
  private readonly servers: ServerId[];
  private index = 0;

  constructor(servers: readonly ServerId[]) {
    if (new Set(servers).size < servers.length) throw new RangeError('servers holds a name twice');
    this.servers = [...servers];
  }

  pick(): ServerId {
    if (this.servers.length === 0) throw new Error('the rotation is empty');
    const server = this.servers[this.index];
    this.index = (this.index + 1) % this.servers.length;
    return server as ServerId;
  }

  add(server: ServerId): void {
    if (this.servers.includes(server)) throw new RangeError(`server ${server} takes turns already`);
    this.servers.push(server);
  }

  remove(server: ServerId): boolean {
    const at = this.servers.indexOf(server);
    if (at === -1) return false;
    this.servers.splice(at, 1);
    if (at < this.index) this.index -= 1;
    this.index %= this.servers.length;
    return true;
  }
}

export const misconception: Misconception = {
  fails: 'welcomes-newcomers',
  message: {
    en: 'When the last server leaves, your index is divided by a length of 0, and the remainder is NaN. No place has that number, and NaN + 1 is NaN again: the rotation never recovers, whoever joins. What should the index be while there is nobody?',
    ko: '마지막 서버가 빠질 때 인덱스를 길이 0으로 나누므로 나머지가 NaN이 됩니다. 그런 자리는 없고 NaN + 1도 NaN이므로, 누가 들어오든 순번은 다시 살아나지 못합니다. 서버가 하나도 없는 동안 인덱스는 얼마여야 합니까?',
  },
};
