import type { Cache } from '../../../exercises/04-caching-and-cdn/contract.ts';
import type { Tools } from '../../suite.ts';

const HELD = 20;
const USES = 4000;
const LEAK_BYTES = 250_000;

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
