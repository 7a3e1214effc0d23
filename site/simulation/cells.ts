import type { Trace } from '../../simulator/trace.ts';
import { NEVER } from '../../simulator/trace.ts';
import { after } from './trace-index.ts';

/** Objects that stand next to each other in popularity; about as many reads fall on each cell as on any other. */
export interface Cell {
  /** Lowest and highest key, both included. */
  readonly first: number;
  readonly last: number;
}

/** How much of a cell is in memory, 0 … 1, each object weighted with its reads. */
export interface Level {
  readonly held: number;
  /** The part that is out of date, no more than `held`. */
  readonly stale: number;
  /** Nobody has asked for any of it for a while. */
  readonly quiet: boolean;
}

/** One look into the cache. */
interface Look {
  readonly visit: number;
  readonly atUs: number;
  readonly found: boolean;
  readonly stale: boolean;
  /** When whoever had to wait for the value has it: from then on it may be held. */
  readonly valueUs: number;
}

interface Course {
  readonly atUs: Float64Array;
  readonly held: Float32Array;
  readonly stale: Float32Array;
  /** When somebody looked. */
  readonly looksUs: Float64Array;
}

/** A cell at which nobody looks for this long, and for so many of its usual gaps, is quiet. */
const QUIET = { us: 1_500_000, gaps: 15 } as const;

type Change = [atUs: number, held: number, stale: number];

/**
 * What a cache (or edge server) holds, as its readers find it. Nobody looks inside: an object counts as held while the
 * next reader finds it there, and as stale while that reader is given an old value.
 */
export class Cells {
  readonly cells: readonly Cell[];
  readonly #courses: readonly Course[];

  /** @param most number of cells that there is room for */
  constructor(
    private readonly trace: Trace,
    node: number,
    most: number,
  ) {
    const looks = looksAt(trace, node);
    this.cells = cut(looks, most);
    const downUs = trace.changes.flatMap((change) =>
      change.node === node && change.state === 'down' ? change.atUs : [],
    );
    const changes: Change[][] = this.cells.map(() => []);
    const looksUs: number[][] = this.cells.map(() => []);
    for (const [key, list] of looks) looksUs[this.cellOf(key)]!.push(...list.map(({ atUs }) => atUs));
    for (const [key, list] of looks) {
      const cell = this.cellOf(key);
      addChanges(changes[cell]!, list, downUs, list.length / looksUs[cell]!.length);
    }
    this.#courses = changes.map((each, cell) => courseOf(each, looksUs[cell]!));
  }

  /** The cell of an object. */
  cellOf(key: number): number {
    let low = 0;
    let high = this.cells.length - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.cells[middle]!.last >= key) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /** The cell that a visit is about. */
  cellOfVisit(visit: number): number {
    return this.cellOf(keyOf(this.trace, visit));
  }

  level(cell: number, atUs: number): Level {
    const { atUs: moments, held, stale, looksUs } = this.#courses[cell]!;
    const place = after(moments, atUs) - 1;
    const silentUs = atUs - (looksUs[after(looksUs, atUs) - 1] ?? 0);
    const quiet = silentUs > Math.max(QUIET.us, (QUIET.gaps * this.trace.durationUs) / looksUs.length);
    return { held: held[place] ?? 0, stale: stale[place] ?? 0, quiet };
  }
}

const known = new WeakMap<Trace, Map<number, Cells>>();

/** A node's cells in a trace, found once: a picture is laid out anew at every width. */
export function cellsOf(trace: Trace, node: number, most: number): Cells {
  const ofTrace = known.get(trace) ?? new Map<number, Cells>();
  const cells = ofTrace.get(node) ?? new Cells(trace, node, most);
  known.set(trace, ofTrace.set(node, cells));
  return cells;
}

/** Which object a visit is about; `NEVER` where worlds have none. */
export function keyOf({ visits, requests }: Trace, visit: number): number {
  return visits.key ? visits.key[visit]! : (requests.key?.[visits.request[visit]!] ?? NEVER);
}

function looksAt(trace: Trace, at: number): Map<number, Look[]> {
  const { visits, requests } = trace;
  const { node, request, enteredUs, startedUs, leftUs } = visits;
  const byKey = new Map<number, Look[]>();
  for (let visit = 0; visit < node.length; visit++) {
    const key = node[visit] === at && enteredUs[visit] !== NEVER ? keyOf(trace, visit) : NEVER;
    if (key === NEVER) continue;
    const asking = request[visit]!;
    const found = startedUs[visit] !== NEVER;
    const waited = leftUs[visit]! > enteredUs[visit]! ? leftUs[visit]! : requests.endedUs[asking]!;
    const look = {
      visit,
      atUs: enteredUs[visit]!,
      found,
      stale: found && !visits.key && (requests.staleUs?.[asking] ?? NEVER) !== NEVER,
      valueUs: waited === NEVER ? Number.POSITIVE_INFINITY : waited,
    };
    const others = byKey.get(key);
    if (others) others.push(look);
    else byKey.set(key, [look]);
  }
  return byKey;
}

/** Keys in order, cut where each piece has its share of the reads that are left. */
function cut(looks: ReadonlyMap<number, readonly Look[]>, most: number): Cell[] {
  const keys = [...looks.keys()].sort((a, b) => a - b);
  let left = [...looks.values()].reduce((sum, { length }) => sum + length, 0);
  const cells: Cell[] = [];
  let first = keys[0];
  let reads = 0;
  for (const [place, key] of keys.entries()) {
    reads += looks.get(key)!.length;
    const enough = reads >= left / (most - cells.length) - 0.5;
    if (!enough && place < keys.length - 1) continue;
    cells.push({ first: first!, last: key });
    left -= reads;
    reads = 0;
    first = keys[place + 1];
  }
  return cells;
}

/** The course of one object's state as changes of its cell's level. */
function addChanges(changes: Change[], looks: readonly Look[], downUs: readonly number[], weight: number): void {
  let held = 0;
  let stale = 0;
  const become = (atUs: number, look: Look | undefined): void => {
    const now = look?.found ? weight : 0;
    const old = look?.found && look.stale ? weight : 0;
    if (now !== held || old !== stale) changes.push([atUs, now - held, old - stale]);
    held = now;
    stale = old;
  };
  const [first] = looks;
  become(0, downUs.some((us) => us < first!.atUs) ? undefined : first);
  for (const [place, look] of looks.entries()) {
    const next = looks[place + 1];
    const untilUs = next?.atUs ?? Number.POSITIVE_INFINITY;
    const lostUs = downUs.find((us) => us >= look.atUs && us < untilUs);
    if (!look.found) become(look.atUs, undefined);
    const valueUs = look.found ? look.atUs : look.valueUs;
    if (valueUs < (lostUs ?? untilUs)) become(valueUs, lostUs === undefined ? (next ?? look) : look);
    if (lostUs !== undefined) become(lostUs, undefined);
  }
}

function courseOf(changes: Change[], looksUs: readonly number[]): Course {
  changes.sort((a, b) => a[0] - b[0]);
  const sums = (part: 1 | 2): Float32Array => {
    let sum = 0;
    return Float32Array.from(changes, (change) => {
      sum += change[part];
      return sum;
    });
  };
  return {
    atUs: Float64Array.from(changes, ([atUs]) => atUs),
    held: sums(1),
    stale: sums(2),
    looksUs: Float64Array.from(looksUs).sort(),
  };
}
