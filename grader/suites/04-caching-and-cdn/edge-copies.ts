import type { Check } from '../../suite.ts';
import { DOWN, scripts } from './edge-script.ts';
import type { EdgeExports } from './edge-world.ts';

const APP = '/assets/app.3f9a1c.js';

/** What becomes of a copy as it ages: how it is served, renewed, and lost. */
export const copyChecks: readonly Check<EdgeExports>[] = [
  scripts(
    'keeps-a-copy',
    {
      en: 'the first reader of a URL is answered by the origin, the next ones from a copy while it is fresh',
      ko: '어떤 URL을 처음 읽으면 원본 서버가 답하고, 사본이 신선한 동안은 사본으로 답해야 합니다',
    },
    1,
    [
      async (world, at) => {
        const body = await world.fill('/home.css');
        await world.expectFresh('/home.css', body);
        const other = await world.fill('/Home.css');
        await world.expectFresh('/Home.css', other);
        at(5);
        await world.expectFresh('/home.css', body);
        at(9);
        await world.expectServed('/home.css', body);
      },
      async (world) => {
        const reader = await world.expectWait('/empty.css', 1);
        await world.finish(world.latest(), { body: '' });
        world.timeline.expectAnswer(reader, '');
        await world.expectFresh('/empty.css', '');
      },
    ],
  ),
  scripts(
    'the-query-belongs-to-the-name',
    {
      en: 'two URLs that differ in their query are two objects',
      ko: '쿼리가 다른 두 URL은 서로 다른 객체입니다',
    },
    1,
    [
      async (world) => {
        const small = await world.fill('/photos/7?w=200');
        const large = await world.fill('/photos/7?w=400');
        const plain = await world.fill('/photos/7');
        await world.expectFresh('/photos/7?w=200', small);
        await world.expectFresh('/photos/7?w=400', large);
        await world.expectFresh('/photos/7', plain);
      },
    ],
  ),
  scripts(
    'shares-one-fetch',
    {
      en: 'readers who wait for the same URL share one fetch; if it fails, all of them hear of it and nothing is kept',
      ko: '같은 URL을 기다리는 읽기는 가져오기 하나를 함께 쓰고, 실패하면 모두가 알게 되며 아무것도 보관하지 않아야 합니다',
    },
    1,
    [
      async (world, at) => {
        const first = await world.expectWait('/logo.png', 1);
        const fetch = world.latest();
        at(1);
        const second = await world.expectWait('/logo.png', 0);
        at(2);
        const other = await world.expectWait('/home.css', 1);
        at(4);
        await world.finish(fetch);
        for (const reader of [first, second]) world.timeline.expectAnswer(reader, 'v1');
        world.timeline.expectWaiting(other);
        await world.expectFresh('/logo.png', 'v1');
      },
      async (world, at) => {
        const readers = await world.expectShared('/logo.png', 2);
        at(4);
        await world.finish(world.latest());
        for (const reader of readers) world.timeline.expectAnswer(reader, 'v1');
      },
      async (world, at) => {
        const first = await world.expectWait('/logo.png', 1);
        at(1);
        const second = await world.expectWait('/logo.png', 0);
        at(3);
        await world.fail(world.latest(), DOWN);
        for (const reader of [first, second]) world.timeline.expectFailure(reader, DOWN);
        at(4);
        await world.fill('/logo.png');
      },
    ],
  ),
  scripts(
    'stale-is-served-at-once',
    {
      en: 'from exactly max-age on the copy is stale: it is still served at once, while a fetch renews it',
      ko: '나이가 정확히 max-age가 되면 낡은 사본입니다. 가져오기로 갱신하는 동안에도 그 사본으로 바로 답해야 합니다',
    },
    2,
    [
      async (world, at) => {
        await world.fill('/home.css');
        at(10);
        await world.expectStale('/home.css', 'v1', 1);
        at(12);
        await world.finish(world.latest());
        await world.expectFresh('/home.css', 'v2');
      },
    ],
  ),
  scripts(
    'one-renewal-at-a-time',
    {
      en: 'however many readers find the same stale copy, one fetch is under way for them',
      ko: '낡은 사본 하나를 아무리 많이 읽어도 진행 중인 가져오기는 하나여야 합니다',
    },
    1,
    [
      async (world, at) => {
        await world.fill('/home.css');
        at(11);
        await world.expectStale('/home.css', 'v1', 1);
        at(12);
        await world.expectStale('/home.css', 'v1', 0);
        at(14);
        await world.expectStale('/home.css', 'v1', 0);
        await world.finish(world.latest());
        await world.expectFresh('/home.css', 'v2');
      },
      async (world, at) => {
        await world.fill('/home.css');
        at(11);
        const readers = await world.expectShared('/home.css', 2);
        for (const reader of readers) world.timeline.expectAnswer(reader, 'v1');
      },
    ],
  ),
  scripts(
    'ages-from-arrival',
    {
      en: 'the age of a copy counts from the moment it arrives here, and each new copy follows its own max-age',
      ko: '사본의 나이는 이곳에 도착한 순간부터 세고, 새 사본은 자기 max-age를 따라야 합니다',
    },
    1,
    [
      async (world, at) => {
        const reader = await world.expectWait('/home.css', 1);
        at(6);
        await world.finish(world.latest());
        world.timeline.expectAnswer(reader, 'v1');
        at(11);
        await world.expectFresh('/home.css', 'v1');
        at(16);
        await world.expectStale('/home.css', 'v1', 1);
        at(20);
        await world.finish(world.latest(), { maxAgeMs: 100, staleWhileRevalidateMs: 200 });
        at(60);
        await world.expectFresh('/home.css', 'v2');
        at(120);
        await world.expectStale('/home.css', 'v2', 1);
      },
    ],
  ),
  scripts(
    'the-window-follows-freshness',
    {
      en: 'a copy may be served stale for stale-while-revalidate after the end of max-age, and no longer',
      ko: '사본은 max-age가 끝난 때부터 stale-while-revalidate 동안만 더 제공하고, 그 뒤로는 제공하지 않아야 합니다',
    },
    2,
    [
      {
        policy: { maxAgeMs: 600, staleWhileRevalidateMs: 30 },
        play: async (world, at) => {
          await world.fill('/home.css');
          at(629);
          await world.expectStale('/home.css', 'v1', 1);
        },
      },
      {
        policy: { maxAgeMs: 600, staleWhileRevalidateMs: 30 },
        play: async (world, at) => {
          await world.fill('/home.css');
          at(630);
          const reader = await world.expectWait('/home.css', 1);
          await world.finish(world.latest());
          world.timeline.expectAnswer(reader, 'v2');
        },
      },
      {
        policy: { maxAgeMs: 600, staleWhileRevalidateMs: 0 },
        play: async (world, at) => {
          await world.fill('/home.css');
          at(600);
          await world.expectWait('/home.css', 1);
        },
      },
      {
        policy: { maxAgeMs: 10, staleWhileRevalidateMs: 5 },
        play: async (world, at) => {
          await world.fill('/home.css');
          at(12);
          await world.expectStale('/home.css', 'v1', 1);
          at(15);
          const reader = await world.expectWait('/home.css', 0);
          await world.finish(world.latest());
          world.timeline.expectAnswer(reader, 'v2');
          await world.expectFresh('/home.css', 'v2');
        },
      },
    ],
  ),
  scripts(
    'a-failed-renewal-keeps-the-copy',
    {
      en: 'when a renewal fails, the copy is served to the end of its window and the next reader tries again',
      ko: '갱신에 실패하면 정해진 구간이 끝날 때까지 사본을 제공하고, 다음 읽기가 다시 시도해야 합니다',
    },
    2,
    [
      {
        policy: { maxAgeMs: 10, staleWhileRevalidateMs: 5 },
        play: async (world, at) => {
          await world.fill('/home.css');
          at(11);
          await world.expectStale('/home.css', 'v1', 1);
          at(12);
          await world.fail(world.latest(), DOWN);
          at(13);
          await world.expectStale('/home.css', 'v1', 1);
          at(14);
          await world.fail(world.latest(), DOWN);
          at(16);
          const reader = await world.expectWait('/home.css', 1);
          await world.fail(world.latest(), DOWN);
          world.timeline.expectFailure(reader, DOWN);
        },
      },
    ],
  ),
  scripts(
    'a-throwing-fetch-is-a-failed-one',
    {
      en: 'a fetchOrigin that throws at once is a failed fetch: get never throws, and the next reader tries again',
      ko: '바로 예외를 던지는 fetchOrigin도 실패한 가져오기입니다. get은 예외를 던지지 않고, 다음 읽기가 다시 시도해야 합니다',
    },
    1,
    [
      async (world, at) => {
        world.throwNext(DOWN);
        const reader = await world.ask('/home.css');
        world.timeline.expectFailure(reader, DOWN);
        at(1);
        await world.fill('/home.css');
        at(11);
        world.throwNext(DOWN);
        await world.expectStale('/home.css', 'v2', 1);
        at(12);
        await world.expectStale('/home.css', 'v2', 1);
        at(13);
        await world.finish(world.latest());
        await world.expectFresh('/home.css', 'v4');
      },
    ],
  ),
  scripts(
    'fingerprinted-files-stay',
    {
      en: 'an immutable copy is not renewed while it is fresh, not even early; after that it is a copy like any other',
      ko: 'immutable 사본은 신선한 동안 미리라도 갱신하지 않아야 하며, 그 뒤에는 다른 사본과 같습니다',
    },
    1,
    [
      {
        policy: { maxAgeMs: 100, staleWhileRevalidateMs: 20, immutable: true },
        play: async (world, at) => {
          await world.fill(APP);
          for (const time of [50, 90, 99]) {
            at(time);
            await world.expectFresh(APP, 'v1');
          }
          at(100);
          await world.expectStale(APP, 'v1', 1);
          at(120);
          await world.expectWait(APP, 0);
        },
      },
    ],
  ),
  scripts(
    'spares-the-origin',
    {
      en: 'in any window the origin is asked for an object at most ⌈window ÷ max-age⌉ + 1 times, however often it is read',
      ko: '어떤 구간에서도 원본 서버에 한 객체를 묻는 횟수는, 아무리 자주 읽어도 ⌈구간 ÷ max-age⌉ + 1번을 넘지 않아야 합니다',
    },
    1,
    [
      async (world, at) => {
        await world.fill('/home.css');
        await world.timeline.inShort('any', async () => {
          let known = 1;
          for (let time = 1; time < 30; time++) {
            at(time);
            await world.ask('/home.css');
            if (world.fetches.length > known) await world.finish(world.latest());
            known = world.fetches.length;
          }
          return {
            en: `readers 2 to 30: get /home.css, one each millisecond; fetches arrive at once`,
            ko: `읽기 2~30: 1ms마다 하나씩 get /home.css. 가져오기는 바로 도착`,
          };
        });
        world.timeline.require(
          world.fetches.length <= 4,
          { en: '4 fetches or fewer in 30 ms at a max-age of 10', ko: 'max-age가 10이면 30ms 동안 가져오기 4번 이하' },
          world.fetches.length,
        );
      },
    ],
  ),
];
