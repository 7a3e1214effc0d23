import fc from 'fast-check';
import { scene as staleValue } from '../../../lessons/04-caching-and-cdn/scenes/stale-value.ts';
import { hitShare, staleShare } from '../../../simulator/measures/cache-measures.ts';
import type { Suite } from '../../suite.ts';
import { commit, HELD, load, loadFails, moves, race, read, write, writeFails } from './write-races.ts';
import { type WriteExports, WriteWorld } from './write-world.ts';

export const suite: Suite<WriteExports> = {
  requires: { createWriteInvalidation: 'function' },
  checks: [
    {
      id: 'reads-through',
      title: {
        en: 'a value is loaded once and then answered from memory, whatever it is',
        ko: '값은 무엇이든 한 번만 로드하고 그다음부터는 메모리에서 답해야 합니다',
      },
      points: 1,
      section: 'read-through',
      run: async (subject, tools) => {
        await tools.example(async (story) => {
          const world = new WriteWorld(story, subject, { capacity: 5 });
          await world.expectRead('ana', 'database');
          await world.expectRead('ana', 'memory');
          await world.expectRead('bo', 'database');
          await world.expectRead('ana', 'memory');
        });
        for (const empty of [undefined, null, 0, '', false]) {
          await tools.example(async (story) => {
            const world = new WriteWorld(story, subject, { capacity: 5, initial: [empty] });
            await world.expectRead('ana', 'database');
            await world.expectRead('ana', 'memory');
          });
        }
      },
    },
    {
      id: 'refuses-bad-capacity',
      title: {
        en: 'a capacity that is not a whole number of 1 or more is a RangeError',
        ko: '용량이 1 이상의 정수가 아니면 RangeError가 발생해야 합니다',
      },
      points: 1,
      section: 'invalidate',
      run: async (subject, tools) => {
        const db = { read: async () => ({ value: 0, version: 0 }), write: async () => 1 };
        for (const capacity of [0, -1, 2.5, Number.NaN]) {
          await tools.example((story) =>
            story.throws(
              'createWriteInvalidation',
              [{ capacity }],
              () => subject.createWriteInvalidation({ db, capacity }),
              'RangeError',
              'capacity',
            ),
          );
        }
      },
    },
    {
      id: 'shares-one-load',
      title: {
        en: 'readers who come while a key is being loaded share that load; a failed one is not kept',
        ko: '어떤 키를 로드하는 동안 온 읽기는 그 로드를 함께 기다리고, 실패한 로드는 보관하지 않아야 합니다',
      },
      points: 1,
      section: 'stampede',
      run: async (subject, tools) => {
        await tools.example(async (story) => {
          const world = new WriteWorld(story, subject, { capacity: 5 });
          world.allowLoads(1);
          await world.play([read(), read(), load(1), read()]);
          await world.finish();
          await world.expectRead('ana', 'memory');
        });
        await tools.example(async (story) => {
          const world = new WriteWorld(story, subject, { capacity: 5 });
          world.allowLoads(1);
          await world.play([read('ana', 2)]);
          await world.finish();
        });
        await tools.example(async (story) => {
          const world = new WriteWorld(story, subject, { capacity: 5 });
          await world.play([read(), loadFails(1)]);
          world.expectFailedRead();
          world.timeline.expectHandled(await tools.unhandled());
          await world.expectRead('ana', 'database');
          await world.expectRead('ana', 'memory');
        });
      },
    },
    race(
      'waits-for-the-commit',
      {
        en: 'a write is done when the database has confirmed it, not before',
        ko: '쓰기는 데이터베이스가 확인한 뒤에 끝나야 하며, 그 전에 끝나서는 안 됩니다',
      },
      1,
      [[write()], [write(), commit(1)]],
    ),
    race(
      'a-write-is-seen',
      {
        en: 'once a write is done, a reader gets the new value',
        ko: '쓰기가 끝난 뒤에 읽으면 새 값을 받아야 합니다',
      },
      1,
      [[HELD, write(), commit(1), commit(1), read()]],
    ),
    {
      id: 'evicts-only-what-it-must',
      title: {
        en: 'a write leaves other keys alone, and a full cache lets go of the value unused for longest',
        ko: '쓰기는 다른 키를 건드리지 않으며, 가득 찬 캐시는 가장 오랫동안 쓰이지 않은 값을 내보내야 합니다',
      },
      points: 1,
      section: 'invalidate',
      run: async (subject, tools) => {
        await tools.example(async (story) => {
          const world = new WriteWorld(story, subject, { capacity: 5 });
          for (const held of ['ana', 'bo']) await world.expectRead(held, 'database');
          await world.play([write('ana')]);
          await world.finish();
          await world.expectRead('bo', 'memory');
        });
        await tools.example(async (story) => {
          const world = new WriteWorld(story, subject, { capacity: 2 });
          for (const held of ['ana', 'bo']) await world.expectRead(held, 'database');
          await world.expectRead('ana', 'memory');
          await world.expectRead('chris', 'database');
          await world.expectRead('ana', 'memory');
          await world.expectRead('chris', 'memory');
          await world.expectRead('bo', 'database');
        });
      },
    },
    race(
      'a-failed-write-is-reported',
      {
        en: 'the writer hears of a write that failed',
        ko: '쓰기가 실패하면 쓴 쪽이 알 수 있어야 합니다',
      },
      1,
      [[write(), writeFails(1)]],
    ),
    race(
      'serves-only-what-was-committed',
      {
        en: 'nobody ever reads a value that the database has not held',
        ko: '데이터베이스에 있은 적이 없는 값은 아무도 읽어서는 안 됩니다',
      },
      1,
      [
        [HELD, write(), read(), writeFails(1), read()],
        [write(), read(), writeFails(1), load(1), load(1), read()],
      ],
    ),
    race(
      'a-reader-before-the-commit',
      {
        en: 'a reader who puts the old value back before the commit must not leave it there',
        ko: '커밋 전에 읽은 쪽이 예전 값을 다시 넣더라도, 그 값이 캐시에 남아서는 안 됩니다',
      },
      1,
      [[HELD, write(), read(), load(2), load(2), commit(1), commit(1), read()]],
    ),
    race(
      'two-writers-at-once',
      {
        en: 'when two writes overlap, the value that the database has kept is the one that is served',
        ko: '두 쓰기가 겹치면 데이터베이스에 남은 값을 제공해야 합니다',
      },
      1,
      [
        [HELD, write(), write(), commit(1), commit(2), commit(2), commit(1), read()],
        [HELD, write(), write(), commit(2), commit(1), commit(1), commit(2), read()],
      ],
    ),
    race(
      'a-late-reader-does-not-join',
      {
        en: 'a reader who comes after a write must not be answered by a load that began before it',
        ko: '쓰기가 끝난 뒤에 온 읽기에 쓰기 전에 시작된 로드로 답해서는 안 됩니다',
      },
      2,
      [[read(), load(1), write(), commit(1), commit(1), read(), load(1)]],
    ),
    race(
      'a-slow-reader-stores-nothing-old',
      {
        en: 'a reader who saw the row before a write and arrives after it must not leave the old value in the cache',
        ko: '쓰기 전에 값을 보고 쓰기 뒤에 도착한 로드가 예전 값을 캐시에 남겨서는 안 됩니다',
      },
      2,
      [
        [read(), load(1), write(), commit(1), commit(1), load(1), read()],
        [write(), read(), load(1), commit(1), commit(1), load(1), read()],
      ],
    ),
    race(
      'a-slow-reader-replaces-nothing-newer',
      {
        en: 'a load from before a write must not replace what was loaded after it',
        ko: '쓰기 전에 시작된 로드가 쓰기 뒤에 로드한 값을 덮어써서는 안 됩니다',
      },
      1,
      [[read(), load(1), write(), commit(1), commit(1), read(), load(2), load(2), load(1), read()]],
    ),
    race(
      'an-unknown-outcome-evicts',
      {
        en: 'a write that was reported as failed may have been committed after all: nothing older is served from then on',
        ko: '실패했다고 알려진 쓰기도 사실은 커밋되었을 수 있으므로, 그 뒤로 더 오래된 값을 제공해서는 안 됩니다',
      },
      1,
      [
        [HELD, write(), commit(1), writeFails(1), read()],
        [HELD, write(), writeFails(1), read()],
        [write(), read(), load(1), load(1), commit(1), writeFails(1), read()],
        [read(), load(1), write(), commit(1), writeFails(1), load(1), read()],
        [read(), load(1), write(), commit(1), writeFails(1), read(), load(1)],
      ],
    ),
    race(
      'an-old-load-leaves-the-new-one-alone',
      {
        en: 'a load that was given up must not tidy away the load that came after it',
        ko: '버려진 로드가 그 뒤에 시작된 로드까지 치워서는 안 됩니다',
      },
      1,
      [
        [read(), load(1), write(), commit(1), commit(1), read(), load(1), read()],
        [read(), load(1), write(), commit(1), commit(1), read(), loadFails(1), read()],
      ],
      2,
    ),
    {
      id: 'any-interleaving',
      title: {
        en: 'in whatever order readers, writers and the database take their steps, nobody reads an older value than the last finished write',
        ko: '읽기, 쓰기, 데이터베이스가 어떤 순서로 움직여도, 마지막으로 끝난 쓰기보다 오래된 값을 읽어서는 안 됩니다',
      },
      points: 3,
      section: 'invalidate',
      run: (subject, tools) =>
        tools.forAll(
          fc.tuple(fc.integer({ min: 1, max: 2 }), moves),
          async ([capacity, order], story) => {
            const world = new WriteWorld(story, subject, { capacity });
            await world.play(order);
            await world.finish();
            await world.play([read('ana')]);
            await world.finish();
            await world.expectRead('ana', 'memory');
          },
          { runs: 250 },
        ),
    },
    {
      id: 'caches-are-separate',
      title: {
        en: 'two caches share nothing',
        ko: '두 캐시는 아무것도 공유하지 않아야 합니다',
      },
      points: 1,
      section: 'invalidate',
      run: (subject, tools) =>
        tools.example(async (story) => {
          const [feeds, photos] = [1, 2].map((which) => {
            story.happens({ en: `cache ${which} is made`, ko: `캐시 ${which} 생성` });
            return new WriteWorld(story, subject, { capacity: 5 });
          }) as [WriteWorld, WriteWorld];
          await feeds.expectRead('ana', 'database');
          story.happens({ en: 'now the other cache', ko: '이제 다른 캐시' });
          await photos.expectRead('ana', 'database');
          await photos.play([write()]);
          await photos.finish();
          story.happens({ en: 'the first cache again', ko: '다시 첫 번째 캐시' });
          await feeds.expectRead('ana', 'memory');
        }),
    },
    {
      id: 'no-old-value-comes-back',
      title: {
        en: 'in the simulation, no reader gets an old value although processes stand still, and most answers come from memory',
        ko: '시뮬레이션에서 프로세스가 가끔 멈춰도 예전 값을 받는 읽기가 없고, 대부분은 메모리에서 답해야 합니다',
      },
      points: 1,
      section: 'invalidate',
      run: (_, tools) =>
        tools.example(async (story) => {
          story.happens({
            en: '200 feeds, 460 reads and 40 writes a second, 20 s; web processes stand still at 5 % of steps',
            ko: '피드 200개, 1초에 읽기 460번과 쓰기 40번, 20초. 웹 프로세스는 단계의 5%에서 멈춤',
          });
          const trace = await tools.simulate(staleValue, { exercise: 'invalidate-on-write', preset: 'orders' }, story);
          const reads = trace.classes.indexOf('read');
          const stale = staleShare(trace, 0, trace.durationUs, reads) ?? 100;
          story.require(stale === 0, { en: 'no old values', ko: '오래된 값 없음' }, percent(stale));
          const hits = hitShare(trace, 0, trace.durationUs, reads) ?? 0;
          story.require(
            hits >= MIN_HITS,
            { en: `at least ${MIN_HITS} % of the reads from memory`, ko: `읽기의 ${MIN_HITS}% 이상을 메모리에서 답함` },
            percent(hits),
          );
        }),
    },
  ],
};

/** Over 200 seeds every right answer of the course had 85 to 100, 89 in the middle for the solution. */
const MIN_HITS = 60;

function percent(share: number): string {
  return `${Math.round(share * 10) / 10} %`;
}
