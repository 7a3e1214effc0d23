import { scene as stampede } from '../../../lessons/04-caching-and-cdn/scenes/stampede.ts';
import { sameKeyAtOnce } from '../../../simulator/measures/cache-measures.ts';
import { percentile, sample } from '../../../simulator/measures/measures.ts';
import type { Suite } from '../../suite.ts';
import { failureChecks } from './read-failures.ts';
import { lifeChecks } from './read-lives.ts';
import { followEvents, followVisits, histories, KEYS, visits } from './read-model.ts';
import { roomChecks } from './read-room.ts';
import { ROOMY, script } from './read-script.ts';
import { type ReadExports, ReadWorld } from './read-world.ts';

export const suite: Suite<ReadExports> = {
  requires: { createReadThrough: 'function' },
  checks: [
    ...lifeChecks,
    ...failureChecks,
    ...roomChecks,
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
