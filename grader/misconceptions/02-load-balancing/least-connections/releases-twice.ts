import type { ConnectionCounter, Lease, ServerId } from '../../../../exercises/02-load-balancing/contract.ts';
import type { Misconception } from '../../../suite.ts';

interface Backend {
  readonly name: ServerId;
  connections: number;
  turn: number;
}

export class LeastConnections implements ConnectionCounter {
  #backends: Backend[];
  #turns = 0;

  constructor(servers: readonly ServerId[]) {
    if (new Set(servers).size < servers.length) throw new RangeError('servers are not unique');
    this.#backends = servers.map((name) => ({ name, connections: 0, turn: 0 }));
  }

  acquire(): Lease {
    if (this.#backends.length === 0) throw new Error('there is no backend');
    const backend = this.#backends.reduce((best, other) =>
      other.connections < best.connections || (other.connections === best.connections && other.turn < best.turn)
        ? other
        : best,
    );
    backend.connections++;
    backend.turn = ++this.#turns;
    return {
      server: backend.name,
      release() {
        backend.connections--;
        return true;
      },
    };
  }

  add(server: ServerId): void {
    if (this.#backends.some(({ name }) => name === server)) throw new RangeError(`server ${server} exists`);
    this.#backends.push({ name: server, connections: 0, turn: 0 });
  }

  remove(server: ServerId): boolean {
    const left = this.#backends.filter(({ name }) => name !== server);
    const removed = left.length < this.#backends.length;
    this.#backends = left;
    return removed;
  }
}

export const misconception: Misconception = {
  fails: 'release-once',
  message: {
    en: 'Every call of `release` gives a connection back, however often the same lease is released. A server released twice drops below what it really has, even below zero, and from then on attracts requests that others should get. How can the second call tell that it is the second?',
    ko: '같은 임대를 몇 번이고 풀 수 있고, 부를 때마다 연결이 하나씩 줄어듭니다. 두 번 풀린 서버의 연결 수는 실제보다 적어지고 0보다 작아지기까지 하며, 그 뒤로는 다른 서버가 받을 요청까지 끌어당깁니다. 두 번째 호출은 자기가 두 번째인지 어떻게 알 수 있습니까?',
  },
};
