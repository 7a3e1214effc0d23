import type { Cache } from '../../../exercises/04-caching-and-cdn/contract.ts';
import type { Text } from '../../../simulator/text.ts';
import type { Tools } from '../../suite.ts';

/** Something done to a cache thousands of times, again and again, that must leave nothing behind. */
interface Habit {
  readonly happens: Text;
  /** The keys may depend on `turn`, which counts from 0. */
  readonly act: (cache: Cache<string, number>, turn: number) => void;
  /** Who keeps more of one turn than this has a leak. */
  readonly leakBytes: number;
}

const HELD = 20;
const USES = 4000;
const READS = 6000;
const PASSERS_BY = 1000;

/** Right answers keep 20 kB of it at most, noise included; to keep a note of every use takes 600 kB [measured]. */
export const ALL_CALLS: Habit = {
  happens: {
    en: `a cache of ${HELD} entries: ${told(USES)} times an entry is stored, overwritten, read, deleted or evicted`,
    ko: `항목 ${HELD}개짜리 캐시: 저장, 덮어쓰기, 읽기, 삭제, 축출을 ${told(USES)}번 함`,
  },
  act: useALot,
  leakBytes: 250_000,
};

/**
 * For caches that count: what is kept for each count shows only where a count goes high. Right answers keep 30 kB of it
 * at most, noise included; a set for each count is 900 kB, a note of each use 340 kB, the count of each key that was
 * ever held 210 kB [measured].
 */
export const ONE_FAVOURITE: Habit = {
  happens: {
    en: `a cache of ${HELD} entries: one is read ${told(READS)} times, while ${told(PASSERS_BY)} others come and go`,
    ko: `항목 ${HELD}개짜리 캐시: 항목 하나를 ${told(READS)}번 읽는 동안 다른 항목 ${told(PASSERS_BY)}개가 들어왔다 나감`,
  },
  act: readOneOverAndOver,
  leakBytes: 120_000,
};

/** Fails unless a cache holds as much after thousands of calls as before. */
export async function expectBoundedMemory(
  tools: Tools,
  make: (capacity: number) => Cache<string, number>,
  habit: Habit,
): Promise<void> {
  await tools.example(async (story) => {
    story.happens(habit.happens);
    story.require(!(await leaks(tools, make(HELD), habit)), {
      en: 'it holds no more memory than before: what has left it is forgotten altogether',
      ko: '메모리를 전보다 더 붙들고 있지 않음. 나간 것은 완전히 잊음',
    });
  });
}

/** The best of three tries counts: what disturbs a measurement passes, a leak stays. */
async function leaks(tools: Tools, cache: Cache<string, number>, { act, leakBytes }: Habit): Promise<boolean> {
  act(cache, 0);
  let held = await tools.retained();
  for (let turn = 1; turn <= 3; turn++) {
    act(cache, turn);
    const now = await tools.retained();
    if (now - held < leakBytes) return false;
    held = now;
  }
  return true;
}

function useALot(cache: Cache<string, number>): void {
  for (let i = 0; i < USES / 4; i++) {
    cache.set(long(i % 60), i);
    cache.set(long(i % 60), -i);
    cache.get(long(i % 7));
    if (i % 5 === 0) cache.delete(long(i % 60));
    else cache.get(long(0));
  }
}

function readOneOverAndOver(cache: Cache<string, number>, turn: number): void {
  cache.set('favourite', turn);
  for (let i = 0; i < PASSERS_BY; i++) {
    cache.set(long(turn * PASSERS_BY + i), i);
    for (let read = 0; read < READS / PASSERS_BY; read++) cache.get('favourite');
  }
}

/** Keys are long, so that whoever keeps one where it does not belong is seen to. */
function long(number: number): string {
  return `photo-${number}`.padEnd(200, '.');
}

function told(times: number): string {
  return times.toLocaleString('en');
}
