import fc from 'fast-check';
import { scene as stampede } from '../../../lessons/04-caching-and-cdn/scenes/stampede.ts';
import { sameKeyAtOnce } from '../../../simulator/cache-measures.ts';
import { percentile, sample } from '../../../simulator/measures.ts';
import type { Suite, Tools } from '../../suite.ts';
import { type Load, type ReadExports, ReadWorld } from './read-world.ts';
import type { Asker } from './waiting.ts';

const DOWN = 'database is down';
const EMPTY: readonly unknown[] = ['', 0, null, false, Number.NaN, undefined];
const KEYS = ['ana', 'bo', 'chris', 'dan'];

/** One fixed case in a world of its own. */
function script(
  subject: ReadExports,
  tools: Tools,
  options: { readonly ttlMs: number; readonly capacity: number },
  body: (world: ReadWorld) => Promise<void>,
): Promise<void> {
  return tools.example((story) => body(new ReadWorld(story, subject, options)));
}

type Event =
  | { readonly kind: 'ask'; readonly key: string }
  | { readonly kind: 'pass'; readonly ms: number }
  | { readonly kind: 'end'; readonly which: number; readonly outcome: 'ok' | 'empty' | 'fails' };

const event: fc.Arbitrary<Event> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('ask' as const), key: fc.constantFrom(...KEYS.slice(0, 3)) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('pass' as const), ms: fc.integer({ min: 1, max: 10 }) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('end' as const),
      which: fc.nat(2),
      outcome: fc.constantFrom('ok' as const, 'ok' as const, 'empty' as const, 'fails' as const),
    }),
  },
);

interface Flight {
  readonly load: Load;
  readonly readers: Asker[];
}

/** Readers, loads and the clock in any order; no eviction, so that every answer follows from the rules alone. */
async function followEvents(world: ReadWorld, ttlMs: number, events: readonly Event[]): Promise<void> {
  const stored = new Map<string, { value: unknown; until: number }>();
  const flights = new Map<string, Flight>();
  for (const one of events) {
    if (one.kind === 'pass') world.at(world.now() + one.ms);
    else if (one.kind === 'ask') await ask(one.key);
    else await end([...flights.values()][one.which], one.outcome);
  }
  for (const flight of [...flights.values()]) await end(flight, 'ok');

  async function ask(key: string): Promise<void> {
    const held = stored.get(key);
    const flight = flights.get(key);
    if (held !== undefined && world.now() < held.until) await world.expectHit(key, held.value);
    else if (flight !== undefined) flight.readers.push(await world.expectJoin(key));
    else {
      const reader = await world.expectMiss(key);
      flights.set(key, { load: world.latest(), readers: [reader] });
    }
  }

  async function end(flight: Flight | undefined, outcome: 'ok' | 'empty' | 'fails'): Promise<void> {
    if (flight === undefined) return;
    const { load, readers } = flight;
    flights.delete(load.key);
    if (outcome === 'fails') {
      await world.fail(load, `${DOWN} (${load.number})`);
      for (const reader of readers) world.expectFailure(reader, `${DOWN} (${load.number})`);
      return;
    }
    const value = outcome === 'ok' ? `${load.key}-${load.number}` : EMPTY[load.number % EMPTY.length];
    await world.finish(load, value);
    stored.set(load.key, { value, until: world.now() + ttlMs });
    for (const reader of readers) world.expectAnswer(reader, value);
  }
}

const visits = fc.record({
  capacity: fc.integer({ min: 1, max: 3 }),
  reads: fc.array(fc.record({ waitMs: fc.integer({ min: 0, max: 4 }), key: fc.constantFrom(...KEYS) }), {
    minLength: 1,
    maxLength: 30,
    size: 'max',
  }),
});

/** One reader after another, every load answered at once: only expiry and eviction decide. */
async function followVisits(
  world: ReadWorld,
  ttlMs: number,
  capacity: number,
  reads: readonly { readonly waitMs: number; readonly key: string }[],
): Promise<void> {
  let held: { key: string; value: string; until: number }[] = [];
  for (const { waitMs, key } of reads) {
    world.at(world.now() + waitMs);
    held = held.filter((entry) => world.now() < entry.until);
    let entry = held.find((candidate) => candidate.key === key);
    if (entry !== undefined) await world.expectHit(key, entry.value);
    else {
      entry = { key, value: `${key}-${world.loads.length + 1}`, until: world.now() + ttlMs };
      await world.store(key, entry.value);
    }
    const others = held.filter((other) => other !== entry);
    held = [...others.slice(Math.max(0, others.length + 1 - capacity)), entry];
  }
}

