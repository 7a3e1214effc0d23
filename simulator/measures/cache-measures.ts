import type { Measure } from '../scene.ts';
import type { Text } from '../text.ts';
import type { NodeKind, Trace } from '../trace.ts';
import { NEVER, OUTCOMES } from '../trace.ts';
import { percentile, sample } from './measures.ts';
import { nodeFigures } from './node-measures.ts';

const OK = OUTCOMES.indexOf('ok');

/**
 * Percent of the visits to caches (or edges) in [fromUs, toUs) that were answered from memory. A visit that had to
 * wait for its value, whoever loaded it, is a miss; whoever came while the cache was down is not counted.
 * @param only index of a request class to restrict it to
 */
export function hitShare(trace: Trace, fromUs: number, toUs: number, only?: number): number | undefined {
  const { request, node, sentUs, startedUs } = trace.visits;
  const remembers = trace.nodes.map(({ kind }) => kind === 'cache' || kind === 'edge');
  let visits = 0;
  let hits = 0;
  for (let visit = 0; visit < node.length && sentUs[visit]! < toUs; visit++) {
    if (sentUs[visit]! < fromUs || !remembers[node[visit]!]) continue;
    if (only !== undefined && trace.requests.class[request[visit]!] !== only) continue;
    visits++;
    if (startedUs[visit] !== NEVER) hits++;
  }
  return visits === 0 ? undefined : (100 * hits) / visits;
}

export const hitRate: Measure = {
  id: 'hits',
  label: { en: 'answered from memory', ko: '캐시 적중률' },
  unit: '%',
  of: (trace, fromUs, toUs) => hitShare(trace, fromUs, toUs),
};

/** `hitRate` of one request class. */
export function hitRateOfClass(name: string): Measure {
  return { ...hitRate, of: (trace, fromUs, toUs) => hitShare(trace, fromUs, toUs, trace.classes.indexOf(name)) };
}

/** Percent of one node's capacity that was used; 100 % means that a queue is growing. */
export function utilisation(node: string, label: Text): Measure {
  return {
    id: `busy-${node}`,
    label,
    unit: '%',
    of: (trace, fromUs, toUs) => nodeFigures(trace, fromUs, toUs).find(({ id }) => id === node)?.utilisation,
    badFrom: 95,
  };
}

/** Requests a second that were sent to nodes of a kind. */
export function sentTo(kind: NodeKind, label: Text): Measure {
  return {
    id: `sent-${kind}`,
    label,
    unit: '/s',
    of: (trace, fromUs, toUs) => {
      const { node, sentUs } = trace.visits;
      let sent = 0;
      for (let visit = 0; visit < node.length && sentUs[visit]! < toUs; visit++) {
        if (sentUs[visit]! >= fromUs && trace.nodes[node[visit]!]!.kind === kind) sent++;
      }
      return toUs > fromUs ? (sent * 1e6) / (toUs - fromUs) : undefined;
    },
  };
}

/** p50 of one request class, also where the run has no other. */
export function p50OfClass(name: string, label: Text): Measure {
  return {
    id: `p50-${name}`,
    label,
    unit: 'ms',
    of: (trace, fromUs, toUs) => {
      const index = trace.classes.indexOf(name);
      return index < 0 ? undefined : percentile(sample(trace, fromUs, toUs, index), 50);
    },
  };
}

/**
 * Largest number of queries about one and the same object that were at the database at once, for requests of one
 * class, counted whenever one is sent in [fromUs, toUs). More than one is work done twice.
 */
export function sameKeyAtOnce(name: string): Measure {
  return {
    id: 'same-key',
    label: { en: 'same query at once', ko: '동시에 실행된 같은 쿼리' },
    unit: 'count',
    of: (trace, fromUs, toUs) => {
      const { atUs, together } = sameKeyLevels(trace, trace.classes.indexOf(name));
      let most: number | undefined;
      for (let place = 0; place < atUs.length && atUs[place]! < toUs; place++) {
        if (atUs[place]! >= fromUs && together[place]! > (most ?? 0)) most = together[place]!;
      }
      return most;
    },
    badFrom: 5,
  };
}

interface Levels {
  readonly of: number;
  readonly atUs: readonly number[];
  readonly together: readonly number[];
}

const levels = new WeakMap<Trace, Levels>();

function sameKeyLevels(trace: Trace, only: number): Levels {
  const known = levels.get(trace);
  if (known?.of === only) return known;
  const { request, node, sentUs, leftUs } = trace.visits;
  const { key, class: kind } = trace.requests;
  const open = new Map<number, number[]>();
  const atUs: number[] = [];
  const together: number[] = [];
  for (let visit = 0; visit < node.length; visit++) {
    const asking = request[visit]!;
    if (trace.nodes[node[visit]!]!.kind !== 'database' || kind[asking] !== only || !key) continue;
    const others = (open.get(key[asking]!) ?? []).filter((end) => end > sentUs[visit]!);
    others.push(leftUs[visit] === NEVER ? Number.POSITIVE_INFINITY : leftUs[visit]!);
    open.set(key[asking]!, others);
    atUs.push(sentUs[visit]!);
    together.push(others.length);
  }
  const found = { of: only, atUs, together };
  levels.set(trace, found);
  return found;
}

/** Percent of the good answers in [fromUs, toUs) that were out of date when their request came. */
export function staleShare(trace: Trace, fromUs: number, toUs: number, only?: number): number | undefined {
  const { endedUs, outcome, staleUs, class: kind } = trace.requests;
  let answers = 0;
  let stale = 0;
  for (let request = 0; request < endedUs.length; request++) {
    const end = endedUs[request]!;
    if (end < fromUs || end >= toUs || outcome[request] !== OK || (only !== undefined && kind[request] !== only)) {
      continue;
    }
    answers++;
    if (staleUs && staleUs[request] !== NEVER) stale++;
  }
  return answers === 0 ? undefined : (100 * stale) / answers;
}

/** `staleShare` of one request class. */
export function staleOfClass(name: string, label: Text): Measure {
  return {
    id: 'stale',
    label,
    unit: '%',
    of: (trace, fromUs, toUs) => staleShare(trace, fromUs, toUs, trace.classes.indexOf(name)),
    badFrom: 0.01,
  };
}

/** The longest that an answer had been out of date when its request came, ms. */
export const oldestAnswer: Measure = {
  id: 'oldest',
  label: { en: 'oldest answer', ko: '가장 오래된 값' },
  unit: 'ms',
  of: (trace, fromUs, toUs) => {
    const { endedUs, staleUs } = trace.requests;
    let oldest: number | undefined;
    for (let request = 0; staleUs && request < endedUs.length; request++) {
      const inside = endedUs[request]! >= fromUs && endedUs[request]! < toUs;
      if (inside && staleUs[request] !== NEVER) oldest = Math.max(oldest ?? 0, staleUs[request]! / 1000);
    }
    return oldest;
  },
};
