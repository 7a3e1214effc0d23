import { Kernel } from '../../../simulator/kernel.ts';
import type { MakeBalancer } from '../../../simulator/parts/slots/balancer.ts';
import { exponential } from '../../../simulator/sample.ts';
import { stream } from '../../../simulator/stream.ts';
import { runWeb } from '../../../simulator/worlds/web.ts';

const ARRIVE = 0;
const LEAVE = 1;

/** M/M/1 at 70 % on the bare kernel, two events a customer. Needs nothing of Node. @returns events per second */
export function mm1(customers: number): number {
  const kernel = new Kernel();
  const gaps = stream(1, 'gaps');
  const services = stream(1, 'services');
  let waiting = 0;
  let arrived = 0;
  const begun = performance.now();
  kernel.at(0, ARRIVE);
  kernel.run(Number.MAX_SAFE_INTEGER, (kind) => {
    if (kind === ARRIVE) {
      if (++arrived < customers) kernel.after(Math.round(1000 * exponential(gaps)), ARRIVE);
      if (waiting++ === 0) kernel.after(Math.round(700 * exponential(services)), LEAVE);
    } else if (--waiting > 0) {
      kernel.after(Math.round(700 * exponential(services)), LEAVE);
    }
    return undefined;
  });
  return (kernel.handled * 1000) / (performance.now() - begun);
}

/** A thousand events always wait; each one handled schedules another, until `events` were. @returns ms */
export function steady(events: number): number {
  const kernel = new Kernel();
  const moments = stream(3, 'moments');
  const begun = performance.now();
  for (let event = 0; event < 1000; event++) kernel.at(moments.below(1_000_000), 0);
  kernel.run(Number.MAX_SAFE_INTEGER, () => {
    kernel.after(moments.below(1_000_000), 0);
    return kernel.handled < events;
  });
  return performance.now() - begun;
}

/** Schedules `events` at random moments, then handles them all. @returns ms */
export function heapSort(events: number): number {
  const kernel = new Kernel();
  const moments = stream(2, 'moments');
  const begun = performance.now();
  for (let event = 0; event < events; event++) kernel.at(moments.bits(), 0);
  kernel.run(Number.MAX_SAFE_INTEGER, () => undefined);
  return performance.now() - begun;
}

const turns: MakeBalancer = (servers) => {
  let turn = 0;
  return { route: () => ({ server: servers[turn++ % servers.length]! }) };
};

/** One simulated minute of 1,000 requests a second over 15 web servers, trace included. @returns ms */
export function minuteOfMillions(): number {
  const begun = performance.now();
  const trace = runWeb(
    {
      durationMs: 60_000,
      linkMs: 0.25,
      servers: Array.from({ length: 15 }, (_, index) => ({ id: `server-${index + 1}`, cores: 2 })),
      workload: {
        arrivals: { kind: 'poisson', perSecond: 1000 },
        classes: [{ name: 'page', share: 1, cost: { kind: 'exponential', meanMs: 20 }, method: 'GET' }],
        clients: [{ share: 1, from: '198.18.0.0', addresses: 120_000 }],
      },
    },
    turns,
    { seed: 1 },
  );
  if (trace.requests.arrivedUs.length < 55_000) throw new Error('the minute was too quiet');
  return performance.now() - begun;
}

/** The best of several runs: what the code can do while the machine lets it. */
export function best(runs: number, better: (...values: number[]) => number, measure: () => number): number {
  return better(...Array.from({ length: runs }, measure));
}
