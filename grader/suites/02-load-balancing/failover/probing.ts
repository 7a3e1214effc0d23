import type { Check } from '../../../suite.ts';
import { ONCE, REPEATABLE, script } from './script.ts';
import type { FailoverExports } from './world.ts';

export const probesWithWhatMayBeRepeated: Check<FailoverExports> = {
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
};

export const oneProbeAtATime: Check<FailoverExports> = {
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
};

export const freesTheProbeAfterAThrow: Check<FailoverExports> = {
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
};
