import type { MakeVersionedCache, RowStore } from '../../../../simulator/parts/slots/versioned-cache.ts';
import type { Lane } from '../../../../simulator/scene.ts';

/** Keeps whatever a read brings, and forgets it before or after a write's commit, or both. */
function forgets(before: boolean, after: boolean): MakeVersionedCache {
  return ({ db }: { readonly db: RowStore }) => {
    const held = new Map<string, string>();
    return {
      read: async (key) => {
        const known = held.get(key);
        if (known !== undefined) return known;
        const { value } = await db.read(key);
        held.set(key, value);
        return value;
      },
      write: async (key, value) => {
        if (before) held.delete(key);
        await db.write(key, value);
        if (after) held.delete(key);
      },
    };
  };
}

export const deleteThenCommit: Lane<MakeVersionedCache> = {
  id: 'delete-then-commit',
  label: { en: 'Delete, then commit', ko: '지우고 나서 커밋' },
  make: forgets(true, false),
};

export const deleteOnBothSides: Lane<MakeVersionedCache> = {
  id: 'delete-on-both-sides',
  label: { en: 'Delete, commit, delete', ko: '지우고 커밋하고 또 지우기' },
  make: forgets(true, true),
};

export const commitThenDelete: Lane<MakeVersionedCache> = {
  id: 'commit-then-delete',
  label: { en: 'Commit, then delete', ko: '커밋하고 나서 지우기' },
  make: forgets(false, true),
};
