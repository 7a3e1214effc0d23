import type {
  CacheClass,
  CreateEdge,
  CreateReadThrough,
  CreateWriteInvalidation,
} from '../../../../exercises/04-caching-and-cdn/contract.ts';
import type { MakeReader, MakeStore } from '../../../../simulator/parts/slots/cache.ts';
import type { ContentNetwork } from '../../../../simulator/parts/slots/edge.ts';
import type { MakeVersionedCache } from '../../../../simulator/parts/slots/versioned-cache.ts';
import type { ExerciseLane } from '../../../../simulator/scene.ts';
import type { Text } from '../../../../simulator/text.ts';

/**
 * How this lesson's exercises fill its scenes. What they export may live behind a membrane: it is only called and
 * constructed, never compared or asked for its type.
 */
type Exports = Readonly<Record<string, unknown>>;

function exported<Kind>(exports: Exports, name: string): Kind {
  const value = exports[name];
  if (typeof value !== 'function') throw new TypeError(`the file exports no ${name}`);
  return value as Kind;
}

function store(name: string, label: Text): ExerciseLane<MakeStore> {
  return {
    label,
    adapt: (exports) => (capacity) => {
      const Cache = exported<CacheClass>(exports, name);
      return new Cache<string, number>(capacity);
    },
  };
}

export const stores = {
  'lru-cache': store('LruCache', { en: 'LRU', ko: 'LRU' }),
  'lfu-cache': store('LfuCache', { en: 'LFU', ko: 'LFU' }),
} satisfies Record<string, ExerciseLane<MakeStore>>;

export const readers = {
  'read-through-cache': {
    label: { en: 'Read-through', ko: '읽기 주도형' },
    adapt: (exports) => (world) => exported<CreateReadThrough>(exports, 'createReadThrough')<string, string>(world),
  },
} satisfies Record<string, ExerciseLane<MakeReader>>;

export const versionedCaches = {
  'invalidate-on-write': {
    label: { en: 'Invalidate on write', ko: '쓰기 시 무효화' },
    adapt: (exports) => (world) =>
      exported<CreateWriteInvalidation>(exports, 'createWriteInvalidation')<string, string>(world),
  },
} satisfies Record<string, ExerciseLane<MakeVersionedCache>>;

export const networks = {
  'cdn-edge': {
    label: { en: 'CDN', ko: 'CDN' },
    adapt: (exports) => ({ edge: (world) => exported<CreateEdge>(exports, 'createEdge')(world) }),
  },
} satisfies Record<string, ExerciseLane<ContentNetwork>>;
