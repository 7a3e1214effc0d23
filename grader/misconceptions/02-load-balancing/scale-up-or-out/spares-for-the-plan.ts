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
  for (const type of bySize) {
    for (let rate = 1; rate <= demand; rate++) {
      const before = table[Math.max(0, rate - type.rps)];
      if (before === undefined) continue;
      const machines = [...before, type];
      if (each(machines, costPerMachine) < each(table[rate], costPerMachine)) table[rate] = machines;
    }
    if (surviveFailures === 0 && type.rps >= demand) offer([type]);
  }
  const plan = table[demand];
  if (plan === undefined) return undefined;
  const largest = Math.max(...plan.map(({ rps }) => rps));
  const spare = bySize.filter(({ rps }) => rps >= largest).reduce((a, b) => (b.price < a.price ? b : a));
  offer([...plan, ...Array<MachineType>(surviveFailures).fill(spare)]);
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
  fails: 'survives-the-worst',
  message: {
    en: 'You find the cheapest fleet for the demand and then add spares as large as its largest machine. That survives, but a fleet of big machines needs big spares. Which fleet would you have chosen, had you known about the spares from the start?',
    ko: '수요에 맞는 가장 싼 구성을 먼저 찾고, 그 가운데 가장 큰 서버만 한 예비를 더합니다. 견디기는 하지만, 큰 서버로 된 구성에는 큰 예비가 필요합니다. 처음부터 예비까지 생각했다면 어떤 구성을 골랐겠습니까?',
  },
};
