import type { Cache, CacheClass } from '../../../exercises/04-caching-and-cdn/contract.ts';
import { scene as lruOrLfu, SHIFT_MS } from '../../../lessons/04-caching-and-cdn/scenes/lru-or-lfu.ts';
import { hitShare } from '../../../simulator/cache-measures.ts';
import type { Suite } from '../../suite.ts';
import {
  capacityOf,
  expectBoundedMemory,
  expectConstantCost,
  expectGet,
  expectHeld,
  expectSize,
  follow,
  histories,
  type Model,
  refusesBadCapacity,
  set,
} from './cache-commands.ts';

interface Exports {
  readonly LruCache: CacheClass;
}

/** Values that a careless `if (value)` takes for a miss. */
const EMPTY: readonly unknown[] = [0, '', false, null, Number.NaN, undefined];

/** The entries in a list, from the least to the most recently used. */
function naiveLru(capacity: number): Model {
  const entries: { key: string; value: unknown }[] = [];
  const take = (key: string) => {
    const index = entries.findIndex((entry) => entry.key === key);
    return index === -1 ? undefined : entries.splice(index, 1)[0];
  };
  return {
    get size() {
      return entries.length;
    },
    get(key) {
      const entry = take(key);
      if (entry !== undefined) entries.push(entry);
      return entry?.value;
    },
    has: (key) => entries.some((entry) => entry.key === key),
    set(key, value) {
      take(key);
      if (entries.length === capacity) entries.shift();
      entries.push({ key, value });
    },
    delete: (key) => take(key) !== undefined,
  };
}

