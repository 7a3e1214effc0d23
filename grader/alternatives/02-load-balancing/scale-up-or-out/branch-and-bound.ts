import type { Fleet, FleetOptions, MachineType } from '../../../../exercises/02-load-balancing/contract.ts';

export function cheapestSingle(catalog: readonly MachineType[], demand: number): string | undefined {
  validate(catalog, { demand });
  let best: MachineType | undefined;
  for (const type of catalog) {
    if (type.rps >= demand && (best === undefined || type.price < best.price)) best = type;
  }
  return best?.name;
}

/**
 * For every size that could be the border between dead and survivors: a depth-first search, best value for money first,
 * that turns back where even a perfect fit would be dearer than the best fleet so far, or where it has been cheaper.
 */
export function cheapestFleet(
  catalog: readonly MachineType[],
  demand: number,
  options: FleetOptions,
): Fleet | undefined {
  const { surviveFailures, costPerMachine, costPerBalancer } = options;
  validate(catalog, { demand, surviveFailures, costPerMachine, costPerBalancer });
  if (demand === 0) return { machines: [], cost: 0 };
  let best: Fleet | undefined;

  const search = (dead: readonly string[], start: number, types: readonly MachineType[]): void => {
    const reached = new Map<string, number>();
    const go = (machines: readonly string[], paid: number, left: number, from: number): void => {
      const cost = paid + (machines.length > 1 ? costPerBalancer : 0);
      if (left <= 0) {
        if (best === undefined || cost < best.cost) best = { machines, cost };
        return;
      }
      const key = `${from} ${left} ${machines.length > 1}`;
      if (paid >= (reached.get(key) ?? Number.POSITIVE_INFINITY)) return;
      reached.set(key, paid);
      for (let i = from; i < types.length; i++) {
        const { name, rps, price } = types[i]!;
        if (best !== undefined && (paid - best.cost) * rps + left * (price + costPerMachine) >= 0) return;
        go([...machines, name], paid + price + costPerMachine, left - rps, i);
      }
    };
    go(dead, start, demand, 0);
  };

  const useful = catalog.filter(({ rps }) => rps > 0);
  const byValue = useful.toSorted((a, b) => (a.price + costPerMachine) * b.rps - (b.price + costPerMachine) * a.rps);
  if (surviveFailures === 0) search([], 0, byValue);
  else {
    for (const border of useful) {
      const dead = Array<string>(surviveFailures).fill(border.name);
      const paid = surviveFailures * (border.price + costPerMachine);
      search(
        dead,
        paid,
        byValue.filter(({ rps }) => rps <= border.rps),
      );
    }
  }
  return best;
}

function validate(catalog: readonly MachineType[], values: Readonly<Record<string, number>>): void {
  const all = [...Object.entries(values), ...catalog.flatMap(({ rps, price }) => Object.entries({ rps, price }))];
  const wrong = all.find(([, value]) => !Number.isSafeInteger(value) || value < 0);
  if (wrong !== undefined) throw new RangeError(`${wrong[0]} must not be ${wrong[1]}`);
  const names = catalog.map(({ name }) => name);
  if (names.length !== new Set(names).size) throw new RangeError('every name in the catalog must be unique');
}
