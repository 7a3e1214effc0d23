import type { Trace } from '../../../simulator/trace.ts';

/** Requests sent to each server of a run within [fromMs, toMs). */
export function sentTo(trace: Trace, fromMs: number, toMs: number): Record<string, number> {
  const servers = trace.nodes.filter(({ kind }) => kind === 'server').map(({ id }) => id);
  const counts: Record<string, number> = Object.fromEntries(servers.map((id) => [id, 0]));
  const { node, sentUs } = trace.visits;
  for (let visit = 0; visit < node.length; visit++) {
    const at = sentUs[visit]! / 1000;
    const id = trace.nodes[node[visit]!]!.id;
    if (at >= fromMs && at < toMs) counts[id] = (counts[id] ?? 0) + 1;
  }
  return counts;
}

/** The largest of some counts over the smallest, as a difference. */
export function unevenBy(counts: readonly number[]): number {
  return Math.max(...counts) - Math.min(...counts);
}
