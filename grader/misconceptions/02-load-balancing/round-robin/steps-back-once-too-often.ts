import type { Rotation, ServerId } from '../../../../exercises/02-load-balancing/contract.ts';
import type { Misconception } from '../../../suite.ts';

export class RoundRobin implements Rotation {
  private readonly list: ServerId[] = [];
  private next = 0;

  constructor(servers: readonly ServerId[]) {
    for (const server of servers) {
      if (this.list.includes(server)) throw new RangeError(`servers mentions ${server} twice`);
      this.list.push(server);
    }
  }

  pick(): ServerId {
    const server = this.list[this.next];
    if (server === undefined) throw new Error('empty rotation');
    this.next = (this.next + 1) % this.list.length;
    return server;
  }

  add(server: ServerId): void {
    if (this.list.includes(server)) throw new RangeError(`server ${server} is no newcomer`);
    this.list.push(server);
  }

  remove(server: ServerId): boolean {
    const at = this.list.indexOf(server);
    if (at < 0) return false;
    this.list.splice(at, 1);
    if (at <= this.next) this.next = Math.max(0, this.next - 1);
    if (this.next === this.list.length) this.next = 0;
    return true;
  }
}

export const misconception: Misconception = {
  fails: 'keeps-rotation',
  message: {
    en: "You move the index back for every server that leaves up to the one whose turn it is, that one included. But when it is the next server itself that leaves, who stands in its place a moment later? Follow a b c with `pick` and `remove('b')` on paper.",
    ko: "다음 차례보다 앞에 있던 서버뿐 아니라 다음 차례인 서버 자신이 빠질 때도 인덱스를 한 칸 당깁니다. 그러나 다음 차례인 서버가 빠지면 그 자리에는 곧 누가 들어옵니까? a b c에서 `pick`한 뒤 `remove('b')`를 하는 경우를 종이에 따라가 보십시오.",
  },
};
