import type { ConnectionCounter, Lease, ServerId } from '../../../../exercises/02-load-balancing/contract.ts';
import type { Misconception } from '../../../suite.ts';

export class LeastConnections implements ConnectionCounter {
  private readonly open = new Map<ServerId, number>();
  private order: ServerId[];

  constructor(servers: readonly ServerId[]) {
    for (const server of servers) {
      if (this.open.has(server)) throw new RangeError(`servers: ${server} appears twice`);
      this.open.set(server, 0);
    }
    this.order = [...servers];
  }

  acquire(): Lease {
    let best: ServerId | undefined;
    for (const server of this.order) {
      if (best === undefined || this.open.get(server)! < this.open.get(best)!) best = server;
    }
    if (best === undefined) throw new Error('no servers');
    const server = best;
    this.order = [...this.order.filter((other) => other !== server), server];
    this.open.set(server, this.open.get(server)! + 1);
    return { server, release: () => this.release(server) };
  }

  private release(server: ServerId): boolean {
    const count = this.open.get(server) ?? 0;
    if (count === 0) return false;
    this.open.set(server, count - 1);
    return true;
  }

  add(server: ServerId): void {
    if (this.open.has(server)) throw new RangeError(`server ${server} is already known`);
    this.open.set(server, 0);
    this.order.push(server);
  }

  remove(server: ServerId): boolean {
    this.order = this.order.filter((other) => other !== server);
    return this.open.delete(server);
  }
}

export const misconception: Misconception = {
  fails: 'release-once',
  message: {
    en: 'Releasing asks the server whether anything is open, not the lease whether it was given back already. As long as somebody else has a connection there, a second release frees theirs, and the server looks emptier than it is. Who knows whether this lease has been given back?',
    ko: '임대를 풀 때 이 임대를 이미 돌려주었는지가 아니라 서버에 열린 연결이 있는지를 확인합니다. 그 서버에 다른 사람의 연결이 있으면 두 번째 `release`가 그 연결을 풀어 버려서, 서버가 실제보다 한가해 보입니다. 이 임대를 이미 돌려주었는지는 누가 알고 있어야 합니까?',
  },
};
