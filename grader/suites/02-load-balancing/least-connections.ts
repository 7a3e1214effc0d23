import fc from 'fast-check';
import type {
  ConnectionCounter,
  ConnectionCounterClass,
  Lease,
} from '../../../exercises/02-load-balancing/contract.ts';
import { scene as slowServer } from '../../../lessons/02-load-balancing/scenes/slow-server.ts';
import { percentile, sample } from '../../../simulator/measures/measures.ts';
import type { Trace } from '../../../simulator/trace.ts';
import type { Story, Suite } from '../../suite.ts';
import { WatchedCounter } from './connection-model.ts';
import { firstServers, SERVERS } from './rotation-model.ts';

interface Exports {
  readonly LeastConnections: ConnectionCounterClass;
}

type Traffic = { readonly does: 'acquire' } | { readonly does: 'release'; readonly place: number };

const ACQUIRE = { does: 'acquire' } as const;
const count = fc.integer({ min: 2, max: 5 });
const acquire = fc.constant(ACQUIRE);
const release = fc.record({ does: fc.constant('release' as const), place: fc.nat({ max: 30 }) });
const add = fc.record({ does: fc.constant('add' as const), server: fc.constantFrom(...'abcde') });
const remove = fc.record({ does: fc.constant('remove' as const), server: fc.constantFrom(...'abcde') });

/** Requests come and end; every lease is given back at most once. */
const traffic = fc.array(fc.oneof(acquire, release), { maxLength: 40, size: 'max' });
/** Some requests arrive, then some of those that are open end, in any order: what brings ties about. */
const waves = fc.array(
  fc.record({ requests: fc.integer({ min: 1, max: 6 }), answers: fc.array(fc.nat({ max: 6 }), { maxLength: 6 }) }),
  { minLength: 1, maxLength: 4 },
);
const anything = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: acquire },
    { weight: 3, arbitrary: release },
    { weight: 1, arbitrary: add },
    { weight: 1, arbitrary: remove },
  ),
  { maxLength: 60, size: 'max' },
);

function play(balancer: WatchedCounter, event: Traffic): void {
  if (event.does === 'acquire') balancer.acquire();
  else balancer.releaseHeld(event.place);
}

