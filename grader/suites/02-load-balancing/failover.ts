import fc from 'fast-check';
import { scene as aServerDies } from '../../../lessons/02-load-balancing/scenes/a-server-dies.ts';
import { OUTCOMES, type Trace } from '../../../simulator/trace.ts';
import type { Suite, Tools } from '../../suite.ts';
import {
  type Client,
  type Ending,
  type FailoverExports,
  FailoverWorld,
  type Method,
  type Proxying,
} from './failover-world.ts';
import { firstServers } from './rotation-model.ts';

const REPEATABLE = ['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE'] as const;
const ONCE = ['POST', 'PATCH'] as const;

/** So many failures that nobody is ejected. */
const PATIENT = 1000;

const failure = fc.constantFrom<Ending>(500, 'breaks', 503, 599);
const ending = fc.oneof({ weight: 3, arbitrary: failure }, { weight: 4, arbitrary: fc.constantFrom(200, 404, 499) });

/** One fixed case in a world of its own. */
function script(
  subject: FailoverExports,
  tools: Tools,
  options: Proxying,
  body: (world: FailoverWorld) => Promise<unknown>,
): Promise<void> {
  return tools.example(async (story) => {
    await body(new FailoverWorld(story, subject, options));
  });
}

type Move =
  | { readonly do: 'ask'; readonly methods: readonly Method[] }
  | { readonly do: 'end'; readonly which: number; readonly ending: Ending }
  | { readonly do: 'pass'; readonly ms: number }
  | { readonly do: 'prefer'; readonly first: number }
  | { readonly do: 'throws'; readonly which: number; readonly does: boolean };

const method = fc.constantFrom<Method>('GET', 'GET', 'GET', 'PUT', 'POST', 'HEAD', 'PATCH', 'OPTIONS', 'DELETE');
const move: fc.Arbitrary<Move> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('ask' as const),
      methods: fc.array(method, { minLength: 1, maxLength: 2 }),
    }),
  },
  { weight: 8, arbitrary: fc.record({ do: fc.constant('end' as const), which: fc.nat(3), ending }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('pass' as const), ms: fc.integer({ min: 1, max: 10 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('prefer' as const), first: fc.nat(2) }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('throws' as const), which: fc.nat(2), does: fc.boolean() }),
  },
);

async function play(world: FailoverWorld, servers: readonly string[], moves: readonly Move[]): Promise<void> {
  for (const one of moves) {
    if (one.do === 'pass') world.at(world.now() + one.ms);
    else if (one.do === 'ask') await world.askTogether(...one.methods);
    else if (one.do === 'end') {
      const open = world.open();
      if (open.length > 0) await world.end(one.ending, open[one.which % open.length]);
    } else if (one.do === 'throws') world.throwsAtOnce(servers[one.which % servers.length]!, one.does);
    else {
      const at = one.first % servers.length;
      world.prefer(...servers.slice(at), ...servers.slice(0, at));
    }
  }
  while (world.open().length > 0) await world.end(200);
}

