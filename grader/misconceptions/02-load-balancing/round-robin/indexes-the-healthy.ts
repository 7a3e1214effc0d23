import type { Rotation, ServerId } from '../../../../exercises/02-load-balancing/contract.ts';
import type { Misconception } from '../../../suite.ts';

export class RoundRobin implements Rotation {
  private readonly servers: { readonly name: ServerId; here: boolean }[];
  private cursor = 0;

  constructor(servers: readonly ServerId[]) {
    if (new Set(servers).size < servers.length) throw new RangeError('servers repeats a name');
    this.servers = servers.map((name) => ({ name, here: true }));
  }

  pick(): ServerId {
    const active = this.servers.filter((server) => server.here);
    if (active.length === 0) throw new Error('no active server');
    const server = active[this.cursor]?.name;
    this.cursor = (this.cursor + 1) % active.length;
    return server as ServerId;
  }

  add(server: ServerId): void {
    const known = this.servers.find(({ name }) => name === server);
    if (known?.here) throw new RangeError(`server ${server} is active already`);
    if (known) known.here = true;
    else this.servers.push({ name: server, here: true });
  }

  remove(server: ServerId): boolean {
    const known = this.servers.find(({ name, here }) => here && name === server);
    if (known) known.here = false;
    return known !== undefined;
  }
}

export const misconception: Misconception = {
  fails: 'keeps-rotation',
  message: {
    en: 'You mark servers as gone and build a fresh list of the rest for each pick, yet the cursor counts places in the previous list. A place in one list says nothing about another: it may belong to somebody else, or to nobody.',
    ko: '빠진 서버에 표시만 해 두고 뽑을 때마다 남은 서버의 목록을 새로 만드는데, 커서는 이전 목록의 자리를 가리킵니다. 한 목록의 자리는 다른 목록에서 아무 의미가 없습니다. 다른 서버의 자리일 수도 있고 아무도 없는 자리일 수도 있습니다.',
  },
};
