import type { WriteInvalidation, WriteInvalidationOptions } from '../../../../exercises/04-caching-and-cdn/contract.ts';
import type { Misconception } from '../../../suite.ts';

export const misconception: Misconception = {
  fails: 'reads-through',
  message: {
    en: 'Every read goes to the database. Nothing can ever be stale that way, and there is no cache either. What should the second reader of a key find, and who leaves it there?',
    ko: '읽을 때마다 데이터베이스로 갑니다. 그러면 오래된 값은 있을 수 없지만 캐시도 없는 셈입니다. 같은 키를 두 번째로 읽는 쪽이 무엇을 찾을 수 있어야 하고, 그것을 누가 남겨 두는지 생각해 보십시오.',
  },
};

export function createWriteInvalidation<K, V>(options: WriteInvalidationOptions<K, V>): WriteInvalidation<K, V> {
  const { db, capacity } = options;
  if (!Number.isInteger(capacity) || capacity < 1) throw new RangeError('capacity must be 1 or more');
  return {
    async read(key) {
      const { value } = await db.read(key);
      return value;
    },
    async write(key, value) {
      await db.write(key, value);
    },
  };
}
