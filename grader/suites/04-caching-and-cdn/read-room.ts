import type { Check } from '../../suite.ts';
import { scripts } from './read-script.ts';
import type { Load, ReadExports } from './read-world.ts';

/** Who has to leave when there is no room, and who does not. */
export const roomChecks: readonly Check<ReadExports>[] = [
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
];
