import { scene as stampede } from '../../../lessons/04-caching-and-cdn/scenes/stampede.ts';
import { sameKeyAtOnce } from '../../../simulator/cache-measures.ts';
import { percentile, sample } from '../../../simulator/measures.ts';
import type { Text } from '../../../simulator/text.ts';
import type { Check, Suite, Tools } from '../../suite.ts';
import { EMPTY, followEvents, followVisits, histories, KEYS, visits } from './read-model.ts';
import { type Load, type ReadExports, ReadWorld } from './read-world.ts';

const DOWN = 'database is down';

type Play = (world: ReadWorld, at: (timeMs: number) => void) => Promise<void>;

interface Options {
  readonly ttlMs: number;
  readonly capacity: number;
}

const ROOMY: Options = { ttlMs: 10, capacity: 5 };

/** One fixed case in a world of its own. */
function script(subject: ReadExports, tools: Tools, options: Options, play: Play): Promise<void> {
  return tools.example(async (story) => {
    const world = new ReadWorld(story, subject, options);
    await play(world, (timeMs) => world.timeline.at(timeMs));
    world.timeline.expectHandled(await tools.unhandled());
  });
}

/** Fixed cases, one after another: a function, or one with options of its own. */
function scripts(
  id: string,
  title: Text,
  points: number,
  section: 'read-through' | 'stampede',
  cases: readonly (Play | (Options & { readonly play: Play }))[],
): Check<ReadExports> {
  return {
    id,
    title,
    points,
    section,
    run: async (subject, tools) => {
      for (const one of cases) {
        if (typeof one === 'function') await script(subject, tools, ROOMY, one);
        else await script(subject, tools, one, one.play);
      }
    },
  };
}

/** Loaded once, and answered from memory from then on, to the last moment of its life. */
function isKept(value: unknown): Play {
  return async (world, at) => {
    await world.store('ana', value);
    at(9);
    await world.expectHit('ana', value);
  };
}

