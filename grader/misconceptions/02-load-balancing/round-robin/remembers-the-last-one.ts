import type { Rotation, ServerId } from '../../../../exercises/02-load-balancing/contract.ts';
import type { Misconception } from '../../../suite.ts';

export class RoundRobin implements Rotation {
  #servers: ServerId[];
  #last: ServerId | undefined;

  constructor(servers: readonly ServerId[]) {
    if (new Set(servers).size < servers.length) throw new RangeError('servers has one name more than once');
    this.#servers = [...servers];
  }

  pick(): ServerId {
    if (this.#servers.length === 0) throw new Error('nobody to pick');
    const after = this.#last === undefined ? -1 : this.#servers.indexOf(this.#last);
    this.#last = this.#servers[(after + 1) % this.#servers.length]!;
    return this.#last;
  }

  add(server: ServerId): void {
    if (this.#servers.includes(server)) throw new RangeError(`server ${server} is one of them`);
    this.#servers.push(server);
  }

  remove(server: ServerId): boolean {
    const found = this.#servers.includes(server);
    this.#servers = this.#servers.filter((other) => other !== server);
    return found;
  }
}

export const misconception: Misconception = {
  fails: 'keeps-rotation',
  message: {
    en: 'You remember who was served last and look for the one behind. That survives many changes, but not the departure of the very server you remember: it is nowhere to be found, and the rotation falls back to the first one. What else could you remember, or do when it leaves?',
    ko: '마지막에 뽑힌 서버를 기억해 두고 그 뒤를 찾습니다. 목록이 바뀌어도 대개 괜찮지만, 기억해 둔 바로 그 서버가 빠지면 찾을 수 없어 순번이 첫 서버로 되돌아갑니다. 다른 무엇을 기억하거나, 그 서버가 빠질 때 무엇을 해 두면 되겠습니까?',
  },
};
