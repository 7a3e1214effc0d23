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
        entry!.lastUsed = ++this.clock;
        return true;
      },
    };
  }

  add(server: ServerId): void {
    if (this.entries.some((entry) => entry.server === server)) throw new RangeError(`server ${server} is known`);
    this.entries.push({ server, open: 0, lastUsed: 0 });
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
    en: 'Among servers with equally many connections you take the one that has been idle longest, counted from its last answer. The brief asks for the one that was chosen longest ago, and a slow answer makes those two different servers. When does your clock tick?',
    ko: '연결 수가 같으면 마지막 응답부터 세어 가장 오래 쉰 서버를 고릅니다. 실습 설명이 요구하는 것은 선택된 지 가장 오래된 서버이며, 응답이 느리면 둘은 서로 다른 서버가 됩니다. 시계가 언제 움직입니까?',
  },
};
