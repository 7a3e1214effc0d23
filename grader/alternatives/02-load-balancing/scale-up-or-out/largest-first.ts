import type { Fleet, FleetOptions, MachineType } from '../../../../exercises/02-load-balancing/contract.ts';

export const cheapestSingle = (catalog: readonly MachineType[], demand: number): string | undefined => {
  demandWhole(catalog, demand);
  return catalog.filter(({ rps }) => rps >= demand).toSorted((a, b) => a.price - b.price)[0]?.name;
};

interface Purchase {
  readonly cost: number;
  readonly type?: MachineType;
  readonly before?: Purchase;
}

/**
 * Buys from the largest type to the smallest: the first `surviveFailures` machines are the ones that will die and serve
 * nothing. The table has a row per machine bought for dying. A single machine, which needs no balancer, comes last.
 */
export function cheapestFleet(
  catalog: readonly MachineType[],
  demand: number,
  { surviveFailures, costPerMachine, costPerBalancer }: FleetOptions,
): Fleet | undefined {
  demandWhole(catalog, demand);
  whole({ surviveFailures, costPerMachine, costPerBalancer });
  if (demand === 0) return { machines: [], cost: 0 };
  const rows: (Purchase | undefined)[][] = Array.from({ length: surviveFailures + 1 }, () => []);
  rows[0]![0] = { cost: 0 };
  for (const type of catalog.toSorted((a, b) => b.rps - a.rps)) {
    if (type.rps === 0) continue;
    for (let dead = 0; dead <= surviveFailures; dead++) {
      for (let served = 0; served < demand; served++) {
        const before = rows[dead]![served];
        if (before === undefined) continue;
        const after = dead < surviveFailures ? served : Math.min(demand, served + type.rps);
        const row = rows[Math.min(surviveFailures, dead + 1)]!;
        const cost = before.cost + type.price + costPerMachine;
        if (row[after] === undefined || cost < row[after].cost) row[after] = { cost, type, before };
      }
    }
  }
  const machines: string[] = [];
  const many = rows[surviveFailures]![demand];
  if (many === undefined) return undefined;
  for (let step: Purchase = many; step.type && step.before; step = step.before) machines.push(step.type.name);
  const fleet = { machines, cost: many.cost + (machines.length > 1 ? costPerBalancer : 0) };
  const single = surviveFailures === 0 ? cheapestSingle(catalog, demand) : undefined;
  const alone = catalog.find(({ name }) => name === single);
  if (alone === undefined || alone.price + costPerMachine > fleet.cost) return fleet;
  return { machines: [alone.name], cost: alone.price + costPerMachine };
}

function demandWhole(catalog: readonly MachineType[], demand: number): void {
  whole({ demand });
  for (const { rps, price } of catalog) whole({ rps, price });
  if (catalog.some(({ name }, i) => catalog.findIndex((type) => type.name === name) < i)) {
    throw new RangeError('catalog has one name twice');
  }
}

function whole(values: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(values)) {
    if (!(Number.isSafeInteger(value) && value >= 0)) throw new RangeError(name);
  }
}