export const suite: Suite<FailoverExports> = {
  requires: { FailoverProxy: 'class' },
  checks: [
    {
      id: 'passes-requests-on',
      title: {
        en: 'a request goes to the server that the balancer chooses, and whatever it answers below 500 comes back',
        ko: '요청은 로드 밸런서가 고른 서버로 가고, 500 미만의 응답은 그대로 돌아옵니다',
      },
      points: 1,
      section: 'failover',
      run: (subject, tools) =>
        script(subject, tools, { failuresToEject: PATIENT }, async (world) => {
          await world.run('GET', 200);
          world.prefer('b', 'c', 'a');
          await world.run('POST', 201);
          world.prefer('c', 'a', 'b');
          await world.run('PUT', 302);
          await world.run('GET', 404);
          await world.run('DELETE', 499);
        }),
    },
    {
      id: 'refuses-bad-options',
      title: {
        en: 'no servers, a server named twice, and numbers that are out of range are a RangeError',
        ko: '빈 서버 목록, 두 번 적힌 서버, 범위를 벗어난 숫자에는 RangeError가 발생해야 합니다',
      },
      points: 1,
      section: 'failover',
      run: async ({ FailoverProxy }, tools) => {
        const refuse = (servers: readonly string[], failuresToEject: number, coolDownMs: number, name: string) =>
          tools.example((story) =>
            story.throws(
              'new FailoverProxy',
              [{ servers, failuresToEject, coolDownMs }],
              () =>
                new FailoverProxy({
                  servers,
                  failuresToEject,
                  coolDownMs,
                  choose: ([first]) => first!,
                  send: async () => ({ status: 200, body: '' }),
                  now: () => 0,
                }),
              'RangeError',
              name,
            ),
          );
        for (const servers of [[], ['a', 'b', 'a']]) await refuse(servers, 1, 10, 'servers');
        for (const failures of [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY]) {
          await refuse(['a'], failures, 10, 'failuresToEject');
        }
        for (const coolDown of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
          await refuse(['a'], 1, coolDown, 'coolDownMs');
        }
      },
    },
    {
      id: 'sends-once',
      title: {
        en: 'POST and PATCH are sent once, and the server’s own answer or error comes back',
        ko: 'POST와 PATCH는 한 번만 보내고, 서버의 응답이나 오류를 그대로 돌려줍니다',
      },
      points: 2,
      section: 'failover',
      run: async (subject, tools) => {
        for (const method of ONCE) {
          await script(subject, tools, { failuresToEject: PATIENT }, async (world) => {
            await world.run(method, 500);
            await world.run(method, 'breaks');
            await world.run(method, 503);
            world.throwsAtOnce('a');
            await world.ask(method);
          });
        }
      },
    },
    {
      id: 'tries-elsewhere',
      title: {
        en: 'GET, HEAD, OPTIONS, PUT and DELETE go on to another server when one fails, and never to the same one twice',
        ko: 'GET, HEAD, OPTIONS, PUT, DELETE는 실패하면 다른 서버로 다시 보내되, 같은 서버로 두 번 보내지 않습니다',
      },
      points: 2,
      section: 'failover',
      run: async (subject, tools) => {
        await script(subject, tools, { servers: ['a', 'b'], failuresToEject: PATIENT }, async (world) => {
          for (const method of REPEATABLE) await world.run(method, 503, 200);
          for (const method of REPEATABLE) await world.run(method, 'breaks', 200);
        });
        await tools.forAll(
          fc.record({
            servers: fc.shuffledSubarray(['a', 'b', 'c', 'd'], { minLength: 1 }),
            method: fc.constantFrom(...REPEATABLE),
            failures: fc.array(failure, { maxLength: 4 }),
            throws: fc.subarray(['a', 'b', 'c', 'd'], { maxLength: 2 }),
          }),
          async ({ servers, method, failures, throws }, story) => {
            const world = new FailoverWorld(story, subject, { servers, failuresToEject: PATIENT });
            for (const server of throws) if (servers.includes(server)) world.throwsAtOnce(server);
            const client = await world.ask(method);
            for (const failing of failures) if (!client.over) await world.end(failing);
            if (!client.over) await world.end(200);
          },
        );
      },
    },
    {
      id: 'keeps-to-itself',
      title: {
        en: 'two proxies share nothing',
        ko: '두 프록시는 아무것도 공유하지 않습니다',
      },
      points: 1,
      section: 'failover',
      run: (subject, tools) =>
        tools.example(async (story) => {
          const [one, two] = [1, 2].map((which) => {
            story.happens({ en: `proxy ${which} is made`, ko: `프록시 ${which} 생성` });
            return new FailoverWorld(story, subject);
          }) as [FailoverWorld, FailoverWorld];
          await one.run('GET', 500, 200);
          story.happens({ en: 'now the other proxy', ko: '이제 다른 프록시' });
          await two.run('GET', 200);
        }),
    },
    {
      id: 'ejects-after-failures-in-a-row',
      title: {
        en: 'a server is left out once failuresToEject requests in a row have failed on it, and not before',
        ko: '한 서버에서 요청이 연달아 failuresToEject번 실패하면 그 서버를 빼고, 그 전에는 빼지 않습니다',
      },
      points: 2,
      section: 'failover',
      run: (subject, tools) =>
        tools.forAll(
          fc.record({
            failuresToEject: fc.integer({ min: 1, max: 4 }),
            requests: fc.array(
              fc.record({
                method: fc.constantFrom<Method>('GET', 'POST'),
                ending,
                waitMs: fc.constantFrom(0, 1, 25),
              }),
              { minLength: 1, maxLength: 12, size: 'max' },
            ),
          }),
          async ({ failuresToEject, requests }, story) => {
            const world = new FailoverWorld(story, subject, { servers: ['a', 'b'], failuresToEject });
            for (const { method, ending, waitMs } of requests) {
              world.at(world.now() + waitMs);
              const client = await world.ask(method);
              await world.end(ending);
              if (!client.over) await world.end(200);
              if (world.isOut('a')) break;
            }
            for (const method of ['GET', 'POST'] as const) await world.run(method, 200);
          },
          { runs: 120 },
        ),
    },
    {
      id: 'comes-back',
      title: {
        en: 'when the cool-down is over, the next request probes the server: a success brings it back, a failure starts another cool-down',
        ko: '쿨다운이 끝나면 다음 요청이 그 서버를 탐침합니다. 성공하면 서버가 돌아오고, 실패하면 쿨다운을 다시 시작합니다',
      },
      points: 2,
      section: 'failover',
      run: async (subject, tools) => {
        const twoServers = { servers: ['a', 'b'] };
        for (const late of [0, 1]) {
          await script(subject, tools, twoServers, async (world) => {
            await world.run('GET', 'breaks', 200);
            world.at(9);
            await world.run('GET', 200);
            world.at(10 + late);
            world.prefer('b', 'a');
            await world.run('GET', 200);
            world.prefer('a', 'b');
            await world.run('GET', 200);
          });
        }
        await script(subject, tools, twoServers, async (world) => {
          const client = await world.ask();
          world.at(4);
          await world.end('breaks', world.openOf(client));
          await world.end(200);
          world.at(13);
          await world.run('GET', 200);
          world.at(14);
          await world.run('GET', 200);
        });
        await script(subject, tools, { ...twoServers, failuresToEject: 2 }, async (world) => {
          for (let request = 0; request < 2; request++) await world.run('GET', 500, 200);
          world.at(12);
          await world.run('GET', 500, 200);
          world.at(21);
          await world.run('GET', 200);
          world.at(22);
          await world.run('GET', 200);
          await world.run('GET', 500, 200);
          await world.run('GET', 500, 200);
          await world.run('GET', 200);
        });
      },
    },
    {
      id: 'probes-with-what-may-be-repeated',
      title: {
        en: 'POST and PATCH never serve as the probe while another server is in; GET, HEAD, OPTIONS, PUT and DELETE do',
        ko: '다른 서버가 들어와 있는 동안 POST와 PATCH로는 탐침하지 않으며, GET, HEAD, OPTIONS, PUT, DELETE로 탐침합니다',
      },
      points: 1,
      section: 'failover',
      run: async (subject, tools) => {
        for (const method of REPEATABLE) {
          await script(subject, tools, {}, async (world) => {
            await world.run('GET', 500, 200);
            world.at(12);
            for (const once of ONCE) await world.run(once, 200);
            await world.run(method, 200);
            await world.run('POST', 200);
          });
        }
      },
    },
    {
      id: 'one-probe-at-a-time',
      title: {
        en: 'only one request probes a server at a time, and however the probe ends, another may follow it',
        ko: '한 서버는 한 번에 한 요청만 탐침하며, 탐침이 어떻게 끝나든 다음 탐침을 할 수 있습니다',
      },
      points: 2,
      section: 'failover',
      run: async (subject, tools) => {
        await script(subject, tools, {}, async (world) => {
          await world.run('GET', 500, 200);
          world.at(12);
          const probe = await world.ask();
          const other = await world.ask();
          await world.end(200, world.openOf(other));
          await world.end(200, world.openOf(probe));
          await world.run('GET', 200);
        });
        await script(subject, tools, {}, async (world) => {
          await world.run('GET', 500, 200);
          world.at(10);
          await world.askTogether('GET', 'GET', 'GET');
          while (world.open().length > 0) await world.end(200);
        });
        for (const failing of [500, 'breaks'] as const) {
          await script(subject, tools, {}, async (world) => {
            await world.run('GET', 500, 200);
            for (const time of [12, 25, 40]) {
              world.at(time);
              await world.run('GET', failing, 200);
            }
            world.at(60);
            await world.run('GET', 200);
          });
        }
      },
    },
    {
      id: 'frees-the-probe-after-a-throw',
      title: {
        en: 'a probe whose send throws at once is over, too: when the server is due again, another may follow it',
        ko: 'send가 바로 예외를 던진 탐침도 끝난 것이며, 다시 때가 되면 다음 탐침을 할 수 있습니다',
      },
      points: 1,
      section: 'failover',
      run: (subject, tools) =>
        script(subject, tools, {}, async (world) => {
          await world.run('GET', 500, 200);
          world.throwsAtOnce('a');
          for (const time of [12, 25]) {
            world.at(time);
            await world.run('GET', 200);
          }
          world.throwsAtOnce('a', false);
          world.at(40);
          await world.run('GET', 200);
          await world.run('POST', 200);
        }),
    },
    {
      id: 'better-a-doubtful-server-than-none',
      title: {
        en: 'when every server is out, a request goes to the one whose cool-down ends first',
        ko: '모든 서버가 빠져 있으면 쿨다운이 가장 먼저 끝나는 서버로 요청을 보냅니다',
      },
      points: 1,
      section: 'failover',
      run: async (subject, tools) => {
        await script(subject, tools, { servers: ['a'] }, async (world) => {
          await world.run('POST', 503);
          world.at(3);
          await world.run('GET', 503);
          world.at(5);
          await world.run('POST', 200);
          await world.run('GET', 200);
        });
        await script(subject, tools, { servers: ['a', 'b', 'c'] }, async (world) => {
          for (const [time, server] of [
            [1, 'b'],
            [3, 'c'],
            [5, 'a'],
          ] as const) {
            world.at(time);
            world.prefer(server, ...['a', 'b', 'c'].filter((other) => other !== server));
            await world.run('POST', 'breaks');
          }
          world.at(6);
          await world.run('POST', 500);
          await world.run('GET', 500, 500, 200);
          await world.run('GET', 200);
        });
      },
    },
    {
      id: 'old-success-changes-nothing',
      title: {
        en: 'an answer to a request that left before the ejection does not bring the server back, nor end its probe',
        ko: '서버가 빠지기 전에 보낸 요청의 응답은 서버를 돌려놓지도, 탐침을 끝내지도 않습니다',
      },
      points: 1,
      section: 'failover',
      run: async (subject, tools) => {
        await script(subject, tools, {}, (world) => lateWhileOut(world, 200));
        await script(subject, tools, {}, (world) => lateDuringProbe(world, 200));
      },
    },
    {
      id: 'old-news-does-not-count',
      title: {
        en: 'what comes of a request that left before the ejection neither prolongs it nor counts once the server is back',
        ko: '서버가 빠지기 전에 보낸 요청의 결과는 쿨다운을 늘리지도, 돌아온 서버의 횟수에 들어가지도 않습니다',
      },
      points: 2,
      section: 'failover',
      run: async (subject, tools) => {
        await script(subject, tools, {}, (world) => lateWhileOut(world, 500));
        await script(subject, tools, {}, (world) => lateDuringProbe(world, 500));
        await script(subject, tools, {}, async (world) => {
          const old = await beforeTheEjection(world);
          world.at(11);
          await world.run('GET', 200);
          world.at(12);
          await world.end('breaks', world.openOf(old));
          await world.end(200);
          await world.run('GET', 200);
        });
        await script(subject, tools, { failuresToEject: 2 }, async (world) => {
          const old = await world.ask();
          for (let request = 0; request < 2; request++) await world.run('GET', 500, 200);
          world.at(10);
          await world.run('GET', 200);
          await world.run('GET', 500, 200);
          await world.end(200, world.openOf(old));
          await world.run('GET', 500, 200);
          await world.run('GET', 200);
        });
      },
    },
    {
      id: 'any-order',
      title: {
        en: 'in whatever order requests, answers and failures come, every request goes where it should and is answered',
        ko: '요청, 응답, 실패가 어떤 순서로 일어나도 모든 요청은 가야 할 곳으로 가고 답을 받습니다',
      },
      points: 2,
      section: 'failover',
      run: (subject, tools) =>
        tools.forAll(
          fc.record({
            count: fc.integer({ min: 1, max: 3 }),
            failuresToEject: fc.integer({ min: 1, max: 2 }),
            moves: fc.array(move, { minLength: 1, maxLength: 30, size: 'max' }),
          }),
          async ({ count, failuresToEject, moves }, story) => {
            const servers = firstServers(count);
            await play(new FailoverWorld(story, subject, { servers, failuresToEject }), servers, moves);
          },
          { runs: 160 },
        ),
    },
    {
      id: 'loses-no-read',
      title: {
        en: 'in the simulation, a server dies in the middle of the traffic, and not one GET is lost',
        ko: '시뮬레이션에서 트래픽이 흐르는 도중에 서버가 죽어도 GET은 하나도 잃지 않습니다',
      },
      points: 1,
      section: 'failover',
      run: (_, tools) =>
        tools.example(async (story) => {
          story.happens({
            en: 'four servers at 60 % load; server-2 refuses every connection from second 5 to 12',
            ko: '서버 네 대, 부하 60%. server-2가 5초부터 12초까지 모든 연결을 거절함',
          });
          const trace = await tools.simulate(aServerDies, { exercise: 'failover', preset: 'refuse' }, story);
          const [reads, writes] = ['read', 'write'].map((name) => failed(trace, name)) as [number, number];
          story.require(reads === 0, { en: 'no GET fails', ko: '실패하는 GET 없음' }, reads);
          story.require(
            writes <= MAX_LOST_WRITES,
            {
              en: `at most ${MAX_LOST_WRITES} POSTs fail: those by which the proxy learns of the crash`,
              ko: `실패하는 POST는 ${MAX_LOST_WRITES}개 이하: 프록시가 장애를 알게 되기까지의 요청`,
            },
            writes,
          );
        }),
    },
  ],
};

