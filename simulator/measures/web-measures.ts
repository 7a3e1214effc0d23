import { OUTCOME } from '../recorder.ts';
import type { Measure } from '../scene.ts';
import type { Text } from '../text.ts';
import type { Trace } from '../trace.ts';
import type { Sample } from './measures.ts';
import { errorShare, percentile, sample, shareOver, throughput } from './measures.ts';
import { nodeFigures, unevenness } from './node-measures.ts';

/** A request that takes longer than this feels slow to its user, ms. */
export const SLOW_MS = 200;

const overall = (figure: (of: Sample) => number | undefined): Measure['of'] => {
  return (trace, fromUs, toUs) => figure(sample(trace, fromUs, toUs));
};

export const p50: Measure = {
  id: 'p50',
  label: { en: 'p50', ko: 'p50' },
  unit: 'ms',
  of: overall((of) => percentile(of, 50)),
  badFrom: SLOW_MS,
};

export const p95: Measure = {
  id: 'p95',
  label: { en: 'p95', ko: 'p95' },
  unit: 'ms',
  of: overall((of) => percentile(of, 95)),
  badFrom: 500,
};

export const p99: Measure = {
  id: 'p99',
  label: { en: 'p99', ko: 'p99' },
  unit: 'ms',
  of: overall((of) => percentile(of, 99)),
  badFrom: 500,
};

export const slowShare: Measure = {
  id: 'slow',
  label: { en: `over ${SLOW_MS} ms`, ko: `${SLOW_MS}ms 초과` },
  unit: '%',
  of: overall((of) => shareOver(of, SLOW_MS)),
  badFrom: 5,
};

export const errors: Measure = {
  id: 'errors',
  label: { en: 'failed', ko: '실패' },
  unit: '%',
  of: overall(errorShare),
  badFrom: 1,
};

export const answered: Measure = {
  id: 'answered',
  label: { en: 'answered', ko: '응답' },
  unit: '/s',
  of: (trace, fromUs, toUs) => throughput(sample(trace, fromUs, toUs), fromUs, toUs),
};

/** The busiest server's number of requests over the mean. */
export const spread: Measure = {
  id: 'spread',
  label: { en: 'busiest ÷ mean', ko: '최다 ÷ 평균' },
  unit: 'ratio',
  of: unevenness,
  badFrom: 1.3,
};

/** Percent of the requests that were sent to one server. */
export function shareOf(node: string, label: Text): Measure {
  return {
    id: `share-${node}`,
    label,
    unit: '%',
    of: (trace, fromUs, toUs) => nodeFigures(trace, fromUs, toUs).find(({ id }) => id === node)?.share,
  };
}

/** p99 of one request class; undefined where the run has no other, so that it never repeats the overall p99. */
export function p99OfClass(name: string, label: Text): Measure {
  return {
    id: `p99-${name}`,
    label,
    unit: 'ms',
    of: (trace, fromUs, toUs) => {
      const index = trace.classes.indexOf(name);
      return index < 0 || trace.classes.length < 2 ? undefined : percentile(sample(trace, fromUs, toUs, index), 99);
    },
    badFrom: 500,
  };
}

/** Requests of one class that ended badly in the window. */
export function failedOfClass(name: string, label: Text): Measure {
  return {
    id: `failed-${name}`,
    label,
    unit: 'count',
    of: (trace, fromUs, toUs) => countFailed(trace, fromUs, toUs, trace.classes.indexOf(name)),
    badFrom: 1,
  };
}

function countFailed(trace: Trace, fromUs: number, toUs: number, only: number): number {
  const { endedUs, outcome, class: kind } = trace.requests;
  let failed = 0;
  for (let request = 0; request < endedUs.length; request++) {
    const end = endedUs[request]!;
    if (kind[request] === only && end >= fromUs && end < toUs && outcome[request] !== OUTCOME.ok) failed++;
  }
  return failed;
}
