import type { ConnectionCounter, Lease, ServerId } from '../../../../exercises/02-load-balancing/contract.ts';
import type { Misconception } from '../../../suite.ts';

interface Entry {
  readonly server: ServerId;
  open: number;
  lastUsed: number;
}

export class LeastConnections implements ConnectionCounter {
  private readonly entries: Entry[];
  private readonly known = new Map<ServerId, Entry>();
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
    this.entries.push({ server, lastUsed: 0, open: this.known.get(server)?.open ?? 0 });
  }

  remove(server: ServerId): boolean {
    const index = this.entries.findIndex((entry) => entry.server === server);
    if (index < 0) return false;
    for (const gone of this.entries.splice(index, 1)) this.known.set(server, gone);
    return true;
  }
}

export const misconception: Misconception = {
  fails: 'gone-for-good',
  message: {
    en: 'The count is kept under the server’s name and outlives the server. A new one of the same name starts with the connections of the old one, so it looks busier than it is and is passed over. What has to go when a server goes?',
    ko: '연결 수를 서버 이름으로 적어 두고 서버가 빠져도 남겨 둡니다. 이름이 같은 새 서버가 옛 서버의 연결을 물려받으므로, 실제보다 바빠 보여 선택에서 밀립니다. 서버가 빠질 때 무엇이 함께 사라져야 합니까?',
  },
};
