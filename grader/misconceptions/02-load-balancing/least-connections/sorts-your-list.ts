import type { ConnectionCounter, Lease, ServerId } from '../../../../exercises/02-load-balancing/contract.ts';
import type { Misconception } from '../../../suite.ts';

export class LeastConnections implements ConnectionCounter {
  private readonly open: Record<ServerId, number> = {};
  private readonly servers: ServerId[];

  constructor(servers: readonly ServerId[]) {
    if (new Set(servers).size < servers.length) throw new RangeError('servers: names must be unique');
    this.servers = servers as ServerId[];
    for (const server of servers) this.open[server] = 0;
  }

  acquire(): Lease {
    this.servers.sort((a, b) => this.open[a]! - this.open[b]!);
    const server = this.servers.shift();
    if (server === undefined) throw new Error('no server to choose');
    this.servers.push(server);
    this.open[server]! += 1;
    let returned = false;
    const release = () => {
      if (returned) return false;
      returned = true;
      if (this.open[server] !== undefined) this.open[server] -= 1;
      return true;
    };
    return { server, release };
  }

  add(server: ServerId): void {
    if (this.servers.includes(server)) throw new RangeError(`server ${server} was added before`);
    this.servers.push(server);
    this.open[server] = 0;
  }

  remove(server: ServerId): boolean {
    const index = this.servers.indexOf(server);
    if (index === -1) return false;
    this.servers.splice(index, 1);
    delete this.open[server];
    return true;
  }
}

export const misconception: Misconception = {
  fails: 'keeps-to-itself',
  message: {
    en: 'You rearrange the very array that you were given. `sort`, `shift` and `push` work in place: whoever handed the list over finds its servers in another order. What does the constructor keep?',
    ko: '넘겨받은 배열 안에서 서버의 순서를 바꿉니다. `sort`와 `shift`, `push`는 배열 자체를 바꾸므로, 목록을 넘겨준 쪽은 순서가 바뀐 서버를 보게 됩니다. 생성자가 무엇을 간직하고 있습니까?',
  },
};
