import type { ConnectionCounter, Lease, ServerId } from '../../../../exercises/02-load-balancing/contract.ts';
import type { Misconception } from '../../../suite.ts';

interface Slot {
  readonly server: ServerId;
  open: number;
}

export class LeastConnections implements ConnectionCounter {
  private slots: Slot[];
  private cursor = -1;

  constructor(servers: readonly ServerId[]) {
    if (servers.some((server, i) => servers.indexOf(server) < i)) throw new RangeError('servers has a repeated name');
    this.slots = servers.map((server) => ({ server, open: 0 }));
  }

  acquire(): Lease {
    if (this.slots.length === 0) throw new Error('nobody to serve this');
    const fewest = Math.min(...this.slots.map((slot) => slot.open));
    do this.cursor = (this.cursor + 1) % this.slots.length;
    while (this.slots[this.cursor]!.open > fewest);
    const slot = this.slots[this.cursor]!;
    slot.open++;
    let open = true;
    return {
      server: slot.server,
      release: () => {
        const was = open;
        if (was) slot.open--;
        open = false;
        return was;
      },
    };
  }

  add(server: ServerId): void {
    if (this.slots.some((slot) => slot.server === server)) throw new RangeError(`server ${server} already serves`);
    this.slots.push({ server, open: 0 });
  }

  remove(server: ServerId): boolean {
    const index = this.slots.findIndex((slot) => slot.server === server);
    if (index === -1) return false;
    this.slots.splice(index, 1);
    if (index <= this.cursor) this.cursor--;
    return true;
  }
}

export const misconception: Misconception = {
  fails: 'ties-rotate',
  message: {
    en: 'You settle ties by walking on from the place of the last choice. That goes round by place, not by time: a server that was chosen a moment ago can stand right behind the cursor and be chosen again before one that has waited for long. What could each server remember instead?',
    ko: '동점이면 마지막으로 고른 자리에서부터 차례로 훑습니다. 돌아가기는 하지만 기준이 시간이 아니라 자리입니다. 방금 선택된 서버가 커서 바로 뒤에 있으면 오래 기다린 서버보다 먼저 다시 선택됩니다. 서버마다 무엇을 기억해 두면 되겠습니까?',
  },
};
