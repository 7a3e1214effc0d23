import type {
  ClientAffinity,
  ClientAffinityClass,
  Hash,
  ServerId,
} from '../../../exercises/02-load-balancing/contract.ts';
import { hashBytes } from '../../../simulator/hash.ts';
import type { Story } from '../../suite.ts';
import { expectOneOf, firstServers, SERVERS } from './rotation-model.ts';

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

  /** @param options.twinOf a balancer with which this one shares the names of servers */
  constructor(
    private readonly IpHash: ClientAffinityClass,
    private readonly servers: readonly ServerId[],
    private readonly story: Story,
    private readonly options: { readonly hash?: Hash; readonly twinOf?: WatchedAffinity } = {},
  ) {
    const { hash = hashBytes, twinOf } = options;
    this.names = twinOf?.names ?? new Map();
    this.affinity = new IpHash([...servers], hash);
    if (twinOf === undefined) story.happens({ en: `${servers.length} servers`, ko: `서버 ${servers.length}대` });
  }

  /** Another instance of the same list and hash. */
  twin(): WatchedAffinity {
    this.story.happens({
      en: 'another instance of the same list and hash',
      ko: '같은 목록과 해시로 만든 다른 인스턴스',
    });
    return new WatchedAffinity(this.IpHash, this.servers, this.story, { ...this.options, twinOf: this });
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

  /** The names of all servers that these clients get: a hash of one's own that spreads at all gives every one of them. */
  serversOf(ips: readonly string[]): string {
    const some = ips.slice(0, 3).join(', ');
    this.story.happens({ en: `${ips.length} clients: ${some} …`, ko: `클라이언트 ${ips.length}개: ${some} …` });
    return this.story.call(`pick × ${ips.length}`, [], () => {
      const servers = new Set(ips.map((ip) => this.affinity.pick(ip)));
      const names = [...servers].map((server) => (this.servers.includes(server) ? this.nameOf(server) : '?'));
      return names.sort().join(' ');
    });
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
 * A hash that always gives one number leaves nothing by which clients could be told apart. 24 clients: with a hash of one’s own
 * they would all share a server once in 9e10.
 */
export function sameForAll(story: Story, IpHash: ClientAffinityClass, number: number): void {
  story.given({ en: 'hash always gives', ko: '해시가 늘 내는 수' }, number);
  const affinity = new WatchedAffinity(IpHash, firstServers(3), story, { hash: () => number });
  const clients = Array.from({ length: 12 }, (_, i) => [`203.0.${i}.${7 * i + 9}`, `2001:db8:${i}::7`]).flat();
  const home = affinity.pick(clients[0]!);
  story.expect(affinity.serversOf(clients), home);
}

/**
 * A client that comes second to one instance comes first to another: who was there before decides nothing. Both addresses
 * hash below 2³¹, so that a number with a sign is met with a hash that the case tells.
 */
export function inAnyOrder(story: Story, IpHash: ClientAffinityClass): void {
  const affinity = new WatchedAffinity(IpHash, MANY, story);
  const [first, second] = ['198.51.100.8', '198.51.100.14'];
  affinity.pick(first);
  const home = affinity.pick(second);
  affinity.twin().pickSame(second, home);
}

/** A balancer knows its own servers and nobody else's. */
export function ofItsOwn(story: Story, IpHash: ClientAffinityClass): void {
  for (const [name, servers] of [
    ['one', ['a', 'b', 'c']],
    ['two', ['x', 'y', 'z']],
  ] as const) {
    story.given({ en: `${name}.${SERVERS.en}`, ko: `${name}.${SERVERS.ko}` }, servers);
    const affinity = new IpHash([...servers], hashBytes);
    const ip = '203.0.113.9';
    expectOneOf(
      story,
      story.call(`${name}.pick`, [ip], () => affinity.pick(ip)),
      servers,
    );
  }
}

/** `::1.2.3.4` is another address than 1.2.3.4: some of 24 pairs must be parted; by chance none is once in 1e28. */
export function onlyTheMapped(story: Story, IpHash: ClientAffinityClass): void {
  const affinity = new IpHash([...MANY], hashBytes);
  story.happens({
    en: '16 servers, 24 pairs of different addresses: 203.0.113.0 and ::203.0.113.0, 203.0.113.1 and ::203.0.113.1 …',
    ko: '서버 16대, 서로 다른 주소 24쌍: 203.0.113.0과 ::203.0.113.0, 203.0.113.1과 ::203.0.113.1 …',
  });
  const parted = story.call('pick × 48, pairs parted', [], () => {
    const hosts = Array.from({ length: 24 }, (_, host) => `203.0.113.${host}`);
    return hosts.filter((ip) => affinity.pick(ip) !== affinity.pick(`::${ip}`)).length;
  });
  story.require(parted > 0, { en: 'some pairs on two servers', ko: '서버가 서로 다른 쌍이 있음' }, parted);
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
