import type { ConnectionCounter, Lease, ServerId } from '../../../../exercises/02-load-balancing/contract.ts';
import type { Misconception } from '../../../suite.ts';

interface State {
  open: number;
  last: number;
}

export class LeastConnections implements ConnectionCounter {
  private readonly states = new Map<ServerId, State>();
  private tick = 0;

  constructor(servers: readonly ServerId[]) {
    if (new Set(servers).size < servers.length) throw new RangeError('servers may not repeat');
    for (const server of servers) this.add(server);
  }

  acquire(): Lease {
    let chosen: [ServerId, State] | undefined;
    for (const [server, state] of this.states) {
      const better = chosen === undefined || state.open < chosen[1].open;
      const older = chosen !== undefined && state.open === chosen[1].open && state.last < chosen[1].last;
      if (better || older) chosen = [server, state];
    }
    if (chosen === undefined) throw new Error('no server is known');
    const [server, state] = chosen;
    state.open += 1;
    state.last = ++this.tick;
    let released = false;
    return {
      server,
      release: () => {
        if (released) return false;
        released = true;
        const current = this.states.get(server);
        if (current !== undefined) current.open = Math.max(0, current.open - 1);
        return true;
      },
    };
  }

  add(server: ServerId): void {
    if (this.states.has(server)) throw new RangeError(`server ${server} is known already`);
    this.states.set(server, { open: 0, last: 0 });
  }

  remove(server: ServerId): boolean {
    return this.states.delete(server);
  }
}

export const misconception: Misconception = {
  fails: 'gone-for-good',
  message: {
    en: 'A lease looks its server up by name when it is released. If that server has left and a new one of the same name has joined, an answer from before the change is booked on the newcomer, which then looks emptier than it is. This is the late answer of an old attempt. What could a lease hold on to instead of a name?',
    ko: '임대를 풀 때 이름으로 서버를 찾습니다. 그 서버가 빠지고 같은 이름의 새 서버가 들어왔다면, 바뀌기 전에 보낸 요청의 응답이 새 서버의 것으로 처리되어 실제보다 한가해 보입니다. 지난 시도의 늦은 응답입니다. 임대가 이름 대신 무엇을 지니고 있으면 되겠습니까?',
  },
};
