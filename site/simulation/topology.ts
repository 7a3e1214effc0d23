import type { Language } from '../../simulator/text.ts';
import type { Brush } from './paint.ts';
import { caches } from './topologies/caches.ts';
import { fleet } from './topologies/fleet.ts';
import { regions } from './topologies/regions.ts';
import type { TraceIndex } from './trace-index.ts';

/** One lane's world, laid out for a width. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  /** What stands still, as SVG text: drawn alike on the server and in the page. */
  readonly still: string;
  /** Nodes with a shape of their own, which shows their state. */
  readonly nodes: readonly number[];
  /** Paints what moves, as it is at one moment. */
  readonly paint: (brush: Brush, atUs: number) => void;
}

/** How worlds of one kind are drawn, from their trace alone. */
export interface Topology {
  readonly draws: (index: TraceIndex) => boolean;
  /** The height must not depend on the width, so that nothing jumps when that becomes known. */
  readonly lay: (index: TraceIndex, width: number, language: Language) => Picture;
}

/** The first that can draw a world draws it; a new kind of world is a new file here. */
const TOPOLOGIES: readonly Topology[] = [regions, caches, fleet];

export function pictureOf(index: TraceIndex, width: number, language: Language): Picture {
  const topology = TOPOLOGIES.find(({ draws }) => draws(index)) ?? fleet;
  return topology.lay(index, width, language);
}