export const suite: Suite<ReadExports> = {
  requires: { createReadThrough: 'function' },
  checks: [
    scripts(
      'loads-then-remembers',
      {
        en: 'the first reader of a key gets what load brings, the next one is answered from memory',
        ko: '어떤 키를 처음 읽으면 load의 결과를 받고, 다음부터는 메모리에서 답을 받아야 합니다',
      },
      1,
      'read-through',
      [
        async (world) => {
          await world.store('ana', 'sunset');
          await world.expectHit('ana', 'sunset');
          await world.store('bo', 'kittens');
          await world.expectHit('bo', 'kittens');
          await world.expectHit('ana', 'sunset');
        },
        // Keys that a plain object, or a template string, would take for one.
        async (world) => {
          await world.store(1, 'number');
          await world.store('1', 'text');
          await world.expectHit(1, 'number');
        },
      ],
    ),
    {
      id: 'refuses-bad-options',
      title: {
        en: 'a ttlMs that is not finite and above 0, or a capacity that is not a whole number of 1 or more, is a RangeError',
        ko: 'ttlMs가 0보다 큰 유한한 수가 아니거나 용량이 1 이상의 정수가 아니면 RangeError가 발생해야 합니다',
      },
      points: 1,
      section: 'read-through',
      run: async (subject, tools) => {
        const refuse = (ttlMs: number, capacity: number, name: string) =>
          tools.example((story) =>
            story.throws(
              'createReadThrough',
              [{ ttlMs, capacity }],
              () => subject.createReadThrough({ load: async (key) => key, now: () => 0, ttlMs, capacity }),
              'RangeError',
              name,
            ),
          );
        for (const ttlMs of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) await refuse(ttlMs, 5, 'ttlMs');
        for (const capacity of [0, -1, 2.5, Number.NaN]) await refuse(10, capacity, 'capacity');
      },
    },
    scripts(
      'shares-one-load',
      {
        en: 'however many readers want a key that is being loaded, it is loaded once and all of them get the value',
        ko: '로드 중인 키를 아무리 많이 요청해도 로드는 한 번이고 모두가 그 값을 받아야 합니다',
      },
      2,
      'stampede',
      [
        async (world, at) => {
          const first = await world.expectMiss('ana');
          const load = world.latest();
          at(1);
          const second = await world.expectJoin('ana');
          at(3);
          const third = await world.expectJoin('ana');
          at(5);
          await world.finish(load, 'sunset');
          for (const reader of [first, second, third]) world.timeline.expectAnswer(reader, 'sunset');
          await world.expectHit('ana', 'sunset');
        },
        async (world, at) => {
          const readers = await world.expectShared('ana', 2);
          at(5);
          await world.finish(world.latest(), 'sunset');
          for (const reader of readers) world.timeline.expectAnswer(reader, 'sunset');
        },
        async (world, at) => {
          const ana = await world.expectMiss('ana');
          const slow = world.latest();
          at(1);
          const bo = await world.expectMiss('bo');
          at(2);
          await world.finish(world.latest(), 'kittens');
          world.timeline.expectAnswer(bo, 'kittens');
          world.timeline.expectWaiting(ana);
          at(3);
          await world.finish(slow, 'sunset');
          world.timeline.expectAnswer(ana, 'sunset');
        },
        async (world, at) => {
          await world.store('ana', 'sunset');
          at(12);
          const first = await world.expectMiss('ana');
          at(13);
          const second = await world.expectJoin('ana');
          at(14);
          await world.finish(world.latest(), 'snow');
          for (const reader of [first, second]) world.timeline.expectAnswer(reader, 'snow');
        },
      ],
    ),
    scripts(
      'reading-does-not-extend',
      { en: 'reading a value does not make it live longer', ko: '값을 읽었다고 해서 수명이 늘어나서는 안 됩니다' },
      1,
      'read-through',
      [
        async (world, at) => {
          await world.store('ana', 'sunset');
          at(9);
          await world.expectHit('ana', 'sunset');
          at(12);
          await world.expectMiss('ana');
        },
      ],
    ),
    scripts(
      'expires-at-ttl',
      {
        en: 'a value is served while it is younger than ttlMs, and no longer when it is exactly that old',
        ko: '값은 ttlMs보다 어린 동안에만 제공하고, 나이가 정확히 ttlMs가 되면 더는 제공하지 않아야 합니다',
      },
      1,
      'read-through',
      [10, 11].map((reloadAt) => async (world, at) => {
        await world.store('ana', 'sunset');
        at(9);
        await world.expectHit('ana', 'sunset');
        at(reloadAt);
        await world.store('ana', 'snow');
        await world.expectHit('ana', 'snow');
      }),
    ),
    scripts(
      'ages-from-storing',
      {
        en: 'the age of a value counts from the moment it is stored, and a new value starts a new life',
        ko: '값의 나이는 저장한 순간부터 세고, 새 값의 수명은 새로 시작해야 합니다',
      },
      1,
      'read-through',
      [
        async (world, at) => {
          await world.expectMiss('ana');
          at(4);
          await world.finish(world.latest(), 'sunset');
          at(13);
          await world.expectHit('ana', 'sunset');
          at(14);
          await world.expectMiss('ana');
          at(16);
          await world.finish(world.latest(), 'snow');
          at(25);
          await world.expectHit('ana', 'snow');
          at(26);
          await world.expectMiss('ana');
        },
      ],
    ),
    scripts(
      'keeps-empty-answers',
      {
        en: "'', 0, null, false and NaN are answers like any other: they are loaded once and kept",
        ko: "'', 0, null, false, NaN도 다른 답과 같습니다. 한 번만 로드하고 보관해야 합니다",
      },
      1,
      'read-through',
      EMPTY.slice(0, -1).map(isKept),
    ),
    scripts(
      'keeps-undefined',
      {
        en: 'undefined is an answer, too: it is loaded once and kept',
        ko: 'undefined도 답입니다. 한 번만 로드하고 보관해야 합니다',
      },
      1,
      'read-through',
      [isKept(undefined)],
    ),
    scripts(
      'failure-reaches-everybody',
      {
        en: 'a failed load rejects for everybody who waited for it and is not kept: the next reader loads again',
        ko: '실패한 로드는 기다리던 모두에게 오류로 전달하고 보관하지 않으며, 다음 읽기는 다시 로드해야 합니다',
      },
      2,
      'read-through',
      [
        async (world, at) => {
          const first = await world.expectMiss('ana');
          at(1);
          const second = await world.expectJoin('ana');
          at(3);
          await world.fail(world.latest(), DOWN);
          for (const reader of [first, second]) world.timeline.expectFailure(reader, DOWN);
          at(4);
          await world.store('ana', 'sunset');
          await world.expectHit('ana', 'sunset');
        },
        async (world, at) => {
          await world.store('ana', 'sunset');
          at(12);
          const reader = await world.expectMiss('ana');
          at(13);
          await world.fail(world.latest(), DOWN);
          world.timeline.expectFailure(reader, DOWN);
          at(14);
          await world.store('ana', 'snow');
        },
      ],
    ),
    scripts(
      'a-failure-does-not-last',
      {
        en: 'long after a failed load, readers load again',
        ko: '로드가 실패하고 한참 지난 뒤에 읽으면 다시 로드해야 합니다',
      },
      1,
      'read-through',
      [
        async (world, at) => {
          await world.expectMiss('ana');
          at(1);
          await world.fail(world.latest(), DOWN);
          at(100);
          await world.store('ana', 'sunset');
        },
      ],
    ),
    scripts(
      'throwing-load-rejects',
      {
        en: 'a load that throws before it returns a promise is a failed load: get rejects, and the next reader loads again',
        ko: '프로미스를 반환하기 전에 예외를 던지는 load도 실패한 로드입니다. get은 거부되고 다음 읽기는 다시 로드해야 합니다',
      },
      1,
      'read-through',
      [
        async (world, at) => {
          world.throwNext(DOWN);
          const first = await world.ask('ana');
          world.timeline.expectFailure(first, DOWN);
          at(1);
          await world.store('ana', 'sunset');
          await world.expectHit('ana', 'sunset');
        },
      ],
    ),
    scripts(
      'evicts-the-longest-unused',
      {
        en: 'a full cache forgets the value that was read or stored longest ago; loads under way are never cut off',
        ko: '가득 찬 캐시는 읽거나 저장한 지 가장 오래된 값을 잊으며, 진행 중인 로드는 절대 끊지 않아야 합니다',
      },
      1,
      'read-through',
      [
        {
          ttlMs: 100,
          capacity: 2,
          play: async (world, at) => {
            await world.store('ana', 'sunset');
            at(1);
            await world.store('bo', 'kittens');
            at(2);
            await world.expectHit('ana', 'sunset');
            at(3);
            await world.store('chris', 'noodles');
            at(4);
            await world.expectHit('ana', 'sunset');
            await world.expectHit('chris', 'noodles');
            await world.expectMiss('bo');
          },
        },
        {
          ttlMs: 100,
          capacity: 1,
          play: async (world, at) => {
            const ana = await world.expectMiss('ana');
            const [anaLoad] = world.loads as [Load];
            at(1);
            const bo = await world.expectMiss('bo');
            at(2);
            const again = await world.expectJoin('ana');
            at(3);
            await world.finish(world.latest(), 'kittens');
            world.timeline.expectAnswer(bo, 'kittens');
            at(4);
            const late = await world.expectJoin('ana');
            at(5);
            await world.finish(anaLoad, 'sunset');
            for (const reader of [ana, again, late]) world.timeline.expectAnswer(reader, 'sunset');
            await world.expectHit('ana', 'sunset');
            await world.expectMiss('bo');
          },
        },
      ],
    ),
    scripts(
      'expired-values-make-room',
      {
        en: 'an expired value takes no room: nobody who is still good is evicted while it is there',
        ko: '만료된 값은 자리를 차지하지 않아야 하며, 그런 값이 있는 동안 유효한 값을 축출해서는 안 됩니다',
      },
      1,
      'read-through',
      [
        {
          ttlMs: 10,
          capacity: 2,
          play: async (world, at) => {
            await world.store('ana', 'sunset');
            at(5);
            await world.store('bo', 'kittens');
            at(9);
            await world.expectHit('ana', 'sunset');
            at(12);
            await world.store('chris', 'noodles');
            at(14);
            await world.expectHit('bo', 'kittens');
            await world.expectHit('chris', 'noodles');
          },
        },
        {
          ttlMs: 10,
          capacity: 2,
          play: async (world, at) => {
            await world.store('ana', 'sunset');
            at(5);
            await world.store('bo', 'kittens');
            at(8);
            await world.expectHit('ana', 'sunset');
            const chris = await world.expectMiss('chris');
            at(12);
            await world.finish(world.latest(), 'noodles');
            world.timeline.expectAnswer(chris, 'noodles');
            await world.expectHit('bo', 'kittens');
          },
        },
      ],
    ),
    {
      id: 'any-order-of-events',
      title: {
        en: 'whenever readers come and loads end, each reader gets a good value, a shared load or a new one, as the rules say',
        ko: '언제 읽고 언제 로드가 끝나든, 모든 읽기는 규칙대로 유효한 값, 진행 중인 로드, 새 로드 중 하나로 처리되어야 합니다',
      },
      points: 2,
      section: 'stampede',
      run: (subject, tools) =>
        tools.forAll(histories, (events, story) => followEvents(new ReadWorld(story, subject, ROOMY), 10, events)),
    },
    {
      id: 'any-sequence-of-reads',
      title: {
        en: 'in any sequence of reads, exactly the unexpired values used most recently are answered from memory',
        ko: '어떤 순서로 읽어도, 만료되지 않은 값 가운데 가장 최근에 쓰인 것들만 메모리에서 답해야 합니다',
      },
      points: 1,
      section: 'read-through',
      run: async (subject, tools) => {
        await script(subject, tools, { ttlMs: 10, capacity: 1 }, async (world, at) => {
          for (const key of KEYS) await world.store(key, `${key}-1`);
          at(9);
          await world.expectHit('dan', 'dan-1');
          at(10);
          await world.store('dan', 'dan-2');
        });
        await tools.forAll(
          visits,
          ({ capacity, reads }, story) =>
            followVisits(new ReadWorld(story, subject, { ttlMs: 10, capacity }), 10, capacity, reads),
          { runs: 200 },
        );
      },
    },
    {
      id: 'caches-are-separate',
      title: { en: 'two caches share nothing', ko: '두 캐시는 아무것도 공유하지 않아야 합니다' },
      points: 1,
      section: 'read-through',
      run: (subject, tools) =>
        tools.example(async (story) => {
          const [feeds, photos] = [1, 2].map((number) => {
            story.happens({ en: `cache ${number} is made`, ko: `캐시 ${number} 생성` });
            return new ReadWorld(story, subject, ROOMY);
          }) as [ReadWorld, ReadWorld];
          await feeds.expectMiss('ana');
          story.happens({ en: 'now the other cache', ko: '이제 다른 캐시' });
          await photos.store('ana', 'portrait');
          story.happens({ en: 'the first cache again', ko: '다시 첫 번째 캐시' });
          await feeds.finish(feeds.latest(), 'sunset');
          await feeds.expectHit('ana', 'sunset');
        }),
    },
    {
      id: 'no-stampede',
      title: {
        en: 'in the simulation, when the celebrity’s feed expires it is loaded once, and nobody else waits for long',
        ko: '시뮬레이션에서 유명인사의 피드가 만료되면 한 번만 로드하고, 다른 사용자는 오래 기다리지 않아야 합니다',
      },
      points: 1,
      section: 'stampede',
      run: (_, tools) =>
        tools.example(async (story) => {
          story.happens({
            en: 'a fifth of all readers want one feed, which expires each 5 s and takes the database 200 ms',
            ko: '독자의 5분의 1이 원하는 피드 하나가 5초마다 만료되고 데이터베이스에서 200ms가 걸림',
          });
          const trace = await tools.simulate(stampede, { exercise: 'read-through-cache', preset: 'celebrity' }, story);
          const together = sameKeyAtOnce('feed').of(trace, 0, trace.durationUs);
          story.require(
            together === 1,
            {
              en: 'the database never has that query more than once at a time',
              ko: '데이터베이스에 그 쿼리가 동시에 둘 이상 있지 않음',
            },
            together,
          );
          const others = sample(trace, 0, trace.durationUs, trace.classes.indexOf('other'));
          const p99 = percentile(others, 99) ?? Number.POSITIVE_INFINITY;
          story.require(
            p99 <= MAX_P99_MS,
            {
              en: `99 of 100 other queries are answered within ${MAX_P99_MS} ms`,
              ko: `다른 쿼리 100개 중 99개에 ${MAX_P99_MS}ms 안에 답함`,
            },
            `${Math.round(p99)} ms`,
          );
        }),
    },
  ],
};

/** Over 200 seeds it was 36 to 75 ms, 45 in the middle; with a load per reader 1,272 to 2,962. */
const MAX_P99_MS = 150;
