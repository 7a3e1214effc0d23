import type { ServerId, WeightedRotation, WeightedServer } from '../../../../exercises/02-load-balancing/contract.ts';

type Flow = { readonly server: ServerId; weight: number; lag: number };

/**
 * Worst-case fair queueing (Bennett and Zhang's WF²Q, 1996): among the servers that are owed anything the one whose next
 * pick is due first. Another order than that of the richest account, within the same bounds.
 */
export class WeightedRoundRobin implements WeightedRotation {
  readonly pick: () => ServerId;
  readonly setWeight: (server: ServerId, weight: number) => void;

  constructor(servers: readonly WeightedServer[]) {
    const flows = new Map<ServerId, Flow>();
    for (const { server, weight } of servers) {
      if (flows.has(server)) throw new RangeError(`servers lists ${server} again`);
      flows.set(server, { server, weight: whole(weight), lag: 0 });
    }

    this.pick = () => {
      const active = [...flows.values()].filter(({ weight }) => weight > 0);
      const total = active.reduce((sum, { weight }) => sum + weight, 0);
      for (const flow of active) flow.lag += flow.weight;
      const eligible = active.filter(({ lag }) => lag > 0);
      const [next] = (eligible.length > 0 ? eligible : active).sort(
        (a, b) => (total - a.lag) * b.weight - (total - b.lag) * a.weight,
      );
      if (next === undefined) throw new Error('no flow has a weight');
      next.lag -= total;
      return next.server;
    };

    this.setWeight = (server, weight) => {
      const flow = flows.get(server);
      if (flow === undefined) throw new RangeError(`no server ${server} here`);
      flow.weight = whole(weight);
    };
  }
}

function whole(weight: number): number {
  if (!Number.isSafeInteger(weight) || weight < 0)
    throw new RangeError(`weight: ${weight} is no whole number from 0 on`);
  return weight;
}
