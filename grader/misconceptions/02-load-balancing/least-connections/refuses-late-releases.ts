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
        if (released || !this.entries.includes(entry!)) return false;
        released = true;
        entry!.open--;
        return true;
      },
    };
  }

  add(server: ServerId): void {
    if (this.entries.some((entry) => entry.server === server)) throw new RangeError(`server ${server} is known`);
    this.entries.push({ server, lastUsed: 0, open: 0 });
  }

  remove(server: ServerId): boolean {
    const index = this.entries.findIndex((entry) => entry.server === server);
    if (index < 0) return false;
    this.entries.splice(index, 1);
    return true;
  }
}

export const misconception: Misconception = {
  fails: 'gone-for-good',
  message: {
    en: 'A lease on a server that has left answers false, as if it had been given back before. Nobody has given it back yet, and whoever holds it cannot know that the server is gone. What does the result of `release` tell: something about the server, or something about the lease?',
    ko: '빠진 서버의 임대를 풀면 이미 푼 임대처럼 false를 반환합니다. 그러나 아직 아무도 그 임대를 풀지 않았고, 임대를 쥔 쪽은 서버가 빠진 것을 알 수 없습니다. `release`의 결과는 서버에 대해 알려 주는 것입니까, 임대에 대해 알려 주는 것입니까?',
  },
};
