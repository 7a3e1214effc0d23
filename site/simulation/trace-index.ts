import type { NodeState, Trace } from '../../simulator/trace.ts';
import { NEVER, OUTCOMES } from '../../simulator/trace.ts';

/** A stretch of time in which something holds for one visit (or request): (from, to], sorted by `fromUs`. */
interface Stretches {
  readonly visit: Uint32Array;
  readonly fromUs: Float64Array;
  readonly toUs: Float64Array;
  /** Largest `toUs` up to here: where it is over, everything before is too. */
  readonly allOverUs: Float64Array;
}

interface NodeIndex {
  readonly waiting: Stretches;
  readonly served: Stretches;
  readonly arriving: Stretches;
  /** Visits that failed here, by the moment they left. */
  readonly failed: Stretches;
  readonly states: readonly { readonly atUs: number; readonly state: NodeState; readonly speed: number }[];
}

export interface Waiting {
  readonly visit: number;
  /** Since the request arrived in the system, µs. */
  readonly ageUs: number;
}

export interface Serving {
  readonly visit: number;
  readonly core: number;
  /** Part of the job that is done, 0 … 1. */
  readonly done: number;
}

export interface Travelling {
  readonly visit: number;
  /** Part of the way that lies behind it, 0 … 1. */
  readonly way: number;
}

/** Something that was a while ago. */
export interface Past {
  readonly ageUs: number;
}

const FOREVER = Number.POSITIVE_INFINITY;
const OK = OUTCOMES.indexOf('ok');
const PENDING = OUTCOMES.indexOf('pending');

/** Answers what is where at any moment of a trace, each in time proportional to what is there. */
export class TraceIndex {
  readonly #nodes: readonly NodeIndex[];
  readonly #core: Uint16Array;
  /** From arrival to answer, by class. */
  readonly #open: readonly Stretches[];
  /** Requests whose answer was out of date, by the moment it came. */
  readonly #stale: Stretches;

  constructor(readonly trace: Trace) {
    this.#core = coresOf(trace);
    this.#nodes = indexNodes(trace);
    this.#open = trace.classes.map((_, of) => stretches(openRequests(trace, of)));
    this.#stale = stretches(staleRequests(trace));
  }

  /** The queue of a node at a moment, oldest first. */
  waiting(node: number, atUs: number): Waiting[] {
    const { request } = this.trace.visits;
    const { arrivedUs } = this.trace.requests;
    return within(this.#nodes[node]!.waiting, atUs).map((visit) => ({
      visit,
      ageUs: atUs - arrivedUs[request[visit]!]!,
    }));
  }

  /** What a node works on at a moment. */
  serving(node: number, atUs: number): Serving[] {
    const { startedUs, leftUs } = this.trace.visits;
    return within(this.#nodes[node]!.served, atUs).map((visit) => {
      const started = startedUs[visit]!;
      const left = leftUs[visit] === NEVER ? Math.max(this.trace.durationUs, atUs) : leftUs[visit]!;
      return {
        visit,
        core: this.#core[visit]!,
        done: left > started ? (atUs - started) / (left - started) : 0,
      };
    });
  }

  /**
   * What travels to a node at a moment, when every journey is drawn to take `drawnUs`, however long it really
   * takes: it ends when the request enters, so nothing is early or late at its goal.
   */
  travelling(node: number, atUs: number, drawnUs: number): Travelling[] {
    return this.underway(node, atUs, drawnUs, () => drawnUs);
  }

  /** The same with a length of its own for each visit's journey, none of them more than `mostUs`. */
  underway(node: number, atUs: number, mostUs: number, drawnUs: (visit: number) => number): Travelling[] {
    const found: Travelling[] = [];
    const { visit, toUs } = this.#nodes[node]!.arriving;
    for (let i = after(toUs, atUs); i < visit.length && toUs[i]! <= atUs + mostUs; i++) {
      const lengthUs = drawnUs(visit[i]!);
      if (toUs[i]! <= atUs + lengthUs) found.push({ visit: visit[i]!, way: 1 - (toUs[i]! - atUs) / lengthUs });
    }
    return found;
  }

  /** Visits that failed at a node within the last `spanUs`, the latest first. */
  failed(node: number, atUs: number, spanUs: number): (Past & { readonly visit: number })[] {
    return begun(this.#nodes[node]!.failed, atUs, spanUs);
  }

  /** Visits that a node began to serve within the last `spanUs`, the latest first: for a cache its hits. */
  started(node: number, atUs: number, spanUs: number): (Past & { readonly visit: number })[] {
    return begun(this.#nodes[node]!.served, atUs, spanUs);
  }

  /** Requests of one class that have no answer yet, oldest first. */
  unanswered(of: number, atUs: number): (Waiting & { readonly request: number })[] {
    const { arrivedUs } = this.trace.requests;
    return within(this.#open[of]!, atUs).map((request) => ({
      request,
      visit: NEVER,
      ageUs: atUs - arrivedUs[request]!,
    }));
  }

  /** Requests that got an answer out of date within the last `spanUs`, the latest first. */
  stale(atUs: number, spanUs: number): (Past & { readonly request: number })[] {
    return begun(this.#stale, atUs, spanUs).map(({ visit, ageUs }) => ({ request: visit, ageUs }));
  }

  state(node: number, atUs: number): { readonly state: NodeState; readonly speed: number } {
    const { states } = this.#nodes[node]!;
    for (let i = states.length - 1; i >= 0; i--) if (states[i]!.atUs <= atUs) return states[i]!;
    return { state: 'up', speed: 1 };
  }

  /** Number of requests that have arrived by a moment. */
  arrivedBy(atUs: number): number {
    return after(this.trace.requests.arrivedUs, atUs);
  }
}

