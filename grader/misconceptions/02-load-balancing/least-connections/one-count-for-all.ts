import type { ConnectionCounter, Lease, ServerId } from '../../../../exercises/02-load-balancing/contract.ts';
import type { Misconception } from '../../../suite.ts';

const open = new Map<ServerId, number>();

export class LeastConnections implements ConnectionCounter {
  /** The one chosen longest ago first. */
  private order: ServerId[];

  constructor(servers: readonly ServerId[]) {
    if (new Set(servers).size < servers.length) throw new RangeError('servers has one more than once');
    this.order = [...servers];
  }

  acquire(): Lease {
    const counts = this.order.map((server) => open.get(server) ?? 0);
    const server = this.order[counts.indexOf(Math.min(...counts))];
    if (server === undefined) throw new Error('no server to connect to');
    this.order = [...this.order.filter((other) => other !== server), server];
    open.set(server, (open.get(server) ?? 0) + 1);
    let held = true;
    return {
      server,
      release: () => {
        if (!held) return false;
        held = false;
        open.set(server, open.get(server)! - 1);
        return true;
      },
    };
  }

  add(server: ServerId): void {
    if (this.order.includes(server)) throw new RangeError(`server ${server} is connected already`);
    this.order.unshift(server);
  }

  remove(server: ServerId): boolean {
    const left = this.order.filter((other) => other !== server);
    const found = left.length < this.order.length;
    this.order = left;
    return found;
  }
}

export const misconception: Misconception = {
  fails: 'keeps-to-itself',
  message: {
    en: 'The open connections are counted in one place for all balancers, under the servers’ names: outside the class, or in a static field. A second balancer, or the next test, begins with the connections of the first one. Whose connections should each balancer count?',
    ko: '열린 연결을 클래스 밖의 변수나 static 필드처럼 모든 로드 밸런서가 함께 쓰는 한곳에 서버 이름으로 적어 둡니다. 두 번째 로드 밸런서나 다음 테스트가 첫 번째의 연결을 안고 시작합니다. 로드 밸런서마다 누구의 연결을 세어야 합니까?',
  },
};