export const suite: Suite<Exports> = {
  requires: { LruCache: 'class' },
  checks: [
    {
      id: 'keeps-what-is-set',
      title: {
        en: 'what was stored comes back until it is deleted; a missing key gives undefined',
        ko: '저장한 값은 삭제하기 전까지 그대로 돌아오고, 없는 키는 undefined를 반환해야 합니다',
      },
      points: 1,
      section: 'lru',
      run: (subject, tools) =>
        tools.example((story) => {
          const cache: Cache<string, number> = new subject.LruCache(3);
          capacityOf(story, 3);
          expectGet(story, cache, 'ant', undefined);
          set(story, cache, 'ant', 1);
          set(story, cache, 'bee', 2);
          expectSize(story, cache, 2);
          expectGet(story, cache, 'ant', 1);
          expectGet(story, cache, 'bee', 2);
          expectHeld(story, cache, 'bee', true);
          expectHeld(story, cache, 'cat', false);
          story.expect(
            story.call('delete', ['ant'], () => cache.delete('ant')),
            true,
          );
          story.expect(
            story.call('delete', ['ant'], () => cache.delete('ant')),
            false,
          );
          expectGet(story, cache, 'ant', undefined);
          expectSize(story, cache, 1);
        }),
    },
    {
      id: 'refuses-bad-capacity',
      title: {
        en: 'a capacity that is not a whole number of 1 or more is a RangeError',
        ko: '용량이 1 이상의 정수가 아니면 RangeError가 발생해야 합니다',
      },
      points: 1,
      section: 'lru',
      run: (subject, tools) => refusesBadCapacity(tools, 'LruCache', (capacity) => new subject.LruCache(capacity)),
    },
    {
      id: 'evicts-the-longest-unused',
      title: {
        en: 'a full cache makes room by letting go of the entry that was used longest ago, and of no other',
        ko: '가득 찬 캐시는 가장 오래전에 쓰인 항목 하나만 내보내고 자리를 마련해야 합니다',
      },
      points: 2,
      section: 'lru',
      run: async (subject, tools) => {
        for (const capacity of [2, 1]) {
          await tools.example((story) => {
            const cache: Cache<string, number> = new subject.LruCache(capacity);
            capacityOf(story, capacity);
            const photos = ['ant', 'bee', 'cat', 'dog', 'elk'];
            for (const [i, photo] of photos.entries()) {
              set(story, cache, photo, i);
              for (const held of photos.slice(0, i + 1)) {
                expectHeld(story, cache, held, photos.indexOf(held) > i - capacity);
              }
              expectSize(story, cache, Math.min(i + 1, capacity));
            }
          });
        }
      },
    },
    {
      id: 'get-counts-as-use',
      title: {
        en: 'reading an entry makes it the most recently used one',
        ko: '읽은 항목은 가장 최근에 쓰인 항목이 되어야 합니다',
      },
      points: 1,
      section: 'lru',
      run: (subject, tools) =>
        tools.example((story) => {
          const cache: Cache<string, number> = new subject.LruCache(2);
          capacityOf(story, 2);
          set(story, cache, 'ant', 1);
          set(story, cache, 'bee', 2);
          expectGet(story, cache, 'ant', 1);
          set(story, cache, 'cat', 3);
          expectHeld(story, cache, 'ant', true);
          expectHeld(story, cache, 'bee', false);
        }),
    },
    {
      id: 'overwriting-evicts-nobody',
      title: {
        en: 'storing a key that is already held replaces its value, counts as a use and evicts nothing',
        ko: '이미 있는 키에 저장하면 값만 바뀌고 사용한 것으로 치며, 아무것도 축출하지 않아야 합니다',
      },
      points: 1,
      section: 'lru',
      run: (subject, tools) =>
        tools.example((story) => {
          const cache: Cache<string, number> = new subject.LruCache(2);
          capacityOf(story, 2);
          set(story, cache, 'ant', 1);
          set(story, cache, 'bee', 2);
          set(story, cache, 'bee', 20);
          expectSize(story, cache, 2);
          expectHeld(story, cache, 'ant', true);
          set(story, cache, 'ant', 10);
          set(story, cache, 'cat', 3);
          expectHeld(story, cache, 'bee', false);
          expectGet(story, cache, 'ant', 10);
        }),
    },
    {
      id: 'has-is-not-a-use',
      title: {
        en: 'asking whether a key is held does not make it more recently used',
        ko: '키가 있는지 물어보는 것만으로는 사용한 것으로 치지 않아야 합니다',
      },
      points: 1,
      section: 'lru',
      run: (subject, tools) =>
        tools.example((story) => {
          const cache: Cache<string, number> = new subject.LruCache(2);
          capacityOf(story, 2);
          set(story, cache, 'ant', 1);
          set(story, cache, 'bee', 2);
          expectHeld(story, cache, 'ant', true);
          set(story, cache, 'cat', 3);
          expectHeld(story, cache, 'ant', false);
          expectHeld(story, cache, 'bee', true);
        }),
    },
    {
      id: 'keeps-any-value',
      title: {
        en: '0, empty text, false, null, NaN and undefined are values, and keys, like any other',
        ko: "0, '', false, null, NaN, undefined도 다른 값, 다른 키와 똑같이 다루어야 합니다",
      },
      points: 1,
      section: 'lru',
      run: async (subject, tools) => {
        for (const empty of EMPTY) {
          await tools.example((story) => {
            const cache: Cache<string, unknown> = new subject.LruCache(2);
            capacityOf(story, 2);
            set(story, cache, 'ant', empty);
            expectGet(story, cache, 'ant', empty);
            expectHeld(story, cache, 'ant', true);
            set(story, cache, 'ant', empty);
            expectSize(story, cache, 1);
            set(story, cache, 'bee', 1);
            expectHeld(story, cache, 'ant', true);
            expectGet(story, cache, 'ant', empty);
            set(story, cache, 'cat', 2);
            expectHeld(story, cache, 'ant', true);
            expectHeld(story, cache, 'bee', false);
          });
        }
        for (const empty of EMPTY) {
          await tools.example((story) => {
            const cache: Cache<unknown, number> = new subject.LruCache(2);
            capacityOf(story, 2);
            set(story, cache, empty, 1);
            expectGet(story, cache, empty, 1);
            set(story, cache, 'ant', 2);
            set(story, cache, 'bee', 3);
            expectHeld(story, cache, empty, false);
            expectSize(story, cache, 2);
          });
        }
      },
    },
    {
      id: 'deleting-makes-room',
      title: {
        en: 'a deleted entry leaves its place free and is forgotten altogether',
        ko: '삭제한 항목은 자리를 비우고 완전히 잊혀야 합니다',
      },
      points: 1,
      section: 'lru',
      run: (subject, tools) =>
        tools.example((story) => {
          const cache: Cache<string, number> = new subject.LruCache(2);
          capacityOf(story, 2);
          set(story, cache, 'ant', 1);
          set(story, cache, 'bee', 2);
          story.call('delete', ['ant'], () => cache.delete('ant'));
          set(story, cache, 'cat', 3);
          expectHeld(story, cache, 'bee', true);
          set(story, cache, 'ant', 4);
          expectHeld(story, cache, 'bee', false);
          expectHeld(story, cache, 'cat', true);
          expectGet(story, cache, 'ant', 4);
        }),
    },
    {
      id: 'follows-the-model',
      title: {
        en: 'any sequence of calls gives the answers of a simple list ordered by last use',
        ko: '어떤 순서로 호출해도 마지막 사용 순서대로 늘어놓은 단순한 목록과 같은 답을 내야 합니다',
      },
      points: 2,
      section: 'lru',
      run: (subject, tools) =>
        tools.forAll(
          histories,
          ({ capacity, commands }, story) => {
            const cache: Cache<string, unknown> = new subject.LruCache(capacity);
            capacityOf(story, capacity);
            follow(story, cache, naiveLru(capacity), commands);
          },
          { runs: 150 },
        ),
    },
    {
      id: 'caches-are-separate',
      title: {
        en: 'two caches share nothing',
        ko: '두 캐시는 아무것도 공유하지 않아야 합니다',
      },
      points: 1,
      section: 'lru',
      run: (subject, tools) =>
        tools.example((story) => {
          const feeds: Cache<string, number> = new subject.LruCache(1);
          const photos: Cache<string, number> = new subject.LruCache(2);
          story.given({ en: 'two caches', ko: '캐시 두 개' }, ['feeds', 'photos']);
          story.call('feeds.set', ['ant', 1], () => feeds.set('ant', 1));
          story.call('photos.set', ['bee', 2], () => photos.set('bee', 2));
          story.call('photos.set', ['cat', 3], () => photos.set('cat', 3));
          story.expect(
            story.call('feeds.get', ['ant'], () => feeds.get('ant')),
            1,
          );
          story.expect(
            story.call('feeds.has', ['bee'], () => feeds.has('bee')),
            false,
          );
          story.expect(
            story.call('photos.has', ['bee'], () => photos.has('bee')),
            true,
          );
        }),
    },
    {
      id: 'cost-does-not-grow',
      title: {
        en: 'get, set and eviction cost the same in a large cache as in a small one',
        ko: 'get, set, 축출의 비용은 캐시가 커져도 늘지 않아야 합니다',
      },
      points: 2,
      section: 'lru',
      run: (subject, tools) => expectConstantCost(tools, (capacity) => new subject.LruCache(capacity)),
    },
    {
      id: 'memory-does-not-grow',
      title: {
        en: 'what was evicted, deleted or overwritten is let go of: memory does not grow with the number of calls',
        ko: '축출되거나 삭제되거나 덮어쓴 것은 붙들고 있지 않아야 합니다. 호출이 늘어도 메모리는 늘지 않아야 합니다',
      },
      points: 1,
      section: 'lru',
      run: (subject, tools) => expectBoundedMemory(tools, (capacity) => new subject.LruCache(capacity)),
    },
    {
      id: 'follows-new-favourites',
      title: {
        en: 'in the simulation, when other feeds become popular, most reads are soon answered from memory again',
        ko: '시뮬레이션에서 인기 피드가 바뀌어도 곧 대부분의 읽기에 다시 메모리에서 답해야 합니다',
      },
      points: 1,
      section: 'lru',
      run: (_, tools) =>
        tools.example(async (story) => {
          story.happens({
            en: `1,000 of 20,000 feeds fit into memory; from ${SHIFT_MS / 1000} s on, other feeds are the popular ones`,
            ko: `피드 20,000개 중 1,000개가 메모리에 들어감. ${SHIFT_MS / 1000}초부터는 다른 피드가 인기`,
          });
          const trace = await tools.simulate(lruOrLfu, { exercise: 'lru-cache', preset: 'new-hot-set' }, story);
          const hits = hitShare(trace, trace.durationUs - 5e6, trace.durationUs) ?? 0;
          story.require(
            hits >= MIN_HITS,
            {
              en: `in the last 5 s, ${MIN_HITS} % of the reads or more are answered from memory`,
              ko: `마지막 5초 동안 읽기의 ${MIN_HITS}% 이상에 메모리에서 답함`,
            },
            `${hits.toFixed(1)} %`,
          );
        }),
    },
  ],
};

/** Over 200 seeds the share was 58.5 to 64.6 %, 61.6 in the middle; with LFU 31.2 to 41.9. */
const MIN_HITS = 55;
