import type { Rotation, ServerId } from '../../../../exercises/02-load-balancing/contract.ts';
import type { Misconception } from '../../../suite.ts';

export class RoundRobin implements Rotation {
  private readonly servers: ServerId[];

  constructor(servers: readonly ServerId[]) {
    if (new Set(servers).size < servers.length) throw new RangeError('servers must not repeat a name');
    this.servers = servers as ServerId[];
  }

  pick(): ServerId {
    const server = this.servers.shift();
    if (server === undefined) throw new Error('there is no server');
    this.servers.push(server);
    return server;
  }

  add(server: ServerId): void {
    if (this.servers.includes(server)) throw new RangeError(`server ${server} is in rotation already`);
    this.servers.push(server);
  }

  remove(server: ServerId): boolean {
    const index = this.servers.indexOf(server);
    if (index === -1) return false;
    this.servers.splice(index, 1);
    return true;
  }
}

export const misconception: Misconception = {
  fails: 'leaves-your-list-alone',
  message: {
    en: 'Your rotation keeps the very array that it was given and rearranges it. Whoever handed it over still uses it, and finds servers moved or missing. Look at what the constructor keeps.',
    ko: '넘겨받은 배열을 그대로 간직한 채 그 안의 서버를 옮깁니다. 배열을 넘겨준 쪽은 여전히 그것을 사용하므로, 서버의 순서가 바뀌거나 서버가 사라진 것을 보게 됩니다. 생성자가 무엇을 간직하는지 살펴보십시오.',
  },
};
