import fc from 'fast-check';
import type { ClientAffinityClass } from '../../../exercises/02-load-balancing/contract.ts';
import { scene as gateway } from '../../../lessons/02-load-balancing/scenes/gateway.ts';
import { hashBytes } from '../../../simulator/hash.ts';
import type { Story, Suite } from '../../suite.ts';
import { NO_ADDRESSES, permutations, plain, spell, style, v4Octets, v6Groups } from './addresses.ts';
import {
  agree,
  FOUR,
  inAnyOrder,
  MANY,
  ofItsOwn,
  onlyTheMapped,
  sameForAll,
  spreadEvenly,
  spreadOver,
  WatchedAffinity,
} from './affinity-stories.ts';
import { firstServers, SERVERS } from './rotation-model.ts';
import { sentTo } from './sent-to.ts';

interface Exports {
  readonly IpHash: ClientAffinityClass;
}

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

export const suite: Suite<Exports> = {
  requires: { IpHash: 'class' },
  checks: [
    {
      id: 'same-client',
      title: {
        en: 'the hash decides and nothing else: the same address gives the same server, every time, in every instance',
        ko: '오직 해시가 정합니다. 주소가 같으면 언제, 어느 인스턴스에서든 같은 서버입니다',
      },
      points: 1,
      section: 'ip-hash',
      run: async ({ IpHash }, tools) => {
        await tools.example((story) => inAnyOrder(story, IpHash));
        for (const number of [0, 1, 2 ** 31, 2 ** 32 - 1]) {
          await tools.example((story) => sameForAll(story, IpHash, number));
        }
        await tools.example((story) => ofItsOwn(story, IpHash));
        await tools.forAll(
          fc.record({ octets: v4Octets, groups: v6Groups, six: fc.boolean(), others: fc.array(v4Octets) }),
          ({ octets, groups, six, others }, story) => {
            const ip = six ? plain(groups) : octets.join('.');
            const affinity = new WatchedAffinity(IpHash, MANY, story);
            const home = affinity.pick(ip);
            for (const other of others) affinity.pick(other.join('.'));
            affinity.pickSame(ip, home);
            const twin = affinity.twin();
            for (const other of others.toReversed()) twin.pick(other.join('.'));
            twin.pickSame(ip, home);
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
        for (const octets of SHUFFLED) {
          const clients = permutations(octets).map((each) => each.join('.'));
          await tools.example((story) => spreadOver(story, IpHash, clients, 2));
        }
        const all = Array.from({ length: 256 }, (_, number) => number);
        const hex = (number: number) => number.toString(16);
        for (const clients of [
          all.map((host) => `203.0.113.${host}`),
          all.map((host) => `2001:db8:7:7::${hex(host + 1)}`),
          all.map((network) => `2001:db8:${hex(network)}::1`),
        ]) {
          await tools.example((story) => spreadOver(story, IpHash, clients, FOUR.length));
        }
        const routers = Array.from({ length: 8192 }, (_, i) => `${1 + (i >> 8)}.${i & 255}.0.1`);
        await tools.example((story) => spreadEvenly(story, IpHash, routers));
        await tools.example((story) => onlyTheMapped(story, IpHash));
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
            const affinity = new WatchedAffinity(IpHash, firstServers(count), story);
            const homes = new Map<number, string>();
            for (const [number, as] of visits) {
              const client = number % clients.length;
              const address = clients[client]!;
              const ip = address.length === 4 ? address.join('.') : spell(address, as);
              const home = homes.get(client);
              if (home === undefined) homes.set(client, affinity.pick(ip));
              else affinity.pickSame(ip, home);
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
