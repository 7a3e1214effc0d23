import type { Fleet, FleetOptions, MachineType } from '../../../../exercises/02-load-balancing/contract.ts';
import type { Misconception } from '../../../suite.ts';

export function cheapestSingle(catalog: readonly MachineType[], demand: number): string | undefined {
  check(catalog, { demand });
  const enough = catalog.filter(({ rps }) => rps >= demand).sort((a, b) => a.price - b.price);
  return enough[0]?.name;
}

export function cheapestFleet(
  catalog: readonly MachineType[],
  demand: number,
  options: FleetOptions,
): Fleet | undefined {
  const { surviveFailures, costPerMachine, costPerBalancer } = options;
  check(catalog, { demand, surviveFailures, costPerMachine, costPerBalancer });
  if (demand === 0) return { machines: [], cost: 0 };
  const bySize = catalog.filter(({ rps }) => rps > 0).sort((a, b) => a.rps - b.rps);
  let best: Fleet | undefined;
  for (const [i, border] of bySize.entries()) {
    const survivors = cover(bySize.slice(0, i + 1), demand, costPerMachine);
    const spare = bySize.slice(i).reduce((a, b) => (b.price < a.price ? b : a));
    const fleets = [[...survivors, ...Array<MachineType>(surviveFailures).fill(spare)]];
    if (surviveFailures === 0 && border.rps >= demand) fleets.push([border]);
    for (const fleet of fleets) {
      const cost = each(fleet, costPerMachine) + (fleet.length > 1 ? costPerBalancer : 0);
      if (best === undefined || cost < best.cost) best = { machines: fleet.map(({ name }) => name), cost };
    }
  }
  return best;
}

/** The cheapest machines whose shares of the demand add up to all of it. */
function cover(types: readonly MachineType[], demand: number, perMachine: number): MachineType[] {
  const known = new Map<number, MachineType[]>();
  const from = (share: number): MachineType[] => {
    if (share >= 1) return [];
    const rate = Math.round(share * demand);
    const found = known.get(rate);
    if (found !== undefined) return found;
    const fleets = types.map((type) => [type, ...from(share + type.rps / demand)]);
    const best = fleets.reduce((a, b) => (each(b, perMachine) < each(a, perMachine) ? b : a));
    known.set(rate, best);
    return best;
  };
  return from(0);
}

/** What machines cost without a balancer. */
function each(machines: readonly MachineType[] | undefined, perMachine: number): number {
  if (machines === undefined) return Number.POSITIVE_INFINITY;
  return machines.reduce((sum, { price }) => sum + price + perMachine, 0);
}

function check(catalog: readonly MachineType[], values: Readonly<Record<string, number>>): void {
  const all = [values, ...catalog.map(({ rps, price }) => ({ rps, price }))].flatMap(Object.entries);
  for (const [name, value] of all) {
    if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`${name} is ${value}`);
  }
  if (new Set(catalog.map(({ name }) => name)).size < catalog.length) throw new RangeError('catalog: a name twice');
}

export const misconception: Misconception = {
  fails: 'one-size',
  message: {
    en: 'You add up fractions of the demand until they make 1. Ten times 0.1 makes 0.9999999999999999, and somebody pays for an eleventh machine. Which of the numbers in this exercise are whole?',
    ko: '수요에 대한 비율을 1이 될 때까지 더합니다. 0.1을 열 번 더하면 0.9999999999999999가 되고, 누군가는 열한 번째 서버 값을 내게 됩니다. 이 실습의 수 가운데 정수는 무엇입니까?',
  },
};
