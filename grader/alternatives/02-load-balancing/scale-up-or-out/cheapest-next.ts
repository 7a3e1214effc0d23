import type { Fleet, FleetOptions, MachineType } from '../../../../exercises/02-load-balancing/contract.ts';

/** Orders by price and takes the first that is big enough. */
export function cheapestSingle(catalog: readonly MachineType[], demand: number): string | undefined {
  check(catalog, { demand });
  return [...catalog].sort((a, b) => a.price - b.price).find(({ rps }) => rps >= demand)?.name;
}

/** A fleet that is being put together. */
interface Draft {
  readonly cost: number;
  readonly machines: readonly string[];
  readonly served: number;
  /** No survivor may be larger than this. */
  readonly border: number;
}

/**
 * Dijkstra's shortest path: the cheapest draft goes on, with every machine that may come next, until one is a fleet. It
 * starts with one draft per type that the dead could be made of. A balancer is paid for with the second machine.
 */
export function cheapestFleet(
  catalog: readonly MachineType[],
  demand: number,
  options: FleetOptions,
): Fleet | undefined {
  const { surviveFailures, costPerMachine, costPerBalancer } = options;
  check(catalog, { demand, surviveFailures, costPerMachine, costPerBalancer });
  if (demand === 0) return { cost: 0, machines: [] };
  const queue = new Queue();
  const useful = catalog.filter((type) => type.rps > 0);
  const balancerFor = (count: number) => (count > 1 ? costPerBalancer : 0);
  if (surviveFailures === 0) queue.add({ cost: 0, machines: [], served: 0, border: Number.POSITIVE_INFINITY });
  else {
    for (const { name, rps, price } of useful) {
      const cost = surviveFailures * (price + costPerMachine) + balancerFor(surviveFailures);
      queue.add({ cost, machines: Array(surviveFailures).fill(name), served: 0, border: rps });
    }
  }
  const seen = new Set<string>();
  for (let draft = queue.take(); draft !== undefined; draft = queue.take()) {
    const { cost, machines, served, border } = draft;
    if (served >= demand) return { cost, machines };
    const state = `${served}/${border}/${Math.min(2, machines.length)}`;
    if (seen.has(state)) continue;
    seen.add(state);
    for (const { name, rps, price } of useful) {
      if (rps > border) continue;
      const balancer = balancerFor(machines.length + 1) - balancerFor(machines.length);
      const more = cost + price + costPerMachine + balancer;
      queue.add({ cost: more, machines: [...machines, name], served: served + rps, border });
    }
  }
  return undefined;
}

/** A binary heap, cheapest first. */
class Queue {
  private readonly heap: Draft[] = [];

  add(draft: Draft): void {
    const { heap } = this;
    heap.push(draft);
    for (
      let i = heap.length - 1, up = (i - 1) >> 1;
      i > 0 && heap[i]!.cost < heap[up]!.cost;
      i = up, up = (i - 1) >> 1
    ) {
      [heap[i], heap[up]] = [heap[up]!, heap[i]!];
    }
  }

  take(): Draft | undefined {
    const { heap } = this;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return last;
    const first = heap[0]!;
    heap[0] = last;
    for (let i = 0; ; ) {
      let least = i;
      for (const child of [2 * i + 1, 2 * i + 2]) {
        if (child < heap.length && heap[child]!.cost < heap[least]!.cost) least = child;
      }
      if (least === i) return first;
      [heap[i], heap[least]] = [heap[least]!, heap[i]!];
      i = least;
    }
  }
}

function check(catalog: readonly MachineType[], numbers: Readonly<Record<string, number>>): void {
  const names = new Set<string>();
  for (const { name, rps, price } of catalog) {
    if (names.has(name)) throw new RangeError(`the catalog has two types ${name}`);
    names.add(name);
    check([], { rps, price });
  }
  for (const [name, value] of Object.entries(numbers)) {
    if (value < 0 || !Number.isSafeInteger(value)) throw new RangeError(`${name} is ${value}`);
  }
}
