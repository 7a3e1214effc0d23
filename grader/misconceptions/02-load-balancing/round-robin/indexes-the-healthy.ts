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
    en: 'You mark servers as gone and build a fresh list of the rest for each pick, but the cursor counts places of the list before. The same number names another server in the new list, or nobody. Look at what the cursor means after a server has gone.',
    ko: '빠진 서버에 표시만 해 두고 뽑을 때마다 남은 서버의 목록을 새로 만드는데, 커서는 이전 목록의 자리를 셉니다. 같은 숫자라도 새 목록에서는 다른 서버의 자리이거나 아무도 없는 자리입니다. 서버가 빠진 뒤 커서가 무엇을 뜻하는지 살펴보십시오.',
  },
};
