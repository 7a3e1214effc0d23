import type { Rotation, ServerId } from '../../../../exercises/02-load-balancing/contract.ts';
import type { Misconception } from '../../../suite.ts';

export class RoundRobin implements Rotation {
  #servers: readonly ServerId[];
  #requests = 0;

  constructor(servers: readonly ServerId[]) {
    servers.forEach((server, i) => {
      if (servers.indexOf(server) !== i) throw new RangeError(`servers lists ${server} twice`);
    });
    this.#servers = [...servers];
  }

  pick(): ServerId {
    if (this.#servers.length === 0) throw new Error('no server available');
    return this.#servers[this.#requests++ % this.#servers.length]!;
  }

  add(server: ServerId): void {
    if (this.#servers.includes(server)) throw new RangeError(`server ${server} is already there`);
    this.#servers = [...this.#servers, server];
  }

  remove(server: ServerId): boolean {
    const left = this.#servers.filter((s) => s !== server);
    const found = left.length < this.#servers.length;
    this.#servers = left;
    return found;
  }
}

export const misconception: Misconception = {
  fails: 'keeps-rotation',
  message: {
    en: 'You take the number of picks so far modulo the number of servers. That is fair while the list stays as it is; as soon as its length changes, the same count leaves another remainder, and the rotation jumps. After a change, is it the number of turns so far that has to be right, or something else?',
    ko: '지금까지 뽑은 횟수를 서버 수로 나눈 나머지를 사용합니다. 목록이 그대로인 동안에는 공평하지만, 길이가 바뀌는 순간 같은 횟수라도 나머지가 달라져 순번이 튑니다. 목록이 바뀐 뒤에 맞아야 하는 것이 지금까지 뽑은 횟수입니까, 아니면 다른 무엇입니까?',
  },
};
