import type { ConnectionCounter, Lease, ServerId } from '../../../../exercises/02-load-balancing/contract.ts';
import type { Misconception } from '../../../suite.ts';

interface Node {
  readonly server: ServerId;
  open: number;
}

export class LeastConnections implements ConnectionCounter {
  private readonly nodes: Node[];

  constructor(servers: readonly ServerId[]) {
    if (new Set(servers).size < servers.length) throw new RangeError('servers contains duplicates');
    this.nodes = servers.map((server) => ({ server, open: 0 }));
  }

  acquire(): Lease {
    if (this.nodes.length === 0) throw new Error('no servers configured');
    let node = this.nodes[0]!;
    for (const candidate of this.nodes) if (candidate.open <= node.open) node = candidate;
    node.open += 1;
    let done = false;
    return {
      server: node.server,
      release: () => {
        if (done) return false;
        done = true;
        node.open -= 1;
        return true;
      },
    };
  }

  add(server: ServerId): void {
    if (this.nodes.some((node) => node.server === server)) throw new RangeError(`server ${server} is in use`);
    this.nodes.push({ server, open: 0 });
  }

  remove(server: ServerId): boolean {
    const index = this.nodes.findIndex((node) => node.server === server);
    if (index === -1) return false;
    this.nodes.splice(index, 1);
    return true;
  }
}

export const misconception: Misconception = {
  fails: 'ties-rotate',
  message: {
    en: 'When several servers have the fewest, yours takes the one that stands last in the list, even for the very first request: equal is enough to change your mind. Who was chosen longest ago?',
    ko: '연결이 가장 적은 서버가 여럿이면 맨 첫 요청부터 목록의 마지막 서버를 고릅니다. 수가 같기만 해도 더 뒤의 서버로 바꾸기 때문입니다. 선택된 지 가장 오래된 서버는 누구입니까?',
  },
};
