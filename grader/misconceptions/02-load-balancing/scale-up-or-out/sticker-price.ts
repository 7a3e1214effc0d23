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
  let least = Number.POSITIVE_INFINITY;
  const offer = (machines: readonly MachineType[]) => {
    const price = bill(machines, { ...options, costPerMachine: 0 });
    if (price >= least) return;
    least = price;
    best = { machines: machines.map(({ name }) => name), cost: bill(machines, options) };
  };
  for (const [i, type] of bySize.entries()) {
    for (let rate = 1; rate <= demand; rate++) {
      const before = table[Math.max(0, rate - type.rps)];
      if (before === undefined) continue;
      const machines = [...before, type];
      if (each(machines, 0) < each(table[rate], 0)) table[rate] = machines;
    }
    const spare = bySize.slice(i).reduce((a, b) => (b.price < a.price ? b : a));
    offer([...table[demand]!, ...Array<MachineType>(surviveFailures).fill(spare)]);
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
  fails: 'mixes-types',
  message: {
    en: 'You choose by the prices on the list and add the cost of each machine afterwards. That favours many small machines, which look cheap until somebody has to look after them. When do you compare, before or after you add that cost?',
    ko: '가격표의 가격만으로 고르고, 서버마다 드는 비용은 나중에 더합니다. 그러면 작은 서버 여러 대가 유리해 보이지만, 돌보는 비용까지 넣으면 그렇지 않습니다. 비교는 그 비용을 더하기 전에 합니까, 더한 뒤에 합니까?',
  },
};
