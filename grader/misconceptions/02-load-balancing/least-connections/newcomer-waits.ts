import type { ConnectionCounter, Lease, ServerId } from '../../../../exercises/02-load-balancing/contract.ts';
import type { Misconception } from '../../../suite.ts';

interface Entry {
  readonly server: ServerId;
  open: number;
  lastUsed: number;
}

export class LeastConnections implements ConnectionCounter {
  private readonly entries: Entry[];
  private clock = 0;

  constructor(servers: readonly ServerId[]) {
    if (new Set(servers).size < servers.length) throw new RangeError('servers has a duplicate');
    this.entries = servers.map((server) => ({ server, open: 0, lastUsed: 0 }));
  }

  acquire(): Lease {
    if (this.entries.length === 0) throw new Error('no server');
    const [entry] = this.entries.toSorted((a, b) => a.open - b.open || a.lastUsed - b.lastUsed);
    entry!.open++;
    entry!.lastUsed = ++this.clock;
    let released = false;
    return {
      server: entry!.server,
      release: () => {
        if (released) return false;
        released = true;
        entry!.open--;
        return true;
      },
    };
  }

  add(server: ServerId): void {
    if (this.entries.some((entry) => entry.server === server)) throw new RangeError(`server ${server} is known`);
    this.entries.push({ server, open: 0, lastUsed: ++this.clock });
  }

  remove(server: ServerId): boolean {
    const index = this.entries.findIndex((entry) => entry.server === server);
    if (index < 0) return false;
    this.entries.splice(index, 1);
    return true;
  }
}

export const misconception: Misconception = {
  fails: 'ties-rotate',
  message: {
    en: 'A server that joins is treated as if it had just been chosen, so in a tie it comes last. But it has never been chosen at all: who has waited longer than somebody who has never had a turn?',
    ko: '새로 들어온 서버를 방금 선택된 서버처럼 다루어 동점이면 맨 뒤로 보냅니다. 그러나 그 서버는 한 번도 선택된 적이 없습니다. 한 번도 차례를 받지 못한 서버보다 오래 기다린 서버가 있습니까?',
  },
};
