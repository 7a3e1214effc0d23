/**
 * What happened in one run of one lane, as plain columns: everything the page draws, the table counts and
 * the grader checks is computed from a trace. Times are integer microseconds since the start of the run;
 * `NEVER` stands for "not within this run".
 */

export const NEVER = -1;

/** How a request, or one visit of it to a node, ended. */
export const OUTCOMES = ['pending', 'ok', 'error', 'refused', 'timeout', 'lost', 'shed'] as const;
export type Outcome = (typeof OUTCOMES)[number];

export const NODE_KINDS = ['client', 'balancer', 'server', 'cache', 'database', 'edge', 'origin'] as const;
export type NodeKind = (typeof NODE_KINDS)[number];

/** `hung` takes requests and never answers; `paused` stands still and later finishes its work; `cut` is out of reach. */
export const NODE_STATES = ['up', 'slow', 'down', 'hung', 'paused', 'ejected', 'cut'] as const;
export type NodeState = (typeof NODE_STATES)[number];

export interface TraceNode {
  readonly id: string;
  readonly kind: NodeKind;
  /** Requests served at the same time; 0 where a node does no work of its own. */
  readonly cores: number;
  /** Whether commands can act on it; where nothing is said, on whatever has cores. */
  readonly obeys?: boolean;
}

/** Whether a reader of the page can kill, slow down or revive this node. */
export function obeys({ obeys: said, cores }: TraceNode): boolean {
  return said ?? cores > 0;
}

/** One column entry per request, in order of arrival. */
export interface RequestColumns {
  readonly arrivedUs: Float64Array;
  /** When its answer, good or bad, reached the user; `NEVER` while pending. */
  readonly endedUs: Float64Array;
  /** Index into `OUTCOMES`. */
  readonly outcome: Uint8Array;
  /** Index into `Trace.classes`. */
  readonly class: Uint8Array;
  /** Which object it asked for, where a world has keys: most popular first, from 0. */
  readonly key?: Uint32Array;
  /** For how long the value it was given had been out of date when it arrived; `NEVER` where it was not. */
  readonly staleUs?: Float64Array;
}

/** One column entry per visit of a request to a node, in order of entry. A retried request makes several. */
export interface VisitColumns {
  /** Index of the request. */
  readonly request: Uint32Array;
  /** Index into `Trace.nodes`. */
  readonly node: Uint16Array;
  /** When it left for this node (it then travels for the link's delay). */
  readonly sentUs: Float64Array;
  /** When it joined this node's queue. */
  readonly enteredUs: Float64Array;
  /** When a core took it. */
  readonly startedUs: Float64Array;
  readonly leftUs: Float64Array;
  /** Index into `OUTCOMES`. */
  readonly outcome: Uint8Array;
  /** Which object it is about, where one request asks for several: most popular first, from 0; `NEVER` for none. */
  readonly key?: Int32Array;
}

export interface StateChange {
  readonly atUs: number;
  /** Index into `Trace.nodes`. */
  readonly node: number;
  readonly state: NodeState;
  /** Speed relative to a healthy node, 0.5 = half speed. */
  readonly speed: number;
}

export interface Trace {
  readonly durationUs: number;
  readonly seed: number;
  readonly nodes: readonly TraceNode[];
  /** Names of the request classes, as in the workload. */
  readonly classes: readonly string[];
  readonly requests: RequestColumns;
  readonly visits: VisitColumns;
  readonly changes: readonly StateChange[];
  /** Set when the lane's strategy threw or answered nonsense: the run stops there. */
  readonly failure?: {
    readonly atUs: number;
    readonly message: string;
    /** Name of the error's class, e.g. `TodoError`. */
    readonly name?: string;
    readonly stack?: string;
  };
}
