import fc from 'fast-check';
import type { Check } from '../../../suite.ts';
import { ending, script } from './script.ts';
import type { Method } from './traffic.ts';
import { type FailoverExports, FailoverWorld } from './world.ts';

export const ejectsAfterFailuresInARow: Check<FailoverExports> = {
  id: 'ejects-after-failures-in-a-row',
  title: {
    en: 'a server is left out once failuresToEject requests in a row have failed on it, and not before',
    ko: '한 서버에서 요청이 연달아 failuresToEject번 실패하면 그 서버를 빼고, 그 전에는 빼지 않습니다',
  },
  points: 2,
  section: 'failover',
  run: async (subject, tools) => {
    const servers = ['a', 'b'];
    for (const once of [500, 'breaks'] as const) {
      await script(subject, tools, { servers }, async (world) => {
        await world.run('GET', once, 200);
        await world.run('GET', 200);
      });
    }
    await script(subject, tools, { servers }, async (world) => {
      await world.run('POST', 500);
      await world.run('GET', 200);
    });
    await script(subject, tools, { servers, failuresToEject: 2 }, async (world) => {
      for (const ending of [500, 200, 500]) await world.run('POST', ending);
      await world.run('GET', 200);
    });
    await tools.forAll(
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
        const world = new FailoverWorld(story, subject, { servers, failuresToEject });
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
    );
  },
};

export const comesBack: Check<FailoverExports> = {
  id: 'comes-back',
  title: {
    en: 'when the cool-down is over, the next request probes the server: a success brings it back, a failure starts another cool-down',
    ko: '쿨다운이 끝나면 다음 요청이 그 서버를 탐침합니다. 성공하면 서버가 돌아오고, 실패하면 쿨다운을 다시 시작합니다',
  },
  points: 2,
  section: 'failover',
  run: async (subject, tools) => {
    const twoServers = { servers: ['a', 'b'] };
    await script(subject, tools, twoServers, async (world) => {
      await world.run('GET', 'breaks', 200);
      world.at(9);
      await world.run('GET', 200);
    });
    for (const due of [10, 11]) {
      for (const first of ['a', 'b']) {
        await script(subject, tools, twoServers, async (world) => {
          await world.run('GET', 'breaks', 200);
          world.at(due);
          world.prefer(first, ...twoServers.servers.filter((other) => other !== first));
          await world.run('GET', 200);
          world.prefer('a', 'b');
          await world.run('GET', 200);
        });
      }
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
    const afterTwo = { ...twoServers, failuresToEject: 2 };
    await script(subject, tools, afterTwo, async (world) => {
      for (let request = 0; request < 2; request++) await world.run('POST', 500);
      world.at(12);
      await world.run('GET', 500, 200);
      world.at(21);
      await world.run('GET', 200);
      world.at(22);
      await world.run('GET', 200);
    });
    await script(subject, tools, afterTwo, async (world) => {
      for (let request = 0; request < 2; request++) await world.run('POST', 500);
      world.at(12);
      await world.run('GET', 200);
      await world.run('POST', 500);
      await world.run('POST', 500);
      await world.run('GET', 200);
    });
  },
};

export const betterADoubtfulServerThanNone: Check<FailoverExports> = {
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
    await script(subject, tools, { servers: ['a', 'b'] }, async (world) => {
      for (const time of [1, 3, 6]) {
        world.at(time);
        await world.run('POST', 'breaks');
      }
      await world.run('POST', 200);
      await world.run('POST', 200);
    });
    // A request sent for want of anything better is no probe: while it is open, a probe may follow it.
    await script(subject, tools, { servers: ['a', 'b'] }, async (world) => {
      for (const time of [1, 3]) {
        world.at(time);
        await world.run('POST', 'breaks');
      }
      world.at(4);
      const open = await world.ask('POST');
      world.at(13);
      await world.run('GET', 200);
      await world.run('GET', 200);
      await world.end(200, world.openOf(open));
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
};
