import fc from 'fast-check';
import type { ClientAffinityClass } from '../../../exercises/02-load-balancing/contract.ts';
import { scene as gateway } from '../../../lessons/02-load-balancing/scenes/gateway.ts';
import { hashBytes } from '../../../simulator/hash.ts';
import type { Story, Suite, Tools } from '../../suite.ts';
import { NO_ADDRESSES, plain, spell, style, v4Octets, v6Groups } from './addresses.ts';
import { firstServers, SERVERS } from './rotation-model.ts';
import { sentTo } from './sent-to.ts';

interface Exports {
  readonly IpHash: ClientAffinityClass;
}

const MANY = firstServers(16);
const FOUR = firstServers(4);
const CLIENTS = { en: 'clients', ko: '클라이언트' };

/** Upper bound of χ² for four servers, exceeded by chance once in 1e9. */
const CHI_SQUARED_3 = 44.8;

/** Seven standard deviations above an even share of the scene's 5,600 requests. */
const MOST_OVER_MEAN = 1.2;

/** Addresses whose octets are put in every order: 8 × 24 clients. */
const SHUFFLED = [
  [10, 20, 30, 40],
  [1, 2, 4, 8],
  [192, 168, 7, 53],
  [203, 0, 113, 9],
  [172, 16, 254, 3],
  [8, 9, 10, 11],
  [100, 64, 0, 200],
  [255, 128, 1, 77],
];

/** Texts that must all lead to one server. */
function agree(story: Story, IpHash: ClientAffinityClass, one: string, ...others: readonly string[]): void {
  story.given(SERVERS, MANY);
  const affinity = new IpHash([...MANY], hashBytes);
  const home = story.call('pick', [one], () => affinity.pick(one));
  story.require(MANY.includes(home), { en: 'one of the servers', ko: '목록에 있는 서버' }, home);
  for (const other of others) {
    story.expect(
      story.call('pick', [other], () => affinity.pick(other)),
      home,
    );
  }
}

/** Sends every client to its server and tells the counts. */
function spread(story: Story, IpHash: ClientAffinityClass, clients: readonly string[]): Record<string, number> {
  story.given(SERVERS, FOUR);
  story.given(CLIENTS, `${clients.slice(0, 3).join(', ')} … ${clients.at(-1)}`);
  const affinity = new IpHash([...FOUR], hashBytes);
  return story.call(`pick × ${clients.length}`, [], () => {
    const counts: Record<string, number> = Object.fromEntries(FOUR.map((server) => [server, 0]));
    for (const ip of clients) {
      const server = affinity.pick(ip);
      counts[server] = (counts[server] ?? 0) + 1;
    }
    return counts;
  });
}

/** Neighbours: 256 clients miss one of four servers by chance once in 1e31, 24 share a single one once in 1e13. */
async function spreadOver(tools: Tools, IpHash: ClientAffinityClass, clients: readonly string[], atLeast: number) {
  await tools.example((story) => {
    const counts = spread(story, IpHash, clients);
    story.require(
      FOUR.filter((server) => counts[server]! > 0).length >= atLeast,
      atLeast === FOUR.length
        ? { en: 'some clients on every server', ko: '모든 서버에 클라이언트가 있음' }
        : { en: 'clients on more than one server', ko: '둘 이상의 서버에 클라이언트가 있음' },
      counts,
    );
  });
}