/** Over 200 seeds 0 to 2 were lost; a proxy that goes on sending loses 30. */
const MAX_LOST_WRITES = 6;

function failed(trace: Trace, name: string): number {
  const wanted = trace.classes.indexOf(name);
  const { outcome } = trace.requests;
  const unharmed = [OUTCOMES.indexOf('ok'), OUTCOMES.indexOf('pending')];
  return outcome.filter((code, request) => trace.requests.class[request] === wanted && !unharmed.includes(code)).length;
}

/** Two requests leave for a; the first fails at 1 and ejects it until 11. Resolves to the second, still open. */
async function beforeTheEjection(world: FailoverWorld): Promise<Client> {
  const first = await world.ask();
  const old = await world.ask();
  world.at(1);
  await world.end('breaks', world.openOf(first));
  await world.end(200, world.openOf(first));
  return old;
}

/** That second request ends while a is out, which changes nothing: a is due at 11 as before. */
async function lateWhileOut(world: FailoverWorld, late: Ending): Promise<void> {
  const old = await beforeTheEjection(world);
  world.at(4);
  await world.end(late, world.openOf(old));
  if (!old.over) await world.end(200, world.openOf(old));
  await world.run('POST', 200);
  world.at(10);
  await world.run('GET', 200);
  world.at(11);
  await world.run('GET', 200);
}

/** That second request ends while a is being probed, which changes nothing: nobody else may go there. */
async function lateDuringProbe(world: FailoverWorld, late: Ending): Promise<void> {
  const old = await beforeTheEjection(world);
  world.at(11);
  const probe = await world.ask();
  world.at(12);
  await world.end(late, world.openOf(old));
  if (!old.over) await world.end(200, world.openOf(old));
  await world.run('GET', 200);
  await world.end(200, world.openOf(probe));
  await world.run('GET', 200);
}