/** First place whose value is above `atUs` in a sorted column. */
export function after(column: Float64Array, atUs: number): number {
  let low = 0;
  let high = column.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (column[middle]! > atUs) high = middle;
    else low = middle + 1;
  }
  return low;
}

function within({ visit, fromUs, toUs, allOverUs }: Stretches, atUs: number): number[] {
  const found: number[] = [];
  const end = after(fromUs, atUs);
  for (let i = after(allOverUs, atUs); i < end; i++) if (toUs[i]! > atUs) found.push(visit[i]!);
  return found;
}

function begun({ visit, fromUs }: Stretches, atUs: number, spanUs: number): (Past & { readonly visit: number })[] {
  const found = [];
  for (let i = after(fromUs, atUs) - 1; i >= 0 && fromUs[i]! > atUs - spanUs; i--) {
    found.push({ visit: visit[i]!, ageUs: atUs - fromUs[i]! });
  }
  return found;
}

function openRequests({ requests }: Trace, of: number): [number, number, number][] {
  const found: [number, number, number][] = [];
  requests.arrivedUs.forEach((arrivedUs, request) => {
    if (requests.class[request] !== of) return;
    found.push([request, arrivedUs, requests.endedUs[request] === NEVER ? FOREVER : requests.endedUs[request]!]);
  });
  return found;
}

function staleRequests({ requests }: Trace): [number, number, number][] {
  const found: [number, number, number][] = [];
  requests.staleUs?.forEach((staleUs, request) => {
    const endedUs = requests.endedUs[request]!;
    if (staleUs !== NEVER && endedUs !== NEVER) found.push([request, endedUs, endedUs]);
  });
  return found;
}

function indexNodes(trace: Trace): NodeIndex[] {
  const { visits } = trace;
  const lists = trace.nodes.map(() => ({
    waiting: [] as [number, number, number][],
    served: [] as [number, number, number][],
    arriving: [] as [number, number, number][],
    failed: [] as [number, number, number][],
  }));
  for (let i = 0; i < visits.node.length; i++) {
    const list = lists[visits.node[i]!]!;
    const [sent, entered, started] = [visits.sentUs[i]!, visits.enteredUs[i]!, visits.startedUs[i]!];
    const left = visits.leftUs[i] === NEVER ? FOREVER : visits.leftUs[i]!;
    const outcome = visits.outcome[i]!;
    if (entered !== NEVER) list.waiting.push([i, entered, started === NEVER ? left : started]);
    if (started !== NEVER) list.served.push([i, started, left]);
    const arrives = entered === NEVER ? left : entered;
    if (arrives !== FOREVER) list.arriving.push([i, sent, arrives]);
    if (outcome !== OK && outcome !== PENDING && left !== FOREVER) list.failed.push([i, left, left]);
  }
  return lists.map((list, node) => ({
    waiting: stretches(list.waiting),
    served: stretches(list.served),
    arriving: stretches(list.arriving, 2),
    failed: stretches(list.failed),
    states: trace.changes.filter((change) => change.node === node),
  }));
}

function stretches(list: [visit: number, fromUs: number, toUs: number][], by: 1 | 2 = 1): Stretches {
  list.sort((a, b) => a[by] - b[by] || a[0] - b[0]);
  const toUs = Float64Array.from(list, (stretch) => stretch[2]);
  let latest = Number.NEGATIVE_INFINITY;
  return {
    visit: Uint32Array.from(list, (stretch) => stretch[0]),
    fromUs: Float64Array.from(list, (stretch) => stretch[1]),
    toUs,
    allOverUs: toUs.map((to) => {
      latest = Math.max(latest, to);
      return latest;
    }),
  };
}

/** Which core of its node served each visit: the lowest free one, in order of starting. */
function coresOf(trace: Trace): Uint16Array {
  const { startedUs, leftUs, node } = trace.visits;
  const core = new Uint16Array(node.length);
  const freeAtUs = trace.nodes.map(({ cores }) => new Float64Array(Math.max(1, cores)));
  const order = Array.from(node.keys())
    .filter((visit) => startedUs[visit] !== NEVER)
    .sort((a, b) => startedUs[a]! - startedUs[b]! || a - b);
  for (const visit of order) {
    const free = freeAtUs[node[visit]!]!;
    const lowest = free.findIndex((atUs) => atUs <= startedUs[visit]!);
    core[visit] = Math.max(0, lowest);
    free[core[visit]!] = leftUs[visit] === NEVER ? FOREVER : leftUs[visit]!;
  }
  return core;
}
