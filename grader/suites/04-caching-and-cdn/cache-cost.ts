import type { Cache } from '../../../exercises/04-caching-and-cdn/contract.ts';
import type { Text } from '../../../simulator/text.ts';
import type { Tools } from '../../suite.ts';

const SMALL = 1000;
const LARGE = 16 * SMALL;

/**
 * How many times dearer a call may be in the large cache than in the small one. Looking through the entries makes it 4
 * times or more, mostly 8 to 50; right answers, heaps and `map.keys().next()` included, stay below 1.5, with four busy
 * processes beside them as well [measured].
 */
const LIMIT = 3;

type Caches = ReadonlyMap<number, Cache<string, number>>;

interface Work {
  readonly name: Text;
  readonly act: (cache: Cache<string, number>, size: number) => void;
}

/** Fails unless a call costs about the same in a cache of 1,000 entries as in one of 16,000. */
export async function expectConstantCost(
  tools: Tools,
  make: (capacity: number) => Cache<string, number>,
): Promise<void> {
  await tools.example((story) => {
    story.happens({
      en: 'two full caches, of 1,000 and of 16,000 entries',
      ko: '가득 찬 캐시 둘: 항목 1,000개와 16,000개',
    });
    for (const { name, act } of works()) {
      story.happens({ en: `${name.en}, in both`, ko: `양쪽에서 ${name.ko}` });
      story.require(!grows(tools, make, act), {
        en: `in the large cache this costs less than ${LIMIT} times as much as in the small one`,
        ko: `큰 캐시에서 드는 비용이 작은 캐시의 ${LIMIT}배 미만`,
      });
    }
  });
}

/** What disturbs a measurement passes: only two that agree count against anybody. */
function grows(tools: Tools, make: (capacity: number) => Cache<string, number>, act: Work['act']): boolean {
  return growthOf(tools, filled(make), act) >= LIMIT && growthOf(tools, filled(make), act) >= LIMIT;
}

/**
 * Always in caches that have just been filled. A measurement goes on until it is long enough, some thousand evictions in
 * all, and V8 leaves a gap at the front of a `Map` for each of them until it next rehashes. `map.keys().next()`
 * walks over these gaps: a right answer, which would look as if it scanned once the gaps are many.
 */
function growthOf(tools: Tools, caches: Caches, act: Work['act']): number {
  return tools.growth(SMALL, (size) => {
    const cache = caches.get(size)!;
    for (let i = 0; i < 25; i++) act(cache, size);
    dawdle();
  });
}

/** Touching entries all over the cache, and evicting them. */
function works(): readonly Work[] {
  let count = 0;
  return [
    {
      name: { en: 'entries are read and overwritten', ko: '항목을 읽고 덮어씀' },
      act: (cache, size) => {
        cache.get(`photo-${(count++ * 7919) % size}`);
        cache.has(`photo-${(count++ * 7919) % size}`);
        cache.set(`photo-${(count++ * 7919) % size}`, count);
      },
    },
    {
      name: { en: 'new entries push old ones out', ko: '새 항목을 저장해 옛 항목을 축출함' },
      act: (cache) => cache.set(`new-${count++}`, count),
    },
  ];
}

/**
 * Keeps this side busy for a moment. That only counts where both sides share a process: calls are so cheap there that
 * ten times as many evictions would be needed to measure them.
 */
function dawdle(): number {
  let hash = 1;
  for (let i = 1; i < 50_000; i++) hash = Math.imul(hash ^ i, 0x01000193);
  return hash;
}

function filled(make: (capacity: number) => Cache<string, number>): Caches {
  return new Map(
    [SMALL, LARGE].map((size) => {
      const cache = make(size);
      for (let i = 0; i < size; i++) cache.set(`photo-${i}`, i);
      return [size, cache];
    }),
  );
}
