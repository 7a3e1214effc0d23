import type { Check } from '../../suite.ts';
import { DOWN, scripts } from './read-script.ts';
import type { ReadExports } from './read-world.ts';

/** What a load that fails leaves behind, and for whom. */
export const failureChecks: readonly Check<ReadExports>[] = [
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
];
