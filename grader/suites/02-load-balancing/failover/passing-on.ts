import fc from 'fast-check';
import type { Check } from '../../../suite.ts';
import { failure, ONCE, REPEATABLE, script } from './script.ts';
import { type FailoverExports, FailoverWorld, PATIENT } from './world.ts';

export const passesRequestsOn: Check<FailoverExports> = {
  id: 'passes-requests-on',
  title: {
    en: 'a request goes to the server that the balancer chooses, and whatever it answers below 500 comes back',
    ko: '요청은 로드 밸런서가 고른 서버로 가고, 500 미만의 응답은 그대로 돌아옵니다',
  },
  points: 1,
  section: 'failover',
  run: async (subject, tools) => {
    await script(subject, tools, { failuresToEject: PATIENT }, async (world) => {
      await world.run('GET', 200);
      // Not the order of the list: who takes servers in turn must not be right by chance.
      world.prefer('c', 'a', 'b');
      await world.run('POST', 201);
      world.prefer('b', 'c', 'a');
      await world.run('PUT', 302);
    });
    for (const [method, status] of [
      ['GET', 404],
      ['POST', 400],
      ['DELETE', 499],
    ] as const) {
      await script(subject, tools, { failuresToEject: PATIENT }, (world) => world.run(method, status));
    }
  },
};

export const refusesBadOptions: Check<FailoverExports> = {
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
};

export const sendsOnce: Check<FailoverExports> = {
  id: 'sends-once',
  title: {
    en: 'POST and PATCH are sent once, and the server’s own answer or error comes back',
    ko: 'POST와 PATCH는 한 번만 보내고, 서버의 응답이나 오류를 그대로 돌려줍니다',
  },
  points: 2,
  section: 'failover',
  run: async (subject, tools) => {
    for (const method of ONCE) {
      for (const ending of [500, 'breaks', 503] as const) {
        await script(subject, tools, { failuresToEject: PATIENT }, (world) => world.run(method, ending));
      }
      await script(subject, tools, { failuresToEject: PATIENT }, async (world) => {
        world.throwsAtOnce('a');
        await world.ask(method);
      });
    }
  },
};

export const triesElsewhere: Check<FailoverExports> = {
  id: 'tries-elsewhere',
  title: {
    en: 'GET, HEAD, OPTIONS, PUT and DELETE go on to another server when one fails, and never to the same one twice',
    ko: 'GET, HEAD, OPTIONS, PUT, DELETE는 실패하면 다른 서버로 다시 보내되, 같은 서버로 두 번 보내지 않습니다',
  },
  points: 2,
  section: 'failover',
  run: async (subject, tools) => {
    const [two, three] = [
      ['a', 'b'],
      ['a', 'b', 'c'],
    ].map((servers) => ({ servers, failuresToEject: PATIENT }));
    for (const method of REPEATABLE) {
      for (const failing of [503, 'breaks'] as const) {
        await script(subject, tools, two!, (world) => world.run(method, failing, 200));
      }
    }
    await script(subject, tools, three!, (world) => world.run('GET', 500, 'breaks', 200));
    await script(subject, tools, two!, (world) => world.run('GET', 500, 503));
    await script(subject, tools, two!, (world) => world.run('GET', 500, 'breaks'));
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
};

export const keepsToItself: Check<FailoverExports> = {
  id: 'keeps-to-itself',
  title: {
    en: 'two proxies share nothing',
    ko: '두 프록시는 아무것도 공유하지 않습니다',
  },
  points: 1,
  section: 'failover',
  run: (subject, tools) =>
    tools.example(async (story) => {
      const one = new FailoverWorld(story, subject);
      await one.run('GET', 500, 200);
      story.happens({
        en: 'now another proxy, with servers of the same names',
        ko: '이제 이름이 같은 서버들로 만든 다른 프록시',
      });
      const two = new FailoverWorld(story, subject);
      await two.run('GET', 200);
    }),
};
