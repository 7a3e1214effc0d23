import type { ClientAffinity, ClientAffinityClass, ServerId } from '../../../exercises/02-load-balancing/contract.ts';
import { hashBytes } from '../../../simulator/hash.ts';
import type { Story } from '../../suite.ts';
import { firstServers } from './rotation-model.ts';

/** So many servers that two clients seldom share one by chance. */
export const MANY = firstServers(16);
export const FOUR = firstServers(4);

/** Upper bound of χ² for four servers, exceeded by chance once in 1e9. */
const CHI_SQUARED_3 = 44.8;

/**
 * A learner's balancer whose picks are told and found to be servers of the list. Servers are called server-1, server-2 …
 * in the order in which they turn up: which hash leads to which server is the learner's choice.
 */
export class WatchedAffinity {
  private readonly names: Map<ServerId, string>;
  private readonly affinity: ClientAffinity;

  /** @param earlier a balancer with which this one shares the names of servers */
  constructor(
    private readonly IpHash: ClientAffinityClass,
    private readonly servers: readonly ServerId[],
    private readonly story: Story,
    earlier?: WatchedAffinity,
  ) {
    this.names = earlier?.names ?? new Map();
    this.affinity = new IpHash([...servers], hashBytes);
    if (earlier === undefined) story.happens({ en: `${servers.length} servers`, ko: `서버 ${servers.length}대` });
  }

  /** Another instance of the same list and hash. */
  twin(): WatchedAffinity {
    this.story.happens({
      en: 'another instance of the same list and hash',
      ko: '같은 목록과 해시로 만든 다른 인스턴스',
    });
    return new WatchedAffinity(this.IpHash, this.servers, this.story, this);
  }

  /** The name under which the client's server is told. */
  pick(ip: string): string {
    let server: unknown;
    const name = this.story.call('pick', [ip], () => {
      server = this.affinity.pick(ip);
      return this.nameOf(server as ServerId);
    });
    const known = this.servers.includes(server as ServerId);
    if (server === undefined) this.story.happens({ en: 'undefined comes back', ko: 'undefined를 반환함' });
    this.story.require(known, { en: 'one of the servers', ko: '목록에 있는 서버' }, server);
    return name;
  }

  pickSame(ip: string, as: string): void {
    this.story.expect(this.pick(ip), as);
  }

  private nameOf(server: ServerId): string {
    if (!this.servers.includes(server)) return server;
    const name = this.names.get(server) ?? `server-${this.names.size + 1}`;
    this.names.set(server, name);
    return name;
  }
}

/** Texts that must all lead to one server. */
export function agree(story: Story, IpHash: ClientAffinityClass, one: string, ...others: readonly string[]): void {
  const affinity = new WatchedAffinity(IpHash, MANY, story);
  const home = affinity.pick(one);
  for (const other of others) affinity.pickSame(other, home);
}

/**
 * These clients must be found on so many of four servers. 256 clients miss one of four by chance once in 1e31, 24 share a
 * single one once in 1e13.
 */
export function spreadOver(
  story: Story,
  IpHash: ClientAffinityClass,
  clients: readonly string[],
  atLeast: number,
): void {
  const counts = spread(story, IpHash, clients);
  story.require(
    FOUR.filter((server) => counts[server]! > 0).length >= atLeast,
    atLeast === FOUR.length
      ? { en: 'some of these clients on every server', ko: '모든 서버에 클라이언트가 있음' }
      : { en: 'these clients on more than one server', ko: '둘 이상의 서버에 클라이언트가 있음' },
    mostFirst(counts),
  );
}

/** These clients must be spread over four servers as evenly as chance would do it. */
export function spreadEvenly(story: Story, IpHash: ClientAffinityClass, clients: readonly string[]): void {
  const counts = spread(story, IpHash, clients);
  const mean = clients.length / FOUR.length;
  const chiSquared = FOUR.reduce((sum, server) => sum + (counts[server]! - mean) ** 2 / mean, 0);
  story.require(
    chiSquared < CHI_SQUARED_3,
    { en: `about ${mean} clients on each server`, ko: `서버마다 클라이언트 약 ${mean}개` },
    mostFirst(counts),
  );
}

/** Sends every client to its server and tells the counts. */
function spread(story: Story, IpHash: ClientAffinityClass, clients: readonly string[]): Record<string, number> {
  const some = `${clients.slice(0, 3).join(', ')} … ${clients.at(-1)}`;
  story.happens({
    en: `4 servers, ${clients.length} clients: ${some}`,
    ko: `서버 4대, 클라이언트 ${clients.length}개: ${some}`,
  });
  const affinity = new IpHash([...FOUR], hashBytes);
  const counts: Record<string, number> = Object.fromEntries(FOUR.map((server) => [server, 0]));
  story.call(`pick × ${clients.length}`, [], () => {
    for (const ip of clients) {
      const server = affinity.pick(ip);
      counts[server] = (counts[server] ?? 0) + 1;
    }
    return mostFirst(counts);
  });
  story.happens({ en: '(clients of each server, the most first)', ko: '(서버별 클라이언트 수, 많은 것부터)' });
  return counts;
}

function mostFirst(counts: Readonly<Record<string, number>>): number[] {
  return Object.values(counts).sort((a, b) => b - a);
}