export const suite: Suite<Exports> = {
  requires: { LeastConnections: 'class' },
  checks: [
    {
      id: 'keeps-to-itself',
      title: {
        en: 'two balancers share nothing, and the list they were made from stays as it was',
        ko: '두 로드 밸런서는 아무것도 공유하지 않고, 넘겨받은 목록은 그대로 둡니다',
      },
      points: 1,
      section: 'least-connections',
      run: ({ LeastConnections }, tools) =>
        tools.example((story) => {
          const servers = ['a', 'b'];
          const list = [...servers];
          const untouched = () =>
            story.require(
              tools.asLeft(list).join() === servers.join(),
              { en: 'your caller’s list still reads a b', ko: '넘겨준 쪽의 목록은 그대로 a b' },
              list,
            );
          const acquire = (name: string, balancer: ConnectionCounter): Lease => {
            let lease: Lease | undefined;
            story.call(`${name}.acquire`, [], () => {
              lease = balancer.acquire();
              return lease.server;
            });
            return lease as Lease;
          };
          story.given({ en: `one.${SERVERS.en}`, ko: `one.${SERVERS.ko}` }, servers);
          const one = new LeastConnections(list);
          const leases = Array.from({ length: 4 }, () => {
            const lease = acquire('one', one);
            untouched();
            return lease;
          });
          // Now b is free and a is not, as one sees it.
          for (const lease of leases.filter(({ server }) => server === 'b')) {
            story.call('one: lease on b, release', [], () => lease.release());
          }
          story.given({ en: `two.${SERVERS.en}`, ko: `two.${SERVERS.ko}` }, servers);
          const two = new LeastConnections([...servers]);
          const { server } = acquire('two', two);
          const other = acquire('two', two).server;
          if (leases[0]?.server !== leases[1]?.server) story.expect(other, server === 'a' ? 'b' : 'a');
          story.call('one.add', ['d'], () => one.add('d'));
          untouched();
          story.call('one.remove', ['a'], () => one.remove('a'));
          untouched();
        }),
    },
    {
      id: 'fewest-open',
      title: {
        en: 'every request goes to a server with the fewest open connections',
        ko: '모든 요청은 열린 연결이 가장 적은 서버로 갑니다',
      },
      points: 2,
      section: 'least-connections',
      run: async ({ LeastConnections }, tools) => {
        const follow = (count: number, traffic: readonly Traffic[], story: Story) => {
          const balancer = new WatchedCounter(LeastConnections, firstServers(count), story, { ties: false });
          for (const event of traffic) play(balancer, event);
        };
        // Of two that were given one request each, the one that has answered is free.
        await tools.example((story) => follow(2, [ACQUIRE, ACQUIRE, { does: 'release', place: 0 }, ACQUIRE], story));
        await tools.forAll(
          fc.record({ count, traffic }),
          ({ count, traffic }, story) => follow(count, traffic, story),
          {
            runs: 150,
          },
        );
      },
    },
    {
      id: 'release-once',
      title: {
        en: 'a lease gives back its own connection, once; releasing it again changes nothing',
        ko: '임대는 자기 연결만 한 번 돌려주고, 다시 풀어도 아무것도 바뀌지 않습니다',
      },
      points: 2,
      section: 'least-connections',
      run: ({ LeastConnections }, tools) =>
        tools.forAll(
          fc.record({ count, traffic }),
          ({ count, traffic }, story) => {
            const balancer = new WatchedCounter(LeastConnections, firstServers(count), story, { ties: false });
            for (const event of traffic) {
              if (event.does === 'acquire') balancer.acquire();
              else balancer.release(event.place);
            }
          },
          { runs: 150 },
        ),
    },
    {
      id: 'ties-rotate',
      title: {
        en: 'among several with the fewest, the one chosen longest ago is next',
        ko: '가장 적은 서버가 여럿이면 선택된 지 가장 오래된 서버가 다음입니다',
      },
      points: 1,
      section: 'least-connections',
      run: async ({ LeastConnections }, tools) => {
        await tools.example((story) => {
          const balancer = new WatchedCounter(LeastConnections, ['a', 'b'], story);
          balancer.acquire();
          balancer.releaseOn('a');
          balancer.acquire();
        });
        for (const answers of [['b'], ['a', 'b'], ['c', 'b']]) {
          await tools.example((story) => {
            const balancer = new WatchedCounter(LeastConnections, ['a', 'b', 'c'], story);
            for (let request = 0; request < 3; request++) balancer.acquire();
            for (const server of answers) balancer.releaseOn(server);
            for (let request = 0; request < 3; request++) balancer.acquire();
          });
        }
        await tools.example((story) => {
          const balancer = new WatchedCounter(LeastConnections, ['a', 'b'], story);
          balancer.acquire();
          balancer.add('x');
          for (let request = 0; request < 3; request++) balancer.acquire();
        });
        await tools.forAll(
          fc.record({ count, waves, newcomer: fc.option(fc.nat({ max: 2 }), { nil: undefined }) }),
          ({ count, waves, newcomer }, story) => {
            const balancer = new WatchedCounter(LeastConnections, firstServers(count), story);
            for (const [time, { requests, answers }] of waves.entries()) {
              if (time === newcomer) balancer.add('x');
              for (let request = 0; request < requests; request++) balancer.acquire();
              for (const place of answers) balancer.releaseHeld(place);
            }
            for (let request = 0; request < count; request++) balancer.acquire();
          },
          { runs: 200 },
        );
      },
    },
    {
      id: 'gone-for-good',
      title: {
        en: 'a lease on a server that has left touches nobody, not even a new server of the same name',
        ko: '빠진 서버의 임대는 같은 이름의 새 서버를 포함해 누구에게도 영향을 주지 않습니다',
      },
      points: 1,
      section: 'when-the-list-changes',
      run: async ({ LeastConnections }, tools) => {
        await tools.example((story) => {
          const balancer = new WatchedCounter(LeastConnections, ['a', 'b'], story);
          balancer.acquire();
          balancer.remove('a');
          balancer.add('a');
          balancer.acquire();
          balancer.acquire();
          balancer.releaseFirst();
          balancer.acquire();
        });
        await tools.forAll(
          fc.record({
            count,
            before: fc.integer({ min: 1, max: 6 }),
            between: fc.integer({ min: 0, max: 5 }),
            returns: fc.boolean(),
            late: fc.subarray([0, 1, 2, 3, 4, 5], { minLength: 1 }),
          }),
          ({ count, before, between, returns, late }, story) => {
            const balancer = new WatchedCounter(LeastConnections, firstServers(count), story);
            for (let requests = 0; requests < before; requests++) balancer.acquire();
            balancer.remove('a');
            if (returns) balancer.add('a');
            for (let requests = 0; requests < between; requests++) balancer.acquire();
            for (const place of late) if (place < before) balancer.release(place);
            for (let requests = 0; requests < 2 * count; requests++) balancer.acquire();
          },
          { runs: 150 },
        );
      },
    },
    {
      id: 'refuses-bad-calls',
      title: {
        en: 'a server that is unknown, already there or named twice is refused, and so is a request when there is none',
        ko: '없는 서버, 이미 있는 서버, 두 번 적힌 서버는 거부하고, 서버가 없으면 요청도 거부합니다',
      },
      points: 1,
      section: 'when-the-list-changes',
      run: async ({ LeastConnections }, tools) => {
        await tools.example((story) => {
          const balancer = new WatchedCounter(LeastConnections, ['a', 'b'], story);
          balancer.acquire();
          balancer.remove('z');
          balancer.add('a');
          for (let requests = 0; requests < 3; requests++) balancer.acquire();
        });
        await tools.example((story) => {
          const balancer = new WatchedCounter(LeastConnections, ['a'], story);
          balancer.remove('a');
          balancer.acquire();
          balancer.remove('a');
          balancer.add('b');
          balancer.acquire();
        });
        await tools.example((story) => {
          const twice = ['a', 'b', 'a'];
          story.throws('new LeastConnections', [twice], () => new LeastConnections(twice), 'RangeError', 'servers');
        });
      },
    },
    {
      id: 'any-history',
      title: {
        en: 'the promise holds through any mixture of requests, answers, arrivals and departures',
        ko: '요청, 응답, 들이기, 빼기를 어떻게 섞어도 약속이 지켜집니다',
      },
      points: 1,
      section: 'least-connections',
      run: ({ LeastConnections }, tools) =>
        tools.forAll(
          fc.record({ count: fc.integer({ min: 0, max: 4 }), anything }),
          ({ count, anything }, story) => {
            const balancer = new WatchedCounter(LeastConnections, firstServers(count), story);
            for (const event of anything) {
              if (event.does === 'add' || event.does === 'remove') balancer[event.does](event.server);
              else if (event.does === 'acquire') balancer.acquire();
              else balancer.release(event.place);
            }
          },
          { runs: 200 },
        ),
    },
    {
      id: 'pages-stay-fast',
      title: {
        en: 'in the simulation, light requests no longer wait behind heavy ones as they do with round robin',
        ko: '시뮬레이션에서 가벼운 요청이 라운드 로빈에서처럼 무거운 요청 뒤에서 기다리지 않습니다',
      },
      points: 1,
      section: 'least-connections',
      run: (_, tools) =>
        tools.example(async (story) => {
          story.happens({
            en: 'four servers, 70 % load; pages take 10 ms on average, 5 % of the requests are reports of 200 ms',
            ko: '서버 네 대, 부하 70%. 페이지는 평균 10ms, 요청의 5%는 200ms짜리 보고서',
          });
          const lane = { exercise: 'least-connections', preset: 'mixed-costs', seed: tools.seed };
          const trace = await tools.simulate(slowServer, lane, story);
          const plan = slowServer.plan(slowServer.presets.find(({ id }) => id === lane.preset)!.params);
          const turns = await slowServer.run(plan, slowServer.baselines[0]!.make, { seed: tools.seed });
          const [yours, theirs] = [p99OfPages(trace), p99OfPages(turns)];
          const most = Math.floor(theirs / MIN_GAIN);
          story.happens({
            en: `99 of 100 pages take at most ${Math.round(theirs)} ms with round robin, ${Math.round(yours)} ms with yours`,
            ko: `페이지 100개 중 99개가 라운드 로빈으로는 ${Math.round(theirs)}ms, 작성한 코드로는 ${Math.round(yours)}ms 안에 끝남`,
          });
          story.require(yours <= theirs / MIN_GAIN, {
            en: `clearly less: ${most} ms or below`,
            ko: `뚜렷이 빠름: ${most}ms 이하`,
          });
        }),
    },
  ],
};

/** Over 400 seeds the gain was 1.41 to 9.6 times, 3.3 in the middle. */
const MIN_GAIN = 1.2;

function p99OfPages(trace: Trace): number {
  return percentile(sample(trace, 0, trace.durationUs, trace.classes.indexOf('page')), 99) ?? Number.POSITIVE_INFINITY;
}
