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
    this.entries.push({ server, open: 0, lastUsed: this.known.get(server)?.lastUsed ?? 0 });
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
    en: 'The connections of a server that leaves are forgotten, but when it was last chosen is not: that is kept under its name, and a new server of the same name inherits it. In a tie the newcomer then has to stand behind others, although it has never had a turn. Which of the things that you know about a server belong to the name, and which to the server that has left?',
    ko: '빠진 서버의 연결은 잊지만, 마지막으로 언제 선택되었는지는 이름으로 남아 있어서 이름이 같은 새 서버가 물려받습니다. 그래서 동점일 때 새 서버는 한 번도 차례를 받지 못했는데도 다른 서버 뒤로 밀립니다. 서버에 대해 아는 것 가운데 무엇이 이름에 딸린 것이고, 무엇이 이미 빠진 서버에 딸린 것인지 살펴보십시오.',
  },
};
