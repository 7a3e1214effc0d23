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
  const table: (MachineType[] | undefined)[] = [[]];
  let best: Fleet | undefined;
  const offer = (machines: readonly MachineType[]) => {
    const cost = bill(machines, options);
    if (best === undefined || cost < best.cost) best = { machines: machines.map(({ name }) => name), cost };
  };
  for (const [i, type] of bySize.entries()) {
    for (let rate = 1; rate <= demand; rate++) {
      const before = table[rate - type.rps];
      if (before === undefined) continue;
      const machines = [...before, type];
      if (each(machines, costPerMachine) < each(table[rate], costPerMachine)) table[rate] = machines;
    }
    const spare = bySize.slice(i).reduce((a, b) => (b.price < a.price ? b : a));
    const fits = table[demand];
    if (fits !== undefined) offer([...fits, ...Array<MachineType>(surviveFailures).fill(spare)]);
    if (surviveFailures === 0 && type.rps >= demand) offer([type]);
  }
  return best;
}

/** What machines cost without a balancer. */
function each(machines: readonly MachineType[] | undefined, perMachine: number): number {
  if (machines === undefined) return Number.POSITIVE_INFINITY;
  return machines.reduce((sum, { price }) => sum + price + perMachine, 0);
}

function bill(machines: readonly MachineType[], { costPerMachine, costPerBalancer }: FleetOptions): number {
  return each(machines, costPerMachine) + (machines.length > 1 ? costPerBalancer : 0);
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
    en: 'Your table only reaches rates that are sums of whole machines, so a demand between two of them has no fleet at all. A machine may serve more than what is left to serve. What does your code do with a machine that is larger than the rest of the demand?',
    ko: '서버 용량의 합과 정확히 같은 수요만 표에 채우므로, 그 사이의 수요에는 답이 없습니다. 서버는 남은 수요보다 더 많이 처리할 수 있어도 됩니다. 남은 수요보다 큰 서버를 어떻게 다루고 있습니까?',
  },
};
