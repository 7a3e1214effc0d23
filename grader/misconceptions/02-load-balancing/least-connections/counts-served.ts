import type { ConnectionCounter, Lease, ServerId } from '../../../../exercises/02-load-balancing/contract.ts';
import type { Misconception } from '../../../suite.ts';

interface Entry {
  readonly server: ServerId;
  requests: number;
  lastUsed: number;
}

export class LeastConnections implements ConnectionCounter {
  private readonly entries: Entry[];
  private clock = 0;

  constructor(servers: readonly ServerId[]) {
    if (new Set(servers).size < servers.length) throw new RangeError('servers has a duplicate');
    this.entries = servers.map((server) => ({ server, requests: 0, lastUsed: 0 }));
  }

  acquire(): Lease {
    if (this.entries.length === 0) throw new Error('no server');
    const [entry] = this.entries.toSorted((a, b) => a.requests - b.requests || a.lastUsed - b.lastUsed);
    entry!.requests++;
    entry!.lastUsed = ++this.clock;
    let released = false;
    return {
      server: entry!.server,
      release: () => {
        if (released) return false;
        released = true;
        return true;
      },
    };
  }

  add(server: ServerId): void {
    if (this.entries.some((entry) => entry.server === server)) throw new RangeError(`server ${server} is known`);
    this.entries.push({ server, requests: 0, lastUsed: 0 });
  }

  remove(server: ServerId): boolean {
    const index = this.entries.findIndex((entry) => entry.server === server);
    if (index < 0) return false;
    this.entries.splice(index, 1);
    return true;
  }
}

export const misconception: Misconception = {
  fails: 'fewest-open',
  message: {
    en: 'You count the requests that a server has been given, and the number never goes down. A server that has long finished everything looks as busy as one that is still working. What does your number do when an answer comes back?',
    ko: '서버가 지금까지 받은 요청을 세고 있어서 그 수가 줄어들지 않습니다. 이미 모든 일을 끝낸 서버가 아직 일하는 서버만큼 바빠 보입니다. 응답이 돌아오면 그 수는 어떻게 됩니까?',
  },
};
