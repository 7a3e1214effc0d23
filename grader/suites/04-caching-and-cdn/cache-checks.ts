import fc from 'fast-check';
import type { Cache } from '../../../exercises/04-caching-and-cdn/contract.ts';
import type { Text } from '../../../simulator/text.ts';
import type { Check, Story, Tools } from '../../suite.ts';
import { CacheWorld, type Call, get, has, type Model, remove, set } from './cache-world.ts';

/** A policy of eviction under test: the two suites ask much the same of theirs. */
export interface Policy<Exports> {
  /** Name of the class. */
  readonly name: keyof Exports & string;
  /** Anchor of the lesson's section about it. */
  readonly section: string;
  readonly make: (subject: Exports, capacity: number) => Cache<unknown, unknown>;
  readonly model: (capacity: number) => Model;
}

/** Calls made on a fresh cache. */
export interface Case {
  readonly capacity: number;
  readonly calls: readonly Call[];
}

/** Fixed cases, one after another; the first that comes out otherwise than in the model is told. */
export function cases<Exports>(
  policy: Policy<Exports>,
  id: string,
  title: Text,
  points: number,
  all: readonly Case[],
): Check<Exports> {
  return {
    id,
    title,
    points,
    section: policy.section,
    run: async (subject, tools) => {
      for (const one of all) await tools.example((story) => play(policy, subject, story, one));
    },
  };
}

function play<Exports>(policy: Policy<Exports>, subject: Exports, story: Story, { capacity, calls }: Case): void {
  new CacheWorld(story, policy.make(subject, capacity), policy.model(capacity), capacity).play(calls);
}

/** Values that a careless `if (value)` takes for a miss. */
export const EMPTY: readonly unknown[] = [0, '', false, null, Number.NaN, undefined];

/** Keys that a plain object, or a template string, would take for one. */
export const TOLD_APART: Case = {
  capacity: 2,
  calls: [set(1, 'number'), set('1', 'text'), get(1), get('1'), remove('1'), has(1)],
};

export function keepsWhatIsSet<Exports>(policy: Policy<Exports>): Check<Exports> {
  const title = {
    en: 'what was stored comes back until it is deleted; a missing key gives undefined',
    ko: '저장한 값은 삭제하기 전까지 그대로 돌아오고, 없는 키는 undefined를 반환해야 합니다',
  };
  return cases(policy, 'keeps-what-is-set', title, 1, [
    {
      capacity: 3,
      calls: [
        ...[get('ant'), has('ant'), set('ant', 1), set('bee', 2), get('ant'), get('ant'), get('bee'), has('bee')],
        ...[has('cat'), remove('ant'), remove('ant'), get('ant'), has('ant'), get('bee')],
      ],
    },
  ]);
}

/** What the constructor of a cache must refuse. */
export function refusesBadCapacity<Exports>(policy: Policy<Exports>): Check<Exports> {
  return {
    id: 'refuses-bad-capacity',
    title: {
      en: 'a capacity that is not a whole number of 1 or more is a RangeError',
      ko: '용량이 1 이상의 정수가 아니면 RangeError가 발생해야 합니다',
    },
    points: 1,
    section: policy.section,
    run: async (subject, tools) => {
      for (const capacity of [0, -1, 2.5, Number.NaN, Number.POSITIVE_INFINITY]) {
        const make = () => {
          policy.make(subject, capacity);
          // The class stands for the cache that was made: its insides are nobody's business here.
          return policy.name;
        };
        await tools.example((story) => story.throws(`new ${policy.name}`, [capacity], make, 'RangeError', 'capacity'));
      }
    },
  };
}

export function cachesAreSeparate<Exports>(policy: Policy<Exports>): Check<Exports> {
  return {
    id: 'caches-are-separate',
    title: { en: 'two caches share nothing', ko: '두 캐시는 아무것도 공유하지 않아야 합니다' },
    points: 1,
    section: policy.section,
    run: (subject, tools) =>
      tools.example((story) => {
        const { make, model } = policy;
        const feeds = new CacheWorld(story, make(subject, 2), model(2), 2, 'feeds.');
        const photos = new CacheWorld(story, make(subject, 1), model(1), 1, 'photos.');
        feeds.play([set('ant', 1), set('bee', 2), get('ant')]);
        photos.play([has('ant'), set('bee', 3), get('bee')]);
        feeds.play([set('cat', 4), has('bee')]);
        photos.play([get('bee')]);
      }),
  };
}

const PHOTOS = ['ant', 'bee', 'cat', 'dog', 'elk', 'fox'];

const key = fc.constantFrom(...PHOTOS);
const value = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: 0, max: 9 }) },
  { weight: 1, arbitrary: fc.constantFrom<unknown>(undefined, null, false, '') },
);

const call: fc.Arbitrary<Call> = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(key, value).map((pair) => set(...pair)) },
  { weight: 3, arbitrary: key.map(get) },
  { weight: 2, arbitrary: key.map(has) },
  { weight: 1, arbitrary: key.map(remove) },
);

const histories = fc.record({
  capacity: fc.integer({ min: 1, max: 4 }),
  calls: fc.array(call, { minLength: 1, maxLength: 40, size: 'max' }),
});

/** Any calls in any order; at the end both are asked who is left. */
export function followsTheModel<Exports>(policy: Policy<Exports>, title: Text, runs: number): Check<Exports> {
  const body = (subject: Exports, tools: Tools) =>
    tools.forAll(
      histories,
      ({ capacity, calls }, story) => play(policy, subject, story, { capacity, calls: [...calls, ...PHOTOS.map(has)] }),
      { runs },
    );
  return { id: 'follows-the-model', title, points: 2, section: policy.section, run: body };
}
