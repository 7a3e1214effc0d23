import type { Check } from '../../suite.ts';
import { EMPTY } from './read-model.ts';
import { type Play, scripts } from './read-script.ts';
import type { ReadExports } from './read-world.ts';

/** Loaded once, and answered from memory from then on, to the last moment of its life. */
function isKept(value: unknown): Play {
  return async (world, at) => {
    await world.store('ana', value);
    at(9);
    await world.expectHit('ana', value);
  };
}

/** How a value comes in, for whom, and how long it lives. */
export const lifeChecks: readonly Check<ReadExports>[] = [
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
];
