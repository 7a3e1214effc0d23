import type { Rotation, ServerId } from '../../../../exercises/02-load-balancing/contract.ts';
import type { Misconception } from '../../../suite.ts';

export class RoundRobin implements Rotation {
  private queue: ServerId[];

  constructor(servers: readonly ServerId[]) {
    if (new Set(servers).size < servers.length) throw new RangeError('servers contains the same server twice');
    this.queue = [...servers];
  }

  pick(): ServerId {
    const server = this.queue.shift();
    if (server === undefined) throw new Error('no server');
    this.queue.push(server);
    return server;
  }

  add(server: ServerId): void {
    if (this.queue.includes(server)) throw new RangeError(`server ${server} is a duplicate`);
    this.queue.push(server);
  }

  remove(server: ServerId): boolean {
    const [removed] = this.queue.splice(this.queue.indexOf(server), 1);
    return removed === server;
  }
}

export const misconception: Misconception = {
  fails: 'refuses-bad-calls',
  message: {
    en: 'Removing a server that is not in the rotation takes out another one: look at what `indexOf` answers when it finds nothing, and at what `splice` does with that number.',
    ko: '순번에 없는 서버를 빼려 할 때 엉뚱한 서버가 빠집니다. `indexOf`가 아무것도 찾지 못했을 때 무엇을 반환하는지, `splice`가 그 숫자를 어떻게 다루는지 살펴보십시오.',
  },
};
