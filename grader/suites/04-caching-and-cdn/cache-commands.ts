import fc from 'fast-check';
import type { Cache } from '../../../exercises/04-caching-and-cdn/contract.ts';
import type { Story, Tools } from '../../suite.ts';

/** One call of a cache, as data. */
export type Command =
  | { readonly op: 'get' | 'has' | 'delete'; readonly key: string }
  | { readonly op: 'set'; readonly key: string; readonly value: unknown };

/** What a cache must do, written for clearness: everything else about it is slow. */
export interface Model {
  readonly size: number;
  get(key: string): unknown;
  has(key: string): boolean;
  set(key: string, value: unknown): void;
  delete(key: string): boolean;
}

const PHOTOS = ['ant', 'bee', 'cat', 'dog', 'elk', 'fox'];

const key = fc.constantFrom(...PHOTOS);
const value = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: 0, max: 9 }) },
  { weight: 1, arbitrary: fc.constantFrom<unknown>(undefined, null, false, '') },
);

const command: fc.Arbitrary<Command> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ op: fc.constant('set' as const), key, value }) },
  { weight: 3, arbitrary: fc.record({ op: fc.constant('get' as const), key }) },
  { weight: 2, arbitrary: fc.record({ op: fc.constant('has' as const), key }) },
  { weight: 1, arbitrary: fc.record({ op: fc.constant('delete' as const), key }) },
);

export const histories = fc.record({
  capacity: fc.integer({ min: 1, max: 4 }),
  commands: fc.array(command, { minLength: 1, maxLength: 40, size: 'max' }),
});

export function capacityOf(story: Story, capacity: number): void {
  story.given({ en: 'capacity', ko: '용량' }, capacity);
}

/** Gives the commands to both and compares every answer, and at the end what both of them still hold. */
export function follow(story: Story, cache: Cache<string, unknown>, model: Model, commands: readonly Command[]): void {
  for (const one of commands) {
    if (one.op === 'set') {
      set(story, cache, one.key, one.value);
      model.set(one.key, one.value);
    } else {
      const received = story.call(one.op, [one.key], () => cache[one.op](one.key));
      story.expect(received, model[one.op](one.key));
    }
    expectSize(story, cache, model.size);
  }
  for (const photo of PHOTOS) expectHeld(story, cache, photo, model.has(photo));
}

/** `set`, told with what was stored. */
export function set<K, V>(story: Story, cache: Cache<K, V>, at: K, stored: V): void {
  story.call('set', [at, stored], () => cache.set(at, stored));
}

/** `get`, which must answer with `expected`. */
export function expectGet<K, V>(story: Story, cache: Cache<K, V>, at: K, expected: V | undefined): void {
  story.expect(
    story.call('get', [at], () => cache.get(at)),
    expected,
  );
}

/** `has`, which must answer with `expected`. */
export function expectHeld<K>(story: Story, cache: Cache<K, unknown>, at: K, expected: boolean): void {
  story.expect(
    story.call('has', [at], () => cache.has(at)),
    expected,
  );
}

export function expectSize(story: Story, cache: Cache<never, unknown>, expected: number): void {
  const { size } = cache;
  story.require(size === expected, { en: `size is ${expected} here`, ko: `이 시점의 size는 ${expected}` }, size);
}

/** What the constructor of a cache must refuse. */
export async function refusesBadCapacity(
  tools: Tools,
  name: string,
  make: (capacity: number) => unknown,
): Promise<void> {
  for (const capacity of [0, -1, 2.5, Number.NaN, Number.POSITIVE_INFINITY]) {
    await tools.example((story) =>
      story.throws(`new ${name}`, [capacity], () => make(capacity), 'RangeError', 'capacity'),
    );
  }
}

/**
 * Fails unless a call costs about the same in a cache of 1,000 entries as in one of 16,000. Scanning the entries
 * multiplies it by 5 or more; right answers, heaps included, stay below 2 [measured].
 */
