import type { Check } from '../../suite.ts';
import { DOWN, scripts } from './edge-script.ts';
import { type EdgeExports, EdgeWorld } from './edge-world.ts';

/** What a path stands for: per path, the URLs that it takes along and those that it must leave. */
const PURGES: readonly { readonly path: string; readonly gone: readonly string[]; readonly kept: readonly string[] }[] =
  [
    {
      path: '/photos',
      gone: ['/photos', '/photos?page=2', '/photos/7', '/photos/7?w=200'],
      kept: ['/photos-old', '/photos-old/7', '/', '/old/photos'],
    },
    {
      path: '/photos/7',
      gone: ['/photos/7', '/photos/7?w=200', '/photos/7/large'],
      kept: ['/photos/77', '/photos', '/photos?next=/photos/7', '/albums/7'],
    },
    { path: '/logo.png', gone: ['/logo.png', '/logo.png?v=2'], kept: ['/logo-png'] },
    { path: '/pho', gone: [], kept: ['/photos'] },
    { path: '/', gone: ['/', '/?lang=ko', '/photos/7'], kept: [] },
  ];

/** What purging forgets, and what it must not be undone by. */
export const purgeChecks: readonly Check<EdgeExports>[] = [
  {
    id: 'purges-whole-segments',
    title: {
      en: 'purge forgets a path, all its queries and all below it, and nothing whose name merely begins alike',
      ko: 'purge는 경로와 그 모든 쿼리, 그 아래의 모든 것을 잊되, 이름의 앞부분만 같은 것은 건드리지 않아야 합니다',
    },
    points: 2,
    section: 'cdn',
    run: async (subject, tools) => {
      for (const { path, gone, kept } of PURGES) {
        for (const url of [...gone, ...kept]) {
          await tools.example(async (story) => {
            const world = new EdgeWorld(story, subject);
            const body = await world.fill(url);
            world.timeline.at(1);
            await world.purge(path);
            world.timeline.at(2);
            if (kept.includes(url)) await world.expectFresh(url, body);
            else await world.fill(url);
          });
        }
        await tools.example(async (story) => {
          const world = new EdgeWorld(story, subject);
          for (const url of [...gone, ...kept]) await world.fill(url);
          world.timeline.at(1);
          await world.purge(path);
          for (const url of gone) await world.fill(url);
          for (const [i, url] of kept.entries()) await world.expectFresh(url, `v${gone.length + i + 1}`);
        });
      }
      for (const path of ['photos', '', '/photos?page=2']) {
        await tools.example((story) => {
          const edge = subject.createEdge({ fetchOrigin: async () => RESPONSE, now: () => 0 });
          story.throws('purge', [path], () => edge.purge(path), 'RangeError', 'path');
        });
      }
    },
  },
  scripts(
    'a-purge-outlives-old-fetches',
    {
      en: 'a fetch that began before a purge answers whoever waits for it, and is neither stored nor shared any more',
      ko: 'purge 전에 시작된 가져오기는 기다리던 읽기에만 답하고, 저장하거나 더는 함께 쓰지 않아야 합니다',
    },
    2,
    [
      async (world, at) => {
        const early = await world.expectWait('/home.css', 1);
        at(2);
        await world.purge('/home.css');
        at(4);
        await world.finish(world.latest());
        world.timeline.expectAnswer(early, 'v1');
        at(5);
        await world.fill('/home.css');
      },
      async (world, at) => {
        const early = await world.expectWait('/home.css', 1);
        const old = world.latest();
        at(2);
        await world.purge('/');
        at(3);
        const late = await world.expectWait('/home.css', 1);
        at(5);
        await world.finish(world.latest());
        world.timeline.expectAnswer(late, 'v2');
        world.timeline.expectWaiting(early);
        at(7);
        await world.finish(old);
        world.timeline.expectAnswer(early, 'v1');
        at(8);
        await world.expectFresh('/home.css', 'v2');
      },
      async (world, at) => {
        await world.fill('/home.css');
        at(11);
        await world.expectStale('/home.css', 'v1', 1);
        at(12);
        await world.purge('/home.css');
        at(13);
        await world.finish(world.latest());
        at(14);
        await world.fill('/home.css');
      },
    ],
  ),
  scripts(
    'an-old-fetch-leaves-the-new-one-alone',
    {
      en: 'a fetch from before a purge must not tidy away the one that came after it',
      ko: 'purge 전의 가져오기가 그 뒤에 시작된 가져오기까지 치워서는 안 됩니다',
    },
    1,
    [
      async (world, at) => {
        await world.expectWait('/home.css', 1);
        const old = world.latest();
        at(2);
        await world.purge('/home.css');
        at(3);
        const first = await world.expectWait('/home.css', 1);
        at(5);
        await world.finish(old);
        at(6);
        const second = await world.expectWait('/home.css', 0);
        at(8);
        await world.finish(world.latest());
        for (const reader of [first, second]) world.timeline.expectAnswer(reader, 'v2');
        await world.expectFresh('/home.css', 'v2');
      },
      async (world, at) => {
        await world.expectWait('/home.css', 1);
        const old = world.latest();
        at(2);
        await world.purge('/home.css');
        at(3);
        await world.expectWait('/home.css', 1);
        at(5);
        await world.fail(old, DOWN);
        at(6);
        await world.expectWait('/home.css', 0);
      },
    ],
  ),
];

const RESPONSE = { body: 'v1', maxAgeMs: 10, staleWhileRevalidateMs: 0 };