export const suite: Suite<Exports> = {
  requires: { IpHash: 'class' },
  checks: [
    {
      id: 'same-client',
      title: {
        en: 'one address, one server of the list: every time, in every instance, whatever number the hash gives',
        ko: '주소 하나에는 언제나, 어느 인스턴스에서나, 해시가 어떤 수를 내든 목록의 서버 하나',
      },
      points: 1,
      section: 'ip-hash',
      run: async ({ IpHash }, tools) => {
        for (const number of [0, 1, 2 ** 31, 2 ** 32 - 1]) {
          await tools.example((story) => {
            story.given(SERVERS, ['a', 'b', 'c']);
            story.given({ en: 'hash always gives', ko: '해시가 늘 내는 수' }, number);
            const affinity = new IpHash(['a', 'b', 'c'], () => number);
            const server = story.call('pick', ['203.0.113.9'], () => affinity.pick('203.0.113.9'));
            story.require(['a', 'b', 'c'].includes(server), { en: 'a or b or c', ko: 'a 또는 b 또는 c' }, server);
          });
        }
        await tools.forAll(
          fc.record({ octets: v4Octets, groups: v6Groups, six: fc.boolean(), others: fc.array(v4Octets) }),
          ({ octets, groups, six, others }, story) => {
            const ip = six ? plain(groups) : octets.join('.');
            story.given(SERVERS, MANY);
            const affinity = new IpHash([...MANY], hashBytes);
            const home = story.call('pick', [ip], () => affinity.pick(ip));
            story.require(MANY.includes(home), { en: 'one of the servers', ko: '목록에 있는 서버' }, home);
            for (const other of others) story.call('pick', [other.join('.')], () => affinity.pick(other.join('.')));
            story.expect(
              story.call('pick', [ip], () => affinity.pick(ip)),
              home,
            );
            story.happens({
              en: 'another instance of the same list and hash',
              ko: '같은 목록과 해시로 만든 다른 인스턴스',
            });
            const twin = new IpHash([...MANY], hashBytes);
            story.expect(
              story.call('pick', [ip], () => twin.pick(ip)),
              home,
            );
          },
        );
      },
    },
    {
      id: 'any-spelling',
      title: {
        en: 'all spellings of an IPv6 address are one client',
        ko: 'IPv6 주소는 어떻게 적어도 한 클라이언트입니다',
      },
      points: 2,
      section: 'ip-hash',
      run: async ({ IpHash }, tools) => {
        await tools.example((story) => agree(story, IpHash, '2001:db8::9', '2001:0DB8:0:0:0:0:0:9'));
        await tools.forAll(
          fc.record({ groups: v6Groups, one: style }),
          ({ groups, one }, story) => agree(story, IpHash, plain(groups), spell(groups, one)),
          { runs: 300 },
        );
      },
    },
    {
      id: 'mapped-is-ipv4',
      title: {
        en: 'an IPv4 address mapped into IPv6 is that IPv4 address, in every spelling',
        ko: 'IPv6에 매핑된 IPv4 주소는 어떻게 적어도 그 IPv4 주소입니다',
      },
      points: 1,
      section: 'ip-hash',
      run: async ({ IpHash }, tools) => {
        await tools.example((story) =>
          agree(story, IpHash, '203.0.113.9', '::ffff:203.0.113.9', '::ffff:cb00:7109', '0:0:0:0:0:FFFF:203.0.113.9'),
        );
        await tools.forAll(fc.record({ octets: v4Octets, one: style }), ({ octets, one }, story) => {
          const [a, b, c, d] = octets as [number, number, number, number];
          const groups = [0, 0, 0, 0, 0, 0xffff, a * 256 + b, c * 256 + d];
          agree(story, IpHash, octets.join('.'), spell(groups, one));
        });
      },
    },
    {
      id: 'whole-address',
      title: {
        en: 'the whole address counts: different clients spread over all servers',
        ko: '주소 전체가 서버를 정하고, 서로 다른 클라이언트는 모든 서버로 나뉩니다',
      },
      points: 2,
      section: 'ip-hash',
      run: async ({ IpHash }, tools) => {
        await tools.example((story) => {
          const clients = Array.from({ length: 8192 }, (_, i) => `${1 + (i >> 8)}.${i & 255}.0.1`);
          const counts = spread(story, IpHash, clients);
          const mean = clients.length / FOUR.length;
          const chiSquared = FOUR.reduce((sum, server) => sum + (counts[server]! - mean) ** 2 / mean, 0);
          story.require(
            chiSquared < CHI_SQUARED_3,
            { en: `about ${mean} clients on each server`, ko: `서버마다 클라이언트 약 ${mean}개` },
            counts,
          );
        });
        const all = Array.from({ length: 256 }, (_, number) => number);
        const hex = (number: number) => number.toString(16);
        await spreadOver(
          tools,
          IpHash,
          all.map((host) => `203.0.113.${host}`),
          4,
        );
        await spreadOver(
          tools,
          IpHash,
          all.map((host) => `2001:db8:7:7::${hex(host + 1)}`),
          4,
        );
        await spreadOver(
          tools,
          IpHash,
          all.map((network) => `2001:db8:${hex(network)}::1`),
          4,
        );
        for (const octets of SHUFFLED) {
          await spreadOver(
            tools,
            IpHash,
            permutations(octets).map((each) => each.join('.')),
            2,
          );
        }
      },
    },
    {
      id: 'refuses-non-addresses',
      title: {
        en: 'whatever is not exactly one address is refused',
        ko: '정확히 주소 하나가 아니면 거부합니다',
      },
      points: 1,
      section: 'ip-hash',
      run: async ({ IpHash }, tools) => {
        const refuse = (text: string, story: Story) => {
          const affinity = new IpHash([...FOUR], hashBytes);
          story.throws('pick', [text], () => affinity.pick(text), 'TypeError', 'ip');
        };
        for (const text of NO_ADDRESSES) await tools.example((story) => refuse(text, story));
        await tools.forAll(
          fc.record({ octets: v4Octets, place: fc.nat({ max: 3 }), wrong: fc.integer({ min: 256, max: 999 }) }),
          ({ octets, place, wrong }, story) => refuse(octets.with(place, wrong).join('.'), story),
          { runs: 30 },
        );
        await tools.forAll(
          fc.record({ groups: fc.array(fc.nat({ max: 0xffff }), { minLength: 1, maxLength: 10 }), gap: fc.nat() }),
          ({ groups, gap }, story) => {
            const parts = groups.map((value) => value.toString(16));
            const at = gap % (parts.length + 1);
            const withGap = `${parts.slice(0, at).join(':')}::${parts.slice(at).join(':')}`;
            if (parts.length >= 8) refuse(withGap, story);
            if (parts.length !== 8) refuse(parts.join(':'), story);
          },
          { runs: 40 },
        );
      },
    },
    {
      id: 'refuses-bad-lists',
      title: {
        en: 'a list without servers, or with one twice, is refused; a good one is never changed',
        ko: '비어 있거나 같은 서버가 두 번 적힌 목록은 거부하고, 옳은 목록은 절대 바꾸지 않습니다',
      },
      points: 1,
      section: 'ip-hash',
      run: async ({ IpHash }, tools) => {
        for (const bad of [[], ['a', 'a'], ['a', 'b', 'a']]) {
          await tools.example((story) => {
            story.throws('new IpHash', [bad, 'hash'], () => new IpHash(bad, hashBytes), 'RangeError', 'servers');
          });
        }
        await tools.example((story) => {
          const servers = ['c', 'a', 'b'];
          story.given(SERVERS, servers);
          const affinity = new IpHash(servers, hashBytes);
          for (const ip of ['203.0.113.9', '2001:db8::9']) story.call('pick', [ip], () => affinity.pick(ip));
          story.require(
            tools.asLeft(servers).join() === 'c,a,b',
            { en: 'your caller’s list still reads c a b', ko: '넘겨준 쪽의 목록은 그대로 c a b' },
            servers,
          );
        });
      },
    },
    {
      id: 'any-history',
      title: {
        en: 'each client keeps its server through any traffic, in any spelling, in balancers of any size',
        ko: '어떤 트래픽이 오가고 어떤 표기로 와도, 서버가 몇 대이든 클라이언트는 자기 서버를 지킵니다',
      },
      points: 1,
      section: 'ip-hash',
      run: ({ IpHash }, tools) =>
        tools.forAll(
          fc.record({
            count: fc.integer({ min: 1, max: 16 }),
            clients: fc.array(fc.oneof(v6Groups, v4Octets), { minLength: 1, maxLength: 4 }),
            visits: fc.array(fc.tuple(fc.nat({ max: 3 }), style), { maxLength: 20, size: 'max' }),
          }),
          ({ count, clients, visits }, story) => {
            const servers = firstServers(count);
            story.given(SERVERS, servers);
            const affinity = new IpHash([...servers], hashBytes);
            const homes = new Map<number, string>();
            for (const [number, as] of visits) {
              const client = number % clients.length;
              const address = clients[client]!;
              const ip = address.length === 4 ? address.join('.') : spell(address, as);
              const server = story.call('pick', [ip], () => affinity.pick(ip));
              const home = homes.get(client);
              if (home !== undefined) story.expect(server, home);
              else
                story.require(servers.includes(server), { en: 'one of the servers', ko: '목록에 있는 서버' }, server);
              homes.set(client, server);
            }
          },
        ),
    },
    {
      id: 'homes-spread-evenly',
      title: {
        en: 'in the simulation, visitors at home, each with an address of their own, load all servers alike',
        ko: '시뮬레이션에서 저마다 주소가 다른 가정의 방문자가 모든 서버에 고르게 나뉩니다',
      },
      points: 1,
      section: 'ip-hash',
      run: (_, tools) =>
        tools.example(async (story) => {
          story.happens({ en: '200,000 homes, four servers, 20 seconds', ko: '가정 200,000곳, 서버 네 대, 20초' });
          const trace = await tools.simulate(gateway, { exercise: 'ip-hash', preset: 'homes' }, story);
          const counts = sentTo(trace, 0, trace.durationUs / 1000);
          const sent = Object.values(counts);
          const mean = sent.reduce((sum, count) => sum + count, 0) / sent.length;
          story.require(
            Math.max(...sent) <= MOST_OVER_MEAN * mean,
            { en: `about ${Math.round(mean)} requests for each server`, ko: `서버마다 요청 약 ${Math.round(mean)}개` },
            counts,
          );
        }),
    },
  ],
};

function permutations(items: readonly number[]): number[][] {
  if (items.length === 0) return [[]];
  return items.flatMap((item, i) => permutations(items.toSpliced(i, 1)).map((rest) => [item, ...rest]));
}
