import type { Cache } from '../../../../exercises/04-caching-and-cdn/contract.ts';
import type { Misconception } from '../../../suite.ts';

export const misconception: Misconception = {
  fails: 'evicts-the-longest-unused',
  message: {
    en: 'The entry that leaves is the one that came in last, whatever was read or stored again meanwhile. Perhaps it is taken from the wrong end of an order that knows no uses; perhaps your cache notes the time of each use, and all that is used within one tick of the clock looks alike. How does it know which of two uses came later?',
    ko: '그동안 무엇을 다시 읽거나 저장했는지와 상관없이, 마지막으로 들어온 항목이 나갑니다. 사용한 것을 모르는 순서의 반대쪽 끝에서 고르기 때문이거나, 사용한 시각을 적어 두지만 시계가 한 번 바뀌는 사이에 쓰인 것들을 구별하지 못하기 때문일 수 있습니다. 두 번의 사용 가운데 어느 쪽이 나중인지를 캐시가 무엇으로 아는지 살펴보십시오.',
  },
};

export class LruCache<K, V> implements Cache<K, V> {
  private readonly entries = new Map<K, { value: V; usedAt: number }>();

  constructor(private readonly capacity: number) {
    if (!Number.isInteger(capacity) || capacity < 1) throw new RangeError('capacity must be a whole number, 1 or more');
  }

  get size(): number {
    return this.entries.size;
  }

  get(key: K): V | undefined {
    const entry = this.entries.get(key);
    if (entry === undefined) return undefined;
    entry.usedAt = currentTime();
    return entry.value;
  }

  has(key: K): boolean {
    return this.entries.has(key);
  }

  set(key: K, value: V): void {
    if (!this.entries.has(key) && this.entries.size === this.capacity) this.evict();
    this.entries.set(key, { value, usedAt: currentTime() });
  }

  delete(key: K): boolean {
    return this.entries.delete(key);
  }

  private evict(): void {
    let oldest = Number.POSITIVE_INFINITY;
    let victim: K | undefined;
    for (const [key, { usedAt }] of this.entries) if (usedAt <= oldest) [oldest, victim] = [usedAt, key];
    this.entries.delete(victim as K);
  }
}

/** In seconds. */
function currentTime(): number {
  return Math.floor(Date.now() / 1000);
}
