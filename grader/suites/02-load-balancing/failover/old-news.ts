import type { Check } from '../../../suite.ts';
import { script } from './script.ts';
import type { Client, Ending } from './traffic.ts';
import type { FailoverExports, FailoverWorld } from './world.ts';

export const oldSuccessChangesNothing: Check<FailoverExports> = {
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
};

export const oldNewsDoesNotCount: Check<FailoverExports> = {
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
};

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
