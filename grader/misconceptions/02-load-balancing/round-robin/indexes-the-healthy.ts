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
    en: 'Your index counts places of the list as it was before the server left. In the list without that server, the same number belongs to somebody else, or to nobody, and then `pick` returns undefined. What does the index mean after a server has gone?',
    ko: '인덱스가 서버가 빠지기 전 목록의 자리를 셉니다. 그 서버가 없는 목록에서는 같은 숫자가 다른 서버의 자리이거나 아무도 없는 자리이며, 아무도 없으면 `pick`이 undefined를 반환합니다. 서버가 빠진 뒤 인덱스가 무엇을 뜻하는지 살펴보십시오.',
  },
};
