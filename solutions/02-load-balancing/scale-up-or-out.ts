import type { Fleet, FleetOptions, MachineType } from '../../exercises/02-load-balancing/contract.ts';

/** The cheapest machine that is big enough: a filter and a minimum. Size and price are two different orders. */
export function cheapestSingle(catalog: readonly MachineType[], demand: number): string | undefined {
  checkDemand(catalog, demand);
  const enough = catalog.filter(({ rps }) => rps >= demand);
  return enough.length === 0 ? undefined : cheapest(enough).name;
}

/**
 * The cheapest fleet: a knapsack that is filled from the smallest type to the largest.
 *
 * Two things make it more than a division. Types may be mixed, and the best value for money is not always part of the
 * best fleet, because the last machine bought is seldom used in full. So every demand from 1 to the one asked for gets
 * its cheapest cover, each from smaller ones: the unbounded knapsack, O(types × demand).
 *
 * And the worst loss is the largest machines, so a fleet splits in two: those that may be lost, and the survivors, none
 * of them larger than any of those. Let `lost` be the cheapest type of at least this size, and cover the demand with
 * types of at most this size: with the types in order of size, one pass of the knapsack tries every such border. Buying
 * for the demand first and spares afterwards gets it wrong both ways: small spares do not replace a big machine, and
 * big spares can cost more than a fleet that was small from the start.
 *
 * Trade-offs. The table has an entry per request per second; at a million of them, count in tens. Demand over the size
 * of a machine grows without bound, so trying all combinations is hopeless from a few dozen machines on. A balancer is
 * only paid for from the second machine on, which the table cannot know: the one machine competes on its own.
 *
 * In real systems. Spare capacity that is already running when it is needed is what Amazon calls static stability
 * (Weiss and Furr, "Static stability using Availability Zones"): three zones that must survive the loss of one run at two
 * thirds. Cluster autoscalers choose among machine types by price in the same way ("expanders" in Kubernetes), greedily.
 * And before any of it: McSherry, Isard and Murray ask how often one machine would have done ("Scalability! But at what
 * COST?", HotOS 2015).
 */
export function cheapestFleet(
  catalog: readonly MachineType[],
  demand: number,
  options: FleetOptions,
): Fleet | undefined {
  checkDemand(catalog, demand);
  const { surviveFailures, costPerMachine, costPerBalancer } = options;
  for (const [name, value] of Object.entries({ surviveFailures, costPerMachine, costPerBalancer })) check(name, value);
  if (demand === 0) return { machines: [], cost: 0 };

  // A machine of 0 rps never helps. Whoever sorts a list that belongs to somebody else sorts a copy.
  const bySize = catalog.filter(({ rps }) => rps > 0).sort((a, b) => a.rps - b.rps);
  /** For each rate up to the demand: what it costs to serve, and the last machine bought for it. */
  const costs = [0, ...Array<number>(demand).fill(Number.POSITIVE_INFINITY)];
  const lastBought: MachineType[] = [];
  let best: Fleet | undefined;

  for (const [i, type] of bySize.entries()) {
    for (let rate = 1; rate <= demand; rate++) {
      const cost = costs[Math.max(0, rate - type.rps)]! + type.price + costPerMachine;
      if (cost >= costs[rate]!) continue;
      costs[rate] = cost;
      lastBought[rate] = type;
    }
    const lost = Array<MachineType>(surviveFailures).fill(cheapest(bySize.slice(i)));
    best = cheaper(best, priced([...survivors(lastBought, demand), ...lost], options));
    // Dearer than the survivors by less than the balancer that it saves.
    if (surviveFailures === 0 && type.rps >= demand) best = cheaper(best, priced([type], options));
  }
  return best;
}

/** Walks the table back from the demand to nothing. */
function survivors(lastBought: readonly MachineType[], demand: number): MachineType[] {
  const machines: MachineType[] = [];
  for (let rate = demand; rate > 0; rate -= machines.at(-1)!.rps) machines.push(lastBought[rate]!);
  return machines;
}

function priced(machines: readonly MachineType[], { costPerMachine, costPerBalancer }: FleetOptions): Fleet {
  const each = machines.reduce((sum, { price }) => sum + price + costPerMachine, 0);
  return { machines: machines.map(({ name }) => name), cost: each + (machines.length > 1 ? costPerBalancer : 0) };
}

function cheaper(one: Fleet | undefined, other: Fleet): Fleet {
  return one === undefined || other.cost < one.cost ? other : one;
}

function cheapest(types: readonly MachineType[]): MachineType {
  return types.reduce((best, type) => (type.price < best.price ? type : best));
}

function checkDemand(catalog: readonly MachineType[], demand: number): void {
  check('demand', demand);
  for (const { rps, price } of catalog) {
    check('rps', rps);
    check('price', price);
  }
  if (new Set(catalog.map(({ name }) => name)).size < catalog.length)
    throw new RangeError('catalog names a type twice');
}

function check(name: string, value: number): void {
  if (!Number.isSafeInteger(value) || value < 0) {
    throw new RangeError(`${name} must be a whole number of 0 or more, not ${value}`);
  }
}