export const suite: Suite<ReadExports> = {
  requires: { createReadThrough: 'function' },
  checks: [
    {
      id: 'loads-then-remembers',
      title: {
        en: 'the first reader of a key gets what load brings, the next one is answered from memory',
        ko: '어떤 키를 처음 읽으면 load의 결과를 받고, 다음부터는 메모리에서 답을 받아야 합니다',
      },
      points: 1,
      section: 'read-through',
      run: (subject, tools) =>
        script(subject, tools, { ttlMs: 10, capacity: 5 }, async (world) => {
          await world.store('ana', 'sunset');
          await world.expectHit('ana', 'sunset');
          await world.store('bo', 'kittens');
          await world.expectHit('bo', 'kittens');
          await world.expectHit('ana', 'sunset');
        }),
    },
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
    {
      id: 'shares-one-load',
      title: {
        en: 'however many readers want a key that is being loaded, it is loaded once and all of them get the value',
        ko: '로드 중인 키를 아무리 많이 요청해도 로드는 한 번이고 모두가 그 값을 받아야 합니다',
      },
      points: 2,
      section: 'stampede',
      run: async (subject, tools) => {
        await script(subject, tools, { ttlMs: 10, capacity: 5 }, async (world) => {
          const first = await world.expectMiss('ana');
          const load = world.latest();
          const second = await world.expectJoin('ana');
          world.at(3);
          const third = await world.expectJoin('ana');
          await world.finish(load, 'sunset');
          for (const reader of [first, second, third]) world.expectAnswer(reader, 'sunset');
          await world.expectHit('ana', 'sunset');
        });
        await script(subject, tools, { ttlMs: 10, capacity: 5 }, async (world) => {
          const ana = await world.expectMiss('ana');
          const slow = world.latest();
          const bo = await world.expectMiss('bo');
          await world.finish(world.latest(), 'kittens');
          world.expectAnswer(bo, 'kittens');
          world.expectWaiting(ana);
          await world.finish(slow, 'sunset');
          world.expectAnswer(ana, 'sunset');
        });
        await script(subject, tools, { ttlMs: 10, capacity: 5 }, async (world) => {
          await world.store('ana', 'sunset');
          world.at(12);
          const first = await world.expectMiss('ana');
          const second = await world.expectJoin('ana');
          await world.finish(world.latest(), 'snow');
          for (const reader of [first, second]) world.expectAnswer(reader, 'snow');
        });
      },
    },
    {
      id: 'reading-does-not-extend',
      title: {
        en: 'reading a value does not make it live longer',
        ko: '값을 읽었다고 해서 수명이 늘어나서는 안 됩니다',
      },
      points: 1,
      section: 'read-through',
      run: (subject, tools) =>
        script(subject, tools, { ttlMs: 10, capacity: 5 }, async (world) => {
          await world.store('ana', 'sunset');
          for (const time of [5, 9]) {
            world.at(time);
            await world.expectHit('ana', 'sunset');
          }
          world.at(12);
          await world.expectMiss('ana');
        }),
    },
    {
      id: 'expires-at-ttl',
      title: {
        en: 'a value is served while it is younger than ttlMs, and no longer when it is exactly that old',
        ko: '값은 ttlMs보다 어린 동안에만 제공하고, 나이가 정확히 ttlMs가 되면 더는 제공하지 않아야 합니다',
      },
      points: 1,
      section: 'read-through',
      run: async (subject, tools) => {
        for (const reloadAt of [10, 11]) {
          await script(subject, tools, { ttlMs: 10, capacity: 5 }, async (world) => {
            await world.store('ana', 'sunset');
            world.at(9);
            await world.expectHit('ana', 'sunset');
            world.at(reloadAt);
            await world.store('ana', 'snow');
            await world.expectHit('ana', 'snow');
          });
        }
      },
    },
    {
      id: 'ages-from-storing',
      title: {
        en: 'the age of a value counts from the moment it is stored, and a new value starts a new life',
        ko: '값의 나이는 저장한 순간부터 세고, 새 값의 수명은 새로 시작해야 합니다',
      },
      points: 1,
      section: 'read-through',
      run: (subject, tools) =>
        script(subject, tools, { ttlMs: 10, capacity: 5 }, async (world) => {
          await world.expectMiss('ana');
          world.at(4);
          await world.finish(world.latest(), 'sunset');
          world.at(13);
          await world.expectHit('ana', 'sunset');
          world.at(14);
          await world.expectMiss('ana');
          world.at(16);
          await world.finish(world.latest(), 'snow');
          world.at(25);
          await world.expectHit('ana', 'snow');
          world.at(26);
          await world.expectMiss('ana');
        }),
    },
    {
      id: 'keeps-empty-answers',
      title: {
        en: "'', 0, null, false and NaN are answers like any other: they are loaded once and kept",
        ko: "'', 0, null, false, NaN도 다른 답과 같습니다. 한 번만 로드하고 보관해야 합니다",
      },
      points: 1,
      section: 'read-through',
      run: async (subject, tools) => {
        for (const empty of EMPTY.slice(0, -1)) {
          await script(subject, tools, { ttlMs: 10, capacity: 5 }, async (world) => {
            await world.store('ana', empty);
            await world.expectHit('ana', empty);
            world.at(9);
            await world.expectHit('ana', empty);
          });
        }
      },
    },
    {
      id: 'keeps-undefined',
      title: {
        en: 'undefined is an answer, too: it is loaded once and kept',
        ko: 'undefined도 답입니다. 한 번만 로드하고 보관해야 합니다',
      },
      points: 1,
      section: 'read-through',
      run: (subject, tools) =>
        script(subject, tools, { ttlMs: 10, capacity: 5 }, async (world) => {
          await world.store('ana', undefined);
          await world.expectHit('ana', undefined);
          world.at(9);
          await world.expectHit('ana', undefined);
        }),
    },
    {
      id: 'failure-reaches-everybody',
      title: {
        en: 'a failed load rejects for everybody who waited for it and is not kept: the next reader loads again',
        ko: '실패한 로드는 기다리던 모두에게 오류로 전달하고 보관하지 않으며, 다음 읽기는 다시 로드해야 합니다',
      },
      points: 2,
      section: 'read-through',
      run: async (subject, tools) => {
        await script(subject, tools, { ttlMs: 10, capacity: 5 }, async (world) => {
          const first = await world.expectMiss('ana');
          const second = await world.expectJoin('ana');
          await world.fail(world.latest(), DOWN);
          for (const reader of [first, second]) world.expectFailure(reader, DOWN);
          await world.store('ana', 'sunset');
          await world.expectHit('ana', 'sunset');
        });
        await script(subject, tools, { ttlMs: 10, capacity: 5 }, async (world) => {
          await world.store('ana', 'sunset');
          world.at(12);
          const reader = await world.expectMiss('ana');
          await world.fail(world.latest(), DOWN);
          world.expectFailure(reader, DOWN);
          await world.store('ana', 'snow');
        });
      },
    },
    {
      id: 'a-failure-does-not-last',
      title: {
        en: 'long after a failed load, readers load again',
        ko: '로드가 실패하고 한참 지난 뒤에 읽으면 다시 로드해야 합니다',
      },
      points: 1,
      section: 'read-through',
      run: (subject, tools) =>
        script(subject, tools, { ttlMs: 10, capacity: 5 }, async (world) => {
          await world.expectMiss('ana');
          await world.fail(world.latest(), DOWN);
          world.at(100);
          await world.store('ana', 'sunset');
        }),
    },
    {
      id: 'throwing-load-rejects',
      title: {
        en: 'a load that throws before it returns a promise is a failed load: get rejects, and the next reader loads again',
        ko: '프로미스를 반환하기 전에 예외를 던지는 load도 실패한 로드입니다. get은 거부되고 다음 읽기는 다시 로드해야 합니다',
      },
      points: 1,
      section: 'read-through',
      run: (subject, tools) =>
        tools.example(async (story) => {
          const world = new ReadWorld(story, subject, { ttlMs: 10, capacity: 5 });
          world.throwNext(DOWN);
          let first: Asker | undefined;
          try {
            first = await world.ask('ana');
          } catch (error) {
            if (!(error instanceof Error && error.message === DOWN)) throw error;
            story.require(
              false,
              { en: 'get returns a promise that rejects', ko: 'get은 거부되는 프로미스를 반환' },
              'get throws',
            );
          }
          world.expectFailure(first as Asker, DOWN);
          await world.store('ana', 'sunset');
          await world.expectHit('ana', 'sunset');
        }),
    },
    {
      id: 'evicts-the-longest-unused',
      title: {
        en: 'a full cache forgets the value that was read or stored longest ago; loads under way are never cut off',
        ko: '가득 찬 캐시는 읽거나 저장한 지 가장 오래된 값을 잊으며, 진행 중인 로드는 절대 끊지 않아야 합니다',
      },
      points: 1,
      section: 'read-through',
      run: async (subject, tools) => {
        await script(subject, tools, { ttlMs: 100, capacity: 2 }, async (world) => {
          await world.store('ana', 'sunset');
          await world.store('bo', 'kittens');
          await world.expectHit('ana', 'sunset');
          await world.store('chris', 'noodles');
          await world.expectHit('ana', 'sunset');
          await world.expectHit('chris', 'noodles');
          await world.expectMiss('bo');
        });
        await script(subject, tools, { ttlMs: 100, capacity: 1 }, async (world) => {
          const ana = await world.expectMiss('ana');
          const [anaLoad] = world.loads as [Load];
          const bo = await world.expectMiss('bo');
          const again = await world.expectJoin('ana');
          await world.finish(world.latest(), 'kittens');
          world.expectAnswer(bo, 'kittens');
          const late = await world.expectJoin('ana');
          await world.finish(anaLoad, 'sunset');
          for (const reader of [ana, again, late]) world.expectAnswer(reader, 'sunset');
          await world.expectHit('ana', 'sunset');
          await world.expectMiss('bo');
        });
      },
    },
    {
      id: 'expired-values-make-room',
      title: {
        en: 'an expired value takes no room: nobody who is still good is evicted while it is there',
        ko: '만료된 값은 자리를 차지하지 않아야 하며, 그런 값이 있는 동안 유효한 값을 축출해서는 안 됩니다',
      },
      points: 1,
      section: 'read-through',
      run: async (subject, tools) => {
        await script(subject, tools, { ttlMs: 10, capacity: 2 }, async (world) => {
          await world.store('ana', 'sunset');
          world.at(5);
          await world.store('bo', 'kittens');
          world.at(9);
          await world.expectHit('ana', 'sunset');
          world.at(12);
          await world.store('chris', 'noodles');
          world.at(14);
          await world.expectHit('bo', 'kittens');
          await world.expectHit('chris', 'noodles');
        });
        await script(subject, tools, { ttlMs: 10, capacity: 2 }, async (world) => {
          await world.store('ana', 'sunset');
          world.at(5);
          await world.store('bo', 'kittens');
          world.at(8);
          await world.expectHit('ana', 'sunset');
          const chris = await world.expectMiss('chris');
          world.at(12);
          await world.finish(world.latest(), 'noodles');
          world.expectAnswer(chris, 'noodles');
          await world.expectHit('bo', 'kittens');
        });
      },
    },
    {
      id: 'any-order-of-events',
      title: {
        en: 'whenever readers come and loads end, each reader gets a good value, a shared load or a new one, as the rules say',
        ko: '언제 읽고 언제 로드가 끝나든, 모든 읽기는 규칙대로 유효한 값, 진행 중인 로드, 새 로드 중 하나로 처리되어야 합니다',
      },
      points: 2,
      section: 'stampede',
      run: (subject, tools) =>
        tools.forAll(fc.array(event, { minLength: 1, maxLength: 25, size: 'max' }), (events, story) =>
          followEvents(new ReadWorld(story, subject, { ttlMs: 10, capacity: 5 }), 10, events),
        ),
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
        await script(subject, tools, { ttlMs: 10, capacity: 1 }, async (world) => {
          for (const key of KEYS) await world.store(key, `${key}-1`);
          world.at(9);
          await world.expectHit('dan', 'dan-1');
          world.at(10);
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
      title: {
        en: 'two caches share nothing',
        ko: '두 캐시는 아무것도 공유하지 않아야 합니다',
      },
      points: 1,
      section: 'read-through',
      run: (subject, tools) =>
        tools.example(async (story) => {
          const [feeds, photos] = [1, 2].map((number) => {
            story.happens({ en: `cache ${number} is made`, ko: `캐시 ${number} 생성` });
            return new ReadWorld(story, subject, { ttlMs: 10, capacity: 5 });
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
              en: 'the database never has that query twice at once',
              ko: '데이터베이스에 그 쿼리가 동시에 둘 있지 않음',
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