export async function expectConstantCost(
  tools: Tools,
  make: (capacity: number) => Cache<string, number>,
): Promise<void> {
  await tools.example((story) => {
    story.happens({
      en: 'a full cache: entries are read and overwritten, and new ones are stored',
      ko: '가득 찬 캐시: 항목을 읽고 덮어쓰고, 새 항목을 저장함',
    });
    story.require(!grows(tools, make), {
      en: 'a call costs about the same in a cache of 1,000 entries as in one of 16,000',
      ko: '항목이 1,000개일 때와 16,000개일 때 호출 한 번의 비용이 거의 같음',
    });
  });
}

/**
 * Fails unless a cache holds as much after thousands of calls as before. Right answers stay within 20 kB, noise
 * included; to keep a note of every use takes 600 kB [measured].
 */
export async function expectBoundedMemory(
  tools: Tools,
  make: (capacity: number) => Cache<string, number>,
): Promise<void> {
  await tools.example(async (story) => {
    const times = USES.toLocaleString('en');
    story.happens({
      en: `a cache of ${HELD} entries: ${times} times an entry is stored, overwritten, read, deleted or evicted`,
      ko: `항목 ${HELD}개짜리 캐시: 저장, 덮어쓰기, 읽기, 삭제, 축출을 ${times}번 함`,
    });
    story.require((await growthOfMemory(tools, make(HELD))) < LEAK_BYTES, {
      en: 'it holds no more memory than before: what has left it is forgotten altogether',
      ko: '메모리를 전보다 더 붙들고 있지 않음. 나간 것은 완전히 잊음',
    });
  });
}

const HELD = 20;
const USES = 4000;
const LEAK_BYTES = 250_000;

/** Bytes that `USES` calls leave behind, in the best of three tries: what disturbs a measurement passes, a leak stays. */
async function growthOfMemory(tools: Tools, cache: Cache<string, number>): Promise<number> {
  useALot(cache);
  let least = Number.POSITIVE_INFINITY;
  let held = await tools.retained();
  for (let tries = 0; tries < 3; tries++) {
    useALot(cache);
    const now = await tools.retained();
    least = Math.min(least, now - held);
    held = now;
  }
  return least;
}

/** The keys are long, so that whoever keeps one where it does not belong is seen to. */
function useALot(cache: Cache<string, number>): void {
  const long = (number: number) => `photo-${number}`.padEnd(200, '.');
  for (let i = 0; i < USES / 4; i++) {
    cache.set(long(i % 60), i);
    cache.set(long(i % 60), -i);
    cache.get(long(i % 7));
    if (i % 5 === 0) cache.delete(long(i % 60));
    else cache.get(long(0));
  }
}

const SMALL = 1000;
const LIMIT = 3;

/**
 * Whether one of two kinds of work grows: touching entries all over the cache, and evicting them. A disturbed
 * measurement must not fail anybody: it takes two of three.
 */
function grows(tools: Tools, make: (capacity: number) => Cache<string, number>): boolean {
  const caches = new Map([SMALL, 16 * SMALL].map((size) => [size, filled(make(size), size)]));
  let count = 0;
  const touch = (cache: Cache<string, number>, size: number) => {
    cache.get(`photo-${(count++ * 7919) % size}`);
    cache.set(`photo-${(count++ * 7919) % size}`, count);
  };
  const evict = (cache: Cache<string, number>) => {
    cache.has('nobody');
    cache.set(`new-${count++}`, count);
    cache.has('nobody');
  };
  return [touch, evict].some((act) => {
    const measure = () =>
      tools.growth(SMALL, (size) => {
        for (let i = 0; i < 100; i++) act(caches.get(size)!, size);
        dawdle();
      });
    return [1, 2, 3].filter(() => measure() >= LIMIT).length >= 2;
  });
}

/**
 * Keeps this side busy for a moment, which only counts where both sides share a process. A measurement goes on
 * until it is long enough; without this it would evict some ten thousand entries there, and V8 walks over the gaps that
 * deletions leave at the front of a `Map` until it next rehashes: a right answer would look as if it scanned.
 */
function dawdle(): number {
  let hash = 1;
  for (let i = 1; i < 500_000; i++) hash = Math.imul(hash ^ i, 0x01000193);
  return hash;
}

function filled(cache: Cache<string, number>, size: number): Cache<string, number> {
  for (let i = 0; i < size; i++) cache.set(`photo-${i}`, i);
  return cache;
}
