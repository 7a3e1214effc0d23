import type { Trace } from '../trace.ts';
import { NEVER } from '../trace.ts';

/** What one node did in a window. */
export interface NodeFigures {
  readonly id: string;
  /** Percent of all visits sent in the window that went to this node. */
  readonly share: number;
  /** Percent of its cores' time in the window that was spent on requests. */
  readonly utilisation: number;
  /** Requests waiting in its queue at the window's end. */
  readonly queued: number;
  /** Requests on its cores at the window's end. */
  readonly inService: number;
}

/** Figures of every node that does work, in the trace's order, over [fromUs, toUs). */
export function nodeFigures(trace: Trace, fromUs: number, toUs: number): NodeFigures[] {
  const { visits, nodes } = trace;
  const sent = new Float64Array(nodes.length);
  const busyUs = new Float64Array(nodes.length);
  const queued = new Float64Array(nodes.length);
  const inService = new Float64Array(nodes.length);
  let total = 0;
  for (let visit = 0; visit < visits.node.length; visit++) {
    const sentUs = visits.sentUs[visit]!;
    if (sentUs >= toUs) break;
    const node = visits.node[visit]!;
    if (sentUs >= fromUs) {
      sent[node]!++;
      total++;
    }
    const startedUs = visits.startedUs[visit]!;
    const leftUs = visits.leftUs[visit] === NEVER ? Number.POSITIVE_INFINITY : visits.leftUs[visit]!;
    if (startedUs !== NEVER) {
      busyUs[node]! += Math.max(0, Math.min(leftUs, toUs) - Math.max(startedUs, fromUs));
    }
    const enteredUs = visits.enteredUs[visit]!;
    if (enteredUs === NEVER || enteredUs >= toUs || leftUs < toUs) continue;
    if (startedUs === NEVER || startedUs >= toUs) queued[node]!++;
    else inService[node]!++;
  }
  const spanUs = toUs - fromUs;
  return nodes.flatMap(({ id, cores }, node) =>
    cores === 0
      ? []
      : {
          id,
          share: total === 0 ? 0 : (100 * sent[node]!) / total,
          utilisation: spanUs > 0 ? (100 * busyUs[node]!) / (cores * spanUs) : 0,
          queued: queued[node]!,
          inService: inService[node]!,
        },
  );
}

/**
 * How unevenly visits were spread: the busiest node's number of visits over the mean of all nodes, 1 = even.
 * Undefined when nothing was sent.
 */
export function unevenness(trace: Trace, fromUs: number, toUs: number): number | undefined {
  const figures = nodeFigures(trace, fromUs, toUs);
  const total = figures.reduce((sum, { share }) => sum + share, 0);
  return total === 0 ? undefined : (Math.max(...figures.map(({ share }) => share)) * figures.length) / total;
}
